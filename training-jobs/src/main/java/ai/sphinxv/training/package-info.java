/** Training jobs: what you run ({@link ai.sphinxv.training.TrainMain}) and the loop. Knows every room of this module. */
@NullMarked
package ai.sphinxv.training;

import org.jspecify.annotations.NullMarked;
