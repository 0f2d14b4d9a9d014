package ai.sphinxv.onnx;

import static java.util.Objects.requireNonNull;

import ai.sphinxv.onnx.checkpoint.TorchSave;
import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.Expert;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Encoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The released model's topology at widths of a dozen: four towers, the Q-Former, its prompt encoder, interleaved rotary
 * pairs. Weights are brain floats, drawn so that every norm's epsilon, every gate and every bias shows in the results.
 */
public final class SmallPublished {
    /** Of the released model, to take what has no size from. */
    private static final ModelConfig PUBLISHED = ModelConfig.named("published");

    public static final ModelConfig.Language LANGUAGE =
            new ModelConfig.Language(32, 3, 2, 2, 40, 50, 160, 1e-5, 10_000, true);

    public static final Expert.ClipVit CLIP = new Expert.ClipVit("clip.visual", 14, 16, 2, 2, 32);

    public static final Expert.ConvNext CONVNEXT =
            new Expert.ConvNext("openclip_convnext_xxl", 64, List.of(1, 2, 2, 1), List.of(4, 8, 12, 16), 2);

    public static final Expert.DinoVit DINO = dino(12, 3, 24);

    public static final ModelConfig.QFormer QUERIES =
            new ModelConfig.QFormer("qformer", 14, 16, 2, 2, 24, 3, 12, 3, 2, 20);

    public static final ModelConfig CONFIG = new ModelConfig(
            "small-published",
            image(PUBLISHED),
            List.of(CLIP, CONVNEXT, DINO),
            QUERIES,
            new ModelConfig.Prompts(10, 8, 32, Encoding.RELEASED, false, false, 0),
            null,
            null,
            null,
            LANGUAGE,
            PUBLISHED.template());

    /** The paper's: two experts, a skip token, its own prompt encoder. */
    public static final ModelConfig PAPER = new ModelConfig(
            "small-paper",
            image(ModelConfig.named("paper")),
            List.of(CONVNEXT, DINO),
            null,
            new ModelConfig.Prompts(10, 8, 32, Encoding.PAPER, false, false, 0),
            null,
            null,
            null,
            LANGUAGE,
            PUBLISHED.template());

    private SmallPublished() {}

    private static Expert.DinoVit dino(int width, int heads, int hidden) {
        var released = (Expert.DinoVit) PUBLISHED.experts().getLast();
        return new Expert.DinoVit(released.name(), 14, width, 2, heads, hidden, released.mean(), released.std());
    }

    private static ModelConfig.Image image(ModelConfig model) {
        var image = model.image();
        return new ModelConfig.Image(
                112, 4, image.padding(), image.fill(), image.mean(), image.std(), image.skipToken());
    }

    /** What the released files of this size have that the networks ask for, without the prefix. */
    public static Map<String, Shape> released() {
        var shapes = new LinkedHashMap<>(NetworkShapes.of(CONFIG, 1).weights());
        shapes.put("dinov2_vitg14.pos_embed", Shape.of(1, 1 + 37 * 37, DINO.width()));
        return shapes;
    }

    /** Numbers for all of them, each a brain float. */
    public static Map<String, double[]> draw(Map<String, Shape> shapes, long seed) {
        var weights = new LinkedHashMap<String, double[]>();
        shapes.forEach((name, shape) -> {
            var random = new SplittableRandom(seed ^ name.hashCode());
            double[] values = new double[(int) shape.count()];
            for (int i = 0; i < values.length; i++) {
                values[i] = bfloat16(drawn(name, shape, random.nextGaussian()));
            }
            weights.put(name, values);
        });
        return weights;
    }

    private static double drawn(String name, Shape shape, double gaussian) {
        if (name.endsWith("gamma")) {
            return 0.5 + 0.3 * gaussian;
        }
        if (name.endsWith("gaussian_matrix")) {
            return gaussian;
        }
        boolean vector = shape.sizes().size() == 1;
        if (vector && name.endsWith(".weight")) {
            return 1 + 0.3 * gaussian;
        }
        if (vector) {
            return 0.1 * gaussian;
        }
        if (name.contains("patch_emb")
                || name.contains("conv1")
                || name.contains("pos")
                || name.contains("query_tok")) {
            return 0.002 * gaussian; // so small that a norm's epsilon counts
        }
        int inputs = (int) (shape.count() / shape.sizes().getFirst());
        return gaussian / Math.sqrt(Math.max(4, inputs));
    }

    /** Cut off after 8 significant bits. */
    private static double bfloat16(double value) {
        return Float.intBitsToFloat(Float.floatToIntBits((float) value) & 0xffff0000);
    }

    /** As two released files, tensors cut where those are cut. */
    public static void write(Map<String, double[]> weights, Map<String, Shape> shapes, Path folder) throws IOException {
        for (int rank = 0; rank < 2; rank++) {
            var saved = new TorchSave();
            for (var one : shapes.entrySet()) {
                long[] sizes = one.getValue().toArray();
                float[] values = floats(requireNonNull(weights.get(one.getKey())));
                switch (axis(one.getKey())) {
                    case 0 -> {
                        int half = values.length / 2;
                        sizes[0] /= 2;
                        saved.tensor(
                                "llma." + one.getKey(),
                                Arrays.copyOfRange(values, rank * half, (rank + 1) * half),
                                sizes);
                    }
                    case 1 -> {
                        int width = (int) sizes[1] / 2;
                        float[] part = new float[values.length / 2];
                        for (int row = 0; row < sizes[0]; row++) {
                            System.arraycopy(values, (2 * row + rank) * width, part, row * width, width);
                        }
                        sizes[1] /= 2;
                        saved.tensor("llma." + one.getKey(), part, sizes);
                    }
                    default -> saved.tensor("llma." + one.getKey(), values, sizes);
                }
            }
            leftOvers(saved);
            saved.write(folder.resolve("consolidated.%02d-of-02.model.pth".formatted(rank)));
        }
    }

    /** What the released files have and no network uses. */
    static void leftOvers(TorchSave saved) {
        saved.filled("llma.clip.positional_embedding", 1, 77, 768)
                .filled("llma.clip.token_embedding.weight", 1, 49408, 768)
                .filled("llma.clip.text_projection", 1, 768, 768)
                .filled("llma.clip.logit_scale", 1)
                .filled("llma.clip.ln_final.weight", 1, 768)
                .filled("llma.clip.ln_final.bias", 1, 768)
                .filled("llma.clip.visual.proj", 1, 1024, 768)
                .filled("llma.dinov2_vitg14.mask_token", 1, 1, 1536);
    }

    static int axis(String name) {
        if (name.equals("tok_embeddings.weight") || name.matches("layers\\..*(wo|w2)\\.weight")) {
            return 1;
        }
        return name.equals("output.weight") || name.matches("layers\\..*(wq|wk|wv|w1|w3)\\.weight") ? 0 : -1;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
