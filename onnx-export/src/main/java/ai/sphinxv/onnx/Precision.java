package ai.sphinxv.onnx;

import ai.sphinxv.onnx.graph.LinearFormat;
import ai.sphinxv.onnx.graph.LinearFormat.Blocks;
import ai.sphinxv.onnx.graph.LinearFormat.Float16;
import ai.sphinxv.onnx.graph.LinearFormat.Float32;
import ai.sphinxv.onnx.graph.Numbers;
import ai.sphinxv.runtime.bundle.TokenTable;
import java.util.Map;

/**
 * How exact a bundle is. The prompt encoder, which is small and turns places into phases, stays as trained. Kernels of
 * convolutions take 16 bits in all but the full one.
 *
 * @param vision linear layers of the vision encoder
 * @param language linear layers of the LLM decoder
 * @param numbers what those two compute with, and what layers are kept in that are not quantized
 */
public record Precision(LinearFormat vision, LinearFormat language, Numbers numbers) {
    public static final Precision FULL = new Precision(new Float32(), new Float32(), Numbers.SINGLE);

    /** 16 bits throughout on disk: half of the full size. It computes with 32. */
    public static final Precision HALF = new Precision(new Float16(), new Float16(), Numbers.SINGLE);

    /** 8 bits to see, 4 to speak: about a fifth of the full size. */
    public static final Precision SMALL = new Precision(new Blocks(8, 128), new Blocks(4, 32), Numbers.SINGLE);

    /** 16 bits to see, 4 to speak. */
    public static final Precision SMALL_HALF = new Precision(new Float16(), new Blocks(4, 32), Numbers.SINGLE);

    /** 16 bits, and computing with them: CUDA has a decoder's attention for no other numbers. */
    public static final Precision GPU = new Precision(new Float16(), new Float16(), Numbers.HALF);

    /** The same with 4 bits to speak. */
    public static final Precision SMALL_GPU = new Precision(new Float16(), new Blocks(4, 32), Numbers.HALF);

    private static final Map<String, Precision> NAMED = Map.of(
            "full", FULL, "half", HALF, "small", SMALL, "small-half", SMALL_HALF, "gpu", GPU, "small-gpu", SMALL_GPU);

    /** What the token table is kept in: 16 bits wherever the language model's layers have no more than that. */
    TokenTable tokens() {
        return language instanceof Float32 ? TokenTable.SINGLE : TokenTable.HALF;
    }

    /** @throws IllegalArgumentException if no precision has that name */
    public static Precision named(String name) {
        Precision precision = NAMED.get(name);
        if (precision == null) {
            throw new IllegalArgumentException(
                    "no precision \"%s\": there are full, half, small, small-half, gpu, small-gpu".formatted(name));
        }
        return precision;
    }
}
