/**
 * Runs benchmarks: asks a model, in process or over HTTP, keeps what it said, has it scored and writes reports. Knows
 * tasks and models; knows nothing of any one benchmark.
 */
@NullMarked
package ai.sphinxv.training.benchmark.run;

import org.jspecify.annotations.NullMarked;
