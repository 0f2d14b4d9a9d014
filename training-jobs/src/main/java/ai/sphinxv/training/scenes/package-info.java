/**
 * Drawn pictures whose every object, box and pixel is known. Knows shapes, emoji, words and how to draw them; knows
 * nothing of questions, marks to ask about, or networks.
 */
@NullMarked
package ai.sphinxv.training.scenes;

import org.jspecify.annotations.NullMarked;
