package ai.sphinxv.onnx;

import ai.sphinxv.onnx.graph.LinearFormat;
import ai.sphinxv.onnx.graph.LinearFormat.Blocks;
import ai.sphinxv.onnx.graph.LinearFormat.Float32;
import ai.sphinxv.onnx.graph.Numbers;

/**
 * How exact a bundle is. The prompt encoder, which is small and turns places into phases, stays as trained.
 *
 * @param vision linear layers of the vision encoder
 * @param language linear layers of the LLM decoder
 * @param numbers what those two compute with, and what layers are kept in that are not quantized
 */
public record Precision(LinearFormat vision, LinearFormat language, Numbers numbers) {
    public static final Precision FULL = new Precision(new Float32(), new Float32(), Numbers.SINGLE);

    /** 8 bits to see, 4 to speak: about an eighth of the full size. */
    public static final Precision SMALL = new Precision(new Blocks(8, 128), new Blocks(4, 64), Numbers.SINGLE);

    /** For GPUs: 16 bits. */
    public static final Precision HALF = new Precision(new Float32(), new Float32(), Numbers.HALF);

    /** For GPUs with little memory: 16 bits to see, 4 to speak. */
    public static final Precision SMALL_HALF = new Precision(new Float32(), new Blocks(4, 32), Numbers.HALF);
}
