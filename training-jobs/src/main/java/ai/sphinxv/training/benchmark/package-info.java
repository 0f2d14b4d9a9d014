/**
 * Measurements of an exported bundle, asked through the runtime as a user asks it; one benchmark a file. Knows scenes
 * and answers; knows nothing of LibTorch.
 */
@NullMarked
package ai.sphinxv.training.benchmark;

import org.jspecify.annotations.NullMarked;
