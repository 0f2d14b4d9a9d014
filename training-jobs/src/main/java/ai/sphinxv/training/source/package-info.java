/**
 * Pictures with labelled regions, from files. Knows formats; knows nothing of questions, networks or generated scenes.
 */
@NullMarked
package ai.sphinxv.training.source;

import org.jspecify.annotations.NullMarked;
