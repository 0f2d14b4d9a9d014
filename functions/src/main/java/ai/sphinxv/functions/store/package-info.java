/**
 * Where files lie that all replicas see: a folder, or a bucket of the S3 API. Knows files, logs and who is at work; knows
 * nothing of batches.
 */
@NullMarked
package ai.sphinxv.functions.store;

import org.jspecify.annotations.NullMarked;
