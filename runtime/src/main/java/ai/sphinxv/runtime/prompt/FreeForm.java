package ai.sphinxv.runtime.prompt;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;

/** A mark of any form. The model sees the box around it (paper 4, Inference). */
public sealed interface FreeForm extends VisualPrompt permits Stroke, Polygon, Mask {

    /** The box around it, at least one pixel wide and high. */
    Box boundingBox();
}
