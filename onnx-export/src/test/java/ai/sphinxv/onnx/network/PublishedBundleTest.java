package ai.sphinxv.onnx.network;

import static ai.sphinxv.onnx.SmallPublished.CLIP;
import static ai.sphinxv.onnx.SmallPublished.CONFIG;
import static ai.sphinxv.onnx.SmallPublished.CONVNEXT;
import static ai.sphinxv.onnx.SmallPublished.DINO;
import static ai.sphinxv.onnx.SmallPublished.LANGUAGE;
import static ai.sphinxv.onnx.SmallPublished.QUERIES;
import static ai.sphinxv.onnx.network.Numbers.assertClose;
import static ai.sphinxv.onnx.network.Numbers.flat;
import static ai.sphinxv.onnx.network.Numbers.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.sphinxv.onnx.BundleExporter;
import ai.sphinxv.onnx.Precision;
import ai.sphinxv.onnx.SmallPublished;
import ai.sphinxv.onnx.checkpoint.PublishedCheckpoint;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.TokenTable;
import ai.sphinxv.runtime.graph.LlmGraph;
import ai.sphinxv.runtime.graph.PromptEncoder;
import ai.sphinxv.runtime.graph.Providers;
import ai.sphinxv.runtime.graph.TokenEmbedding;
import ai.sphinxv.runtime.graph.VisionEncoder;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small checkpoint in the released form, converted and run by the runtime, against the same model in plain loops and
 * doubles: every weight must have found its place, and every quirk is there.
 */
class PublishedBundleTest {
    private static final Providers CPU = new Providers(List.of(), 1);
    private static final Map<String, double[]> WEIGHTS = SmallPublished.draw(SmallPublished.released(), 12);
    private static final PlainMath MATH = new PlainMath(WEIGHTS);

    private static final double[] NO_POINT = {0, 0, -1, -1};
    private static final double[] NO_BOX = {0, 0, 0, 0};

    @TempDir
    static Path folder;

    private static Path bundle;

    @BeforeAll
    static void convert() throws IOException {
        SmallPublished.write(WEIGHTS, SmallPublished.released(), folder);
        bundle = convert(CONFIG, Precision.FULL, folder.resolve("bundle"));
    }

    private static Path convert(ModelConfig config, Precision precision, Path bundle) throws IOException {
        Path tokenizer = Files.writeString(folder.resolve("tokenizer.json"), "{}");
        var provenance = new Provenance("test", "", "", Map.of());
        try (var checkpoint =
                PublishedCheckpoint.open(folder, NetworkShapes.of(config, 1).weights())) {
            BundleExporter.export(config, checkpoint, precision, tokenizer, null, bundle, provenance);
        }
        return bundle;
    }

    /** Views in order; CLIP's, ConvNeXt's, DINOv2's channels; both connectors; a start and an end around each view. */
    @Test
    void aPicturesTokensAreThePlainOnes() {
        assertSeesAsPlain(bundle, 1e-4);
    }

    /** Its layers are too narrow for blocks, so that of a bundle in 8 bits only kernels of convolutions are not the trained ones. */
    @Test
    void withKernelsOfSixteenBitsAPicturesTokensAreThePlainOnes() throws IOException {
        Path small = convert(CONFIG, Precision.SMALL, folder.resolve("kernels"));

        assertSeesAsPlain(small, 1e-4);
        long saved = Files.size(bundle.resolve("vision_encoder.onnx.data"))
                - Files.size(small.resolve("vision_encoder.onnx.data"));
        assertThat(saved).isPositive();
    }

    @Test
    void inHalvesAPicturesTokensAreNearlyThePlainOnes() throws IOException {
        assertSeesAsPlain(convert(CONFIG, Precision.HALF, folder.resolve("half-picture")), 5e-3);
    }

