/**
 * The paper's benchmarks, one a file: reads the published files, makes the questions and scores the answers. Knows
 * annotations and metrics; knows nothing of models, servers or reports.
 */
@NullMarked
package ai.sphinxv.training.benchmark.task;

import org.jspecify.annotations.NullMarked;
