/**
 * Models that are asked over HTTP: teachers that describe marked pictures and judges that score. Knows the chat endpoint's
 * wire, its failures and what they cost, and how marks are drawn for a model that sees pixels only; knows nothing of
 * datasets, shards or benchmarks.
 */
@NullMarked
package ai.sphinxv.training.teacher;

import org.jspecify.annotations.NullMarked;