    private static void assertSeesAsPlain(Path bundle, double most) {
        double[][][] picture = Numbers.picture(CONFIG.image().size(), 5);
        var towers = new PlainTowers(MATH);
        int[] depths = CONVNEXT.depths().stream().mapToInt(Integer::intValue).toArray();
        List<double[][]> expected = new ArrayList<>();
        for (double[][][] view : PlainViews.of(picture)) {
            double[][] rows = Numbers.joined(
                    towers.clip(view, CLIP.layers(), CLIP.heads()),
                    towers.convNext(view, depths),
                    towers.dino(view, DINO.layers(), DINO.heads()));
            double[][] queries = towers.queries(
                    view, QUERIES.imageLayers(), QUERIES.imageHeads(), QUERIES.layers(), QUERIES.heads());
            expected.add(MATH.table("start_img", LANGUAGE.width()));
            expected.add(connected(queries, "qformer_proj"));
            expected.add(connected(rows, "visual_proj"));
            expected.add(MATH.table("end_img", LANGUAGE.width()));
        }

        try (var encoder = VisionEncoder.open(Bundle.open(bundle), CPU)) {
            var image = new SquareImage(floats(flat(picture)), new float[] {1, 1, 1, 1, 1});

            assertClose(
                    encoder.encode(image).embeds(), flat(PlainMath.stack(expected.toArray(double[][][]::new))), most);
        }
    }

    private static double[][] connected(double[][] rows, String name) {
        return MATH.layerNorm(MATH.linear(rows, name + ".0"), name + ".1", 1e-5);
    }

    @Test
    void pointsAreThePlainOnesAndEmptySlotsArePoints() {
        List<VisualPrompt> points = List.of(new Point(12, 340), new Point(620, 5), new Point(333, 333));
        double[][] rows = {{0.019, 0.656, -1, -1}, {0.969, 0.133, -1, -1}, {0.52, 0.645, -1, -1}};

        assertClose(prompts(bundle, points), plain(PlainPrompts.EXACT, rows, NO_POINT));
    }

    @Test
    void boxesAreThePlainOnesAndEmptySlotsAreBoxes() {
        assertClose(prompts(bundle, BOXES), plain(PlainPrompts.EXACT, BOX_ROWS, NO_BOX));
    }

    @Test
    void tenBoxesAreThePlainOnes() {
        List<VisualPrompt> boxes = new ArrayList<>();
        double[][] rows = new double[10][];
        for (int i = 0; i < 10; i++) {
            int y = 160 * (i % 3);
            boxes.add(new Box(64 * i, y, 64 * i + 32, y + 80));
            rows[i] = new double[] {0.1 * i, (y + 80) / 640.0, 0.1 * i + 0.05, (y + 160) / 640.0};
        }

        assertClose(prompts(bundle, boxes), plain(PlainPrompts.EXACT, rows, NO_BOX));
    }

    /** Where a double and a float lie on either side of a border between two brain floats, one result may be a step away. */
    @Test
    void inBrainFloatsNearlyEveryNumberIsThePlainOneBitByBit() throws IOException {
        Path rounded = convert(CONFIG.withBfloat16Prompts(), Precision.FULL, folder.resolve("bfloat16"));

        float[] got = prompts(rounded, BOXES);

        double[] expected = plain(PlainPrompts.BFLOAT16, BOX_ROWS, NO_BOX);
        int same = 0;
        for (int i = 0; i < got.length; i++) {
            assertThat((double) got[i]).as("number %d", i).isCloseTo(expected[i], within(0.02));
            same += got[i] == expected[i] ? 1 : 0;
        }
        assertThat(same).isGreaterThan(got.length * 98 / 100);
        assertThat(Numbers.farthest(got, plain(PlainPrompts.EXACT, BOX_ROWS, NO_BOX)))
                .isGreaterThan(0.02);
    }

    @Test
    void theDecoderIsThePlainOneInPrefillAndStepByStep() {
        int width = LANGUAGE.width();
        double[][] embeds = new double[40][width];
        var random = new SplittableRandom(9);
        for (double[] row : embeds) {
            Arrays.setAll(row, i -> (float) (0.02 * random.nextGaussian())); // small: RMSNorm's epsilon counts
        }
        double[][] expected = new PlainLlama(MATH, LANGUAGE.layers(), LANGUAGE.heads()).logits(embeds);

        try (var graph = LlmGraph.open(Bundle.open(bundle), CPU);
                var decoder = graph.begin()) {
            assertClose(decoder.prefill(floats(flat(Arrays.copyOf(embeds, 35)))), expected[34]);
            for (int t = 35; t < embeds.length; t++) {
                assertClose(decoder.step(floats(embeds[t])), expected[t]);
            }
        }
    }

