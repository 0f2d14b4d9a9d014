package ai.sphinxv.training.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.Expert;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Encoding;
import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import ai.sphinxv.runtime.bundle.ModelConfig.Regions;
import ai.sphinxv.training.data.Batches.Answers;
import ai.sphinxv.training.data.Batches.Marks;
import ai.sphinxv.training.data.Batches.Texts;
import ai.sphinxv.training.data.Batches.Views;
import ai.sphinxv.training.data.Vocabulary;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stands around the language model, against finite differences: prompt encoders, region expert, projections, heads. */
class ChainGradientTest {
    private static final int PICTURES = 2;
    private static final int SLOTS = 4;
    private static final Regions REGIONS = new Regions("region", 16, List.of(8, 12), List.of(0, 1));
    private static final Vocabulary VOCABULARY = new Vocabulary(
            Map.of("cup", 0, "dog", 1, "sign", 2), Map.of("red", 0, "blue", 1), Map.of("search", 0, "send", 1));

    private static final Texts TEXTS = new Texts(
            PICTURES,
            6,
            new long[] {5, 6, 7, 8, 9, 10, 9, 5, 6, 7, 11, 0},
            new long[] {-100, 6, 7, 8, 9, 10, -100, 5, 6, 7, 11, -100},
            new int[] {0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2},
            new float[] {0, 1, 1, 1, 1, 1, 0, 1, 1, 0.5f, 1, 0},
            1);

    @BeforeAll
    static void startLibTorch() {
        LibTorch.start(1, Processor.Wanted.CPU);
        LibTorch.precise(true);
    }

    @AfterAll
    static void beAsFastAsCanBe() {
        LibTorch.precise(false);
    }

    /** The region expert, the object expert's projections and the prompt encoder on what lies under each mark. */
    @Test
    void whatLearnsToSeeHasTheGradientOfFiniteDifferences() {
        Set<String> checked =
                requireAlike(nanos(), ChainGradientTest::isOfLooks, model -> model.looksLoss(marks(model.config())));

        assertThat(checked)
                .contains("region.stages.0.downsample.weight", "vp_encoder.objects.weight", "looks.label.weight");
    }

    @Test
    void theWholeChainHasTheGradientOfFiniteDifferences() {
        Set<String> checked = requireAlike(nanos(), ChainGradientTest::isOfTheChain, ChainGradientTest::answerLoss);

        assertThat(checked).contains("visual_proj.0.weight", "vp_proj.0.weight", "slot_vp", "marks.place.weight");
    }

    @Test
    void thePapersPromptEncoderHasTheGradientOfFiniteDifferences() {
        Set<String> checked = requireAlike(
                bare(Encoding.PAPER, true), ChainGradientTest::isOfTheChain, ChainGradientTest::answerLoss);

        assertThat(checked).contains("vp_encoder.center.weight", "skip_img", "start_img", "end_vp");
    }

    @Test
    void theReleasedPromptEncoderHasTheGradientOfFiniteDifferences() {
        Set<String> checked = requireAlike(
                bare(Encoding.RELEASED, false), ChainGradientTest::isOfTheChain, ChainGradientTest::answerLoss);

        assertThat(checked).contains("vp_encoder.up.weight", "vp_encoder.box_embeddings.2.weight");
    }

    /** @return the parameters that were checked: all that are wanted */
    private static Set<String> requireAlike(
            ModelConfig config, Predicate<String> wanted, Function<SphinxVTensors, Tensor> loss) {
        var shapes =
                new LinkedHashMap<String, Shape>(NetworkShapes.of(config, 1).weights());
        shapes.putAll(TrainingHeads.shapes(config, VOCABULARY));
        var names = new LinkedHashSet<>(shapes.keySet());
        names.removeIf(wanted.negate().or(name -> name.endsWith("gaussian_matrix"))); // which is never trained
        try (var parameters = Parameters.initial(shapes, config.language().layers(), 3)) {
            var model = new SphinxVTensors(config, parameters);
            new FiniteDifferences(parameters, () -> loss.apply(model)).requireAlike(names);
        }
        return names;
    }

    /** The code of empty slots is none: nothing is said of them. */
    private static boolean isOfLooks(String name) {
        return (name.startsWith("vp_encoder.") || name.startsWith("region.") || TrainingHeads.ofLooks(name))
                && !name.equals("vp_encoder.valid.0.weight");
    }

    /** All but the experts, whose rows are given, and the heads of another loss. */
    private static boolean isOfTheChain(String name) {
        return !name.startsWith("nanodet.") && !TrainingHeads.ofLooks(name);
    }

    private static Tensor answerLoss(SphinxVTensors model) {
        ModelConfig config = model.config();
        int rows = ModelConfig.VIEWS * PICTURES * config.image().rows() * config.visualWidth();
        float[] visible = {1, 1, 0, 1, 1, 1, 1, 1, 0, 1};
        return model.answerLoss(
                new Answers(new Views(PICTURES, BackEndsTest.gaussian(rows, 1), visible), marks(config), TEXTS));
    }

    /** A point, a box and another point, and a slot without a mark; two points on the second picture, and two such slots. */
    private static Marks marks(ModelConfig config) {
        float[] corners = {
            0.1f, 0.2f, 0.1f, 0.2f, 0.3f, 0.4f, 0.6f, 0.8f, 0.7f, 0.7f, 0.7f, 0.7f, 0, 0, 0, 0, //
            0.2f, 0.1f, 0.2f, 0.1f, 0.5f, 0.9f, 0.5f, 0.9f, 0, 0, 0, 0, 0, 0, 0, 0
        };
        int cuts = config.regions() == null ? 0 : PICTURES * SLOTS * Regions.CUTS * 3 * REGIONS.crop() * REGIONS.crop();
        return new Marks(
                PICTURES,
                corners,
                new float[] {0, 1, 0, 0, 0, 0, 0, 0},
                new float[] {1, 1, 1, 0, 1, 1, 0, 0},
                BackEndsTest.gaussian(cuts, 2),
                BackEndsTest.gaussian(PICTURES * SLOTS * config.objectChannels(), 3),
                new long[] {0, 1, 2, -100, 1, 0, -100, -100},
                new long[] {0, -100, 1, -100, 1, -100, -100, -100},
                new long[] {-100, 1, 0, -100, -100, 1, -100, -100});
    }

    /** Every part that nano has, small. */
    private static ModelConfig nanos() {
        return config(
                List.of(new Expert.NanoDet("nanodet", 5), new Expert.GridCode("grid", 16)),
                new ModelConfig.Prompts(SLOTS, 8, 32, Encoding.CENTRED, true, true, 0.5),
                false,
                REGIONS);
    }

    private static ModelConfig bare(Encoding encoding, boolean skipToken) {
        return config(
                List.of(new Expert.GridCode("grid", 16)),
                new ModelConfig.Prompts(SLOTS, 8, 32, encoding, false, false, 0),
                skipToken,
                null);
    }

    private static ModelConfig config(
            List<Expert> experts, ModelConfig.Prompts prompts, boolean skipToken, @Nullable Regions regions) {
        var plain = List.of(0.0, 0.0, 0.0);
        var scale = List.of(1.0, 1.0, 1.0);
        return new ModelConfig(
                "small",
                new ModelConfig.Image(128, 2, Padding.AROUND, List.of(0, 0, 0), plain, scale, skipToken),
                experts,
                null,
                prompts,
                regions,
                null,
                null,
                new ModelConfig.Language(32, 2, 2, 2, 48, 400, 256, 1e-5, 1e4, false),
                new ModelConfig.Template("", "Human", "Assistant", "###"));
    }
}
