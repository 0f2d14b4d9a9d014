/**
 * Samples: a picture, the marks on it, and questions with their answers. Knows scenes and the words of the questions;
 * knows nothing of tensors, batches or losses.
 */
@NullMarked
package ai.sphinxv.training.data;

import org.jspecify.annotations.NullMarked;