    /** Sixteen bits keep eleven of a number: results near 1 are off in the third place. */
    @Test
    void inHalvesTheDecoderIsNearlyThePlainOne() throws IOException {
        Path halves = convert(CONFIG, Precision.HALF, folder.resolve("halves"));
        double[][] embeds = new double[20][LANGUAGE.width()];
        var random = new SplittableRandom(8);
        for (double[] row : embeds) {
            Arrays.setAll(row, i -> (float) random.nextGaussian());
        }
        double[] expected = new PlainLlama(MATH, LANGUAGE.layers(), LANGUAGE.heads()).logits(embeds)[19];

        try (var graph = LlmGraph.open(Bundle.open(halves), CPU);
                var decoder = graph.begin()) {
            assertThat(Numbers.farthest(decoder.prefill(floats(flat(embeds))), expected))
                    .isLessThan(5e-3);
        }
        assertThat(Files.size(halves.resolve("llm_decoder.onnx.data")))
                .isLessThan(Files.size(bundle.resolve("llm_decoder.onnx.data")) * 6 / 10);
    }

    /** Brain floats, as released, stay what they are; those below 6e-5, which 16-bit floats have fewer bits for, nearly so. */
    @Test
    void theTokenTableInHalvesIsTheReleasedOne() throws IOException {
        Path halves = convert(CONFIG, Precision.SMALL_HALF, folder.resolve("half-tokens"));

        try (var exact = TokenEmbedding.open(Bundle.open(bundle));
                var half = TokenEmbedding.open(Bundle.open(halves))) {
            for (int id = 0; id < LANGUAGE.vocabulary(); id++) {
                float[] expected = exact.embed(id);
                float[] embedded = half.embed(id);
                for (int i = 0; i < expected.length; i++) {
                    if (Math.abs(expected[i]) >= 0x1p-14f) {
                        assertThat(embedded[i]).isEqualTo(expected[i]);
                    } else {
                        assertThat(embedded[i]).isCloseTo(expected[i], within(3e-8f));
                    }
                }
            }
        }
        assertThat(Files.size(halves.resolve("token_embedding.f16")))
                .isEqualTo(Files.size(bundle.resolve("token_embedding.f32")) / 2);
    }

    @Test
    void anExportInAnotherPrecisionLeavesNoOtherTokenTable() throws IOException {
        Path twice = convert(CONFIG, Precision.HALF, folder.resolve("twice"));
        convert(CONFIG, Precision.FULL, twice);

        assertThat(twice.resolve("token_embedding.f16")).doesNotExist();
        assertThat(Bundle.open(twice).tokens()).isEqualTo(TokenTable.SINGLE);
    }

    /** In the picture of 640 by 480 pixels, and in its padded square of 640 by 640 to three decimals. */
    private static final List<VisualPrompt> BOXES = List.of(new Box(64, 32, 320, 240), new Box(5, 7, 633, 471));

    private static final double[][] BOX_ROWS = {{0.1, 0.175, 0.5, 0.5}, {0.008, 0.136, 0.989, 0.861}};

    private static float[] prompts(Path bundle, List<VisualPrompt> marks) {
        var square = new PaddedSquare(640, 480, CONFIG.image().padding());
        try (var encoder = PromptEncoder.open(Bundle.open(bundle), CPU)) {
            return encoder.encode(PromptSlots.of(marks, square, 10), null, null);
        }
    }

    private static double[] plain(DoubleUnaryOperator rounding, double[][] rows, double[] empty) {
        double[][] all = Arrays.copyOf(rows, 10);
        Arrays.fill(all, rows.length, 10, empty);
        return flat(new PlainPrompts(MATH, rounding).released(all));
    }
}
