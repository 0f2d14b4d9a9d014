package ai.sphinxv.onnx;

import ai.sphinxv.onnx.graph.LinearFormat;
import ai.sphinxv.onnx.graph.LinearFormat.Blocks;
import ai.sphinxv.onnx.graph.LinearFormat.Float32;

/**
 * How exact a bundle's linear layers are. The prompt encoder, which is small, and all that is not linear stay as trained.
 *
 * @param vision of the vision encoder
 * @param language of the LLM decoder
 */
public record Precision(LinearFormat vision, LinearFormat language) {
    public static final Precision FULL = new Precision(new Float32(), new Float32());

    /** 8 bits to see, 4 to speak: about an eighth of the full size. */
    public static final Precision SMALL = new Precision(new Blocks(8, 128), new Blocks(4, 64));
}
