/**
 * MDVP-Data (paper 3 and appendix C): from annotated pictures to shards of questions and answers. Jobs on one machine and on
 * Spark, which both call the same functions of a picture and of a part of the samples. Knows samples, shards and counts;
 * knows nothing of a dataset's own form.
 */
@NullMarked
package ai.sphinxv.training.engine;

import org.jspecify.annotations.NullMarked;
