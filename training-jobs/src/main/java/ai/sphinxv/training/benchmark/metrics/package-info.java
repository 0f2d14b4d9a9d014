/**
 * Published evaluation metrics, bit by bit as their scripts compute them ({@code paper}) and with nothing dropped
 * ({@code strict}); one metric a file. Knows predictions and references in JSON; knows nothing of models or pictures.
 */
@NullMarked
package ai.sphinxv.training.benchmark.metrics;

import org.jspecify.annotations.NullMarked;
