package ai.sphinxv.onnx;

import ai.sphinxv.onnx.graph.LinearFormat;
import ai.sphinxv.onnx.graph.LinearFormat.Blocks;
import ai.sphinxv.onnx.graph.LinearFormat.Float16;
import ai.sphinxv.onnx.graph.LinearFormat.Float32;
import java.util.Map;

/**
 * How exact a bundle's linear layers are. The prompt encoder, which is small, and all that is not linear stay as trained.
 *
 * @param vision of the vision encoder
 * @param language of the LLM decoder
 */
public record Precision(LinearFormat vision, LinearFormat language) {
    public static final Precision FULL = new Precision(new Float32(), new Float32());

    /** 16 bits throughout: half of the full size on disk. */
    public static final Precision HALF = new Precision(new Float16(), new Float16());

    /** 8 bits to see, 4 to speak: about a fifth of the full size. */
    public static final Precision SMALL = new Precision(new Blocks(8, 128), new Blocks(4, 32));

    /** 16 bits to see, 4 to speak. */
    public static final Precision SMALL_HALF = new Precision(new Float16(), new Blocks(4, 32));

    private static final Map<String, Precision> NAMED =
            Map.of("full", FULL, "half", HALF, "small", SMALL, "small-half", SMALL_HALF);

    /** @throws IllegalArgumentException if no precision has that name */
    public static Precision named(String name) {
        Precision precision = NAMED.get(name);
        if (precision == null) {
            throw new IllegalArgumentException(
                    "no precision \"%s\": there are full, half, small, small-half".formatted(name));
        }
        return precision;
    }
}
