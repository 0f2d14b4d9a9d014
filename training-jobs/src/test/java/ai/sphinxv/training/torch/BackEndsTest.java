package ai.sphinxv.training.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.onnx.BundleExporter;
import ai.sphinxv.onnx.Precision;
import ai.sphinxv.onnx.checkpoint.Safetensors;
import ai.sphinxv.onnx.graph.LinearFormat.Blocks;
import ai.sphinxv.onnx.graph.Numbers;
import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.onnx.verify.ParityCheck;
import ai.sphinxv.onnx.verify.ParityCheck.DecoderCase;
import ai.sphinxv.onnx.verify.ParityCheck.ImageCase;
import ai.sphinxv.onnx.verify.ParityCheck.PromptCase;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Expert;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Encoding;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import ai.sphinxv.runtime.bundle.ModelConfig.QFormer;
import ai.sphinxv.runtime.bundle.ModelConfig.Regions;
import ai.sphinxv.runtime.graph.LlmGraph;
import ai.sphinxv.runtime.graph.Providers;
import ai.sphinxv.runtime.image.RegionCuts;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.training.data.TokenizerTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small models with every part that the big ones have give the same numbers on LibTorch and as ONNX graphs. */
class BackEndsTest {
    private static final List<Double> MEAN = List.of(0.48, 0.46, 0.41);
    private static final List<Double> STD = List.of(0.27, 0.26, 0.28);

    @TempDir
    Path folder;

    @BeforeAll
    static void startLibTorch() {
        LibTorch.start(1, Processor.Wanted.CPU);
    }

    @Test
    void thePublishedTopologyIsTheSameOnBothBackEnds() throws IOException {
        var queries = new QFormer("qformer", 16, 32, 2, 2, 48, 3, 24, 3, 2, 40);
        var experts = List.<Expert>of(
                new Expert.ClipVit("clip.visual", 16, 32, 2, 2, 64),
                new Expert.ConvNext("openclip_convnext_xxl", 32, List.of(1, 1, 2, 1), List.of(8, 12, 16, 24), 2),
                new Expert.DinoVit("dinov2_vitg14", 16, 24, 2, 2, 40, List.of(0.485, 0.456, 0.406), STD));
        var language = new Language(32, 2, 2, 2, 48, 400, 256, 1e-5, 1e4, true);

        assertSame(config("like-published", 64, experts, queries, Encoding.RELEASED, false, false, null, language));
    }

    @Test
    void thePaperTopologyIsTheSameOnBothBackEnds() throws IOException {
        var experts = List.<Expert>of(
                new Expert.ConvNext("convnext", 40, List.of(1, 1, 1), List.of(8, 12, 16), 1),
                new Expert.DinoVit("dino", 16, 24, 1, 2, 40, MEAN, STD));
        var language = new Language(32, 2, 2, 1, 48, 400, 256, 1e-5, 1e4, true);

        assertSame(config("like-paper", 64, experts, null, Encoding.PAPER, true, false, null, language));
    }

    @Test
    void nanosTopologyIsTheSameOnBothBackEnds() throws IOException {
        var experts = List.<Expert>of(
                new Expert.NanoDet("nanodet", 5),
                new Expert.ResidualConv("rgb", List.of(8, 8, 12, 16, 16), List.of(0, 1, 1, 1, 0)),
                new Expert.GridCode("grid", 16));
        var language = new Language(32, 2, 2, 2, 48, 400, 256, 1e-5, 1e4, false);

        var regions = new Regions("region", 16, List.of(8, 12), List.of(0, 1));
        assertSame(config("like-nano", 128, experts, null, Encoding.CENTRED, false, true, regions, language));
    }

    @Test
    void fewerBitsSayNearlyTheSame() throws IOException {
        var language = new Language(64, 2, 2, 2, 128, 400, 256, 1e-5, 1e4, false);
        var config = config(
                "small",
                64,
                List.of(new Expert.GridCode("grid", 16)),
                null,
                Encoding.CENTRED,
                false,
                false,
                null,
                language);
        float[] embeds = gaussian(10 * language.width(), 2);

        assertThat(likeness(config, embeds, "8", blocks(8, Numbers.SINGLE))).isGreaterThan(0.999);
        assertThat(likeness(config, embeds, "4", blocks(4, Numbers.SINGLE))).isGreaterThan(0.98);
        assertThat(likeness(config, embeds, "gpu", Precision.GPU)).isGreaterThan(0.99999);
        assertThat(likeness(config, embeds, "4gpu", blocks(4, Numbers.HALF))).isGreaterThan(0.98);
    }

    private static Precision blocks(int bits, Numbers numbers) {
        return new Precision(new Blocks(bits, 16), new Blocks(bits, 32), numbers);
    }

    /** Cosine of the logits of LibTorch and of a decoder that was exported so: the last of a prompt and a step. */
    private double likeness(ModelConfig config, float[] embeds, String folderName, Precision precision)
            throws IOException {
        Path bundle = folder.resolve(folderName);
        Path tokenizer = folder.resolve("tokenizer.json");
        Path checkpoint = folder.resolve("model.safetensors");
        TokenizerTrainer.train(Stream.of("a b c"), config.language().vocabulary(), tokenizer);
        try (var parameters = Parameters.initial(NetworkShapes.of(config, 1).weights(), 2, 7)) {
            parameters.write(checkpoint, name -> true);
            try (var weights = Safetensors.open(checkpoint)) {
                BundleExporter.export(
                        config, weights, precision, tokenizer, null, bundle, new Provenance("test", "", "", Map.of()));
            }
            float[] exact = new Reference(config, parameters).nextLogits(embeds);
            try (var graph = LlmGraph.open(Bundle.open(bundle), new Providers(List.of(), 1));
                    var decoder = graph.begin()) {
                int last = embeds.length - config.language().width();
                decoder.prefill(Arrays.copyOf(embeds, last));
                return cosine(exact, decoder.step(Arrays.copyOfRange(embeds, last, embeds.length)));
            }
        }
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            lengthA += a[i] * a[i];
            lengthB += b[i] * b[i];
        }
        return product / Math.sqrt(lengthA * lengthB);
    }

    private static ModelConfig config(
            String name,
            int size,
            List<Expert> experts,
            @Nullable QFormer queries,
            Encoding encoding,
            boolean skipToken,
            boolean slotEmbedding,
            @Nullable Regions regions,
            Language language) {
        return new ModelConfig(
                name,
                new ModelConfig.Image(size, 2, Padding.AROUND, List.of(0, 0, 0), MEAN, STD, skipToken),
                experts,
                queries,
                new ModelConfig.Prompts(4, 8, 32, encoding, slotEmbedding, false, 0),
                regions,
                null,
                null,
                language,
                new ModelConfig.Template("", "Human", "Assistant", "###"));
    }

    private void assertSame(ModelConfig config) throws IOException {
        Path checkpoint = folder.resolve("model.safetensors");
        Path tokenizer = folder.resolve("tokenizer.json");
        TokenizerTrainer.train(Stream.of("a b c"), config.language().vocabulary(), tokenizer);
        try (var parameters = Parameters.initial(NetworkShapes.of(config, 1).weights(), 2, 7)) {
            parameters.write(checkpoint, name -> true);
            BundleExporter.export(
                    config,
                    checkpoint,
                    tokenizer,
                    null,
                    folder.resolve("bundle"),
                    new Provenance("test", "", "", Map.of()));
            var reference = new Reference(config, parameters);
            LibTorch.precise(true);

            var parity = ParityCheck.run(
                    folder.resolve("bundle"),
                    images(config, reference),
                    prompts(config, reference),
                    decoders(config, reference),
                    List.of());

            assertThat(parity.image()).isLessThan(ParityCheck.TOLERANCE);
            assertThat(parity.prompts()).isLessThan(ParityCheck.TOLERANCE);
            assertThat(parity.logits()).isLessThan(ParityCheck.TOLERANCE);
        }
    }

    private static List<ImageCase> images(ModelConfig config, Reference reference) {
        int size = config.image().size();
        var visible = new float[] {1, 1, 0, 1, 0};
        var image = new SquareImage(gaussian(3 * size * size, 1), visible);
        var seen = reference.encodeImage(image);
        return List.of(new ImageCase(image, seen.embeds(), seen.objects()));
    }

    private static List<PromptCase> prompts(ModelConfig config, Reference reference) {
        return List.of(
                prompt(config, reference, new float[] {1, 1, 0, 1}, 4),
                prompt(config, reference, new float[] {1, 1, 0, 0}, 2));
    }

    /** @param cut the slots that have cuts */
    private static PromptCase prompt(ModelConfig config, Reference reference, float[] isValid, int cut) {
        var corners = new float[] {0.1f, 0.2f, 0.5f, 0.6f, 0.3f, 0.4f, 0.3f, 0.4f, 0, 0, 0, 0, 0.9f, 0.8f, 1, 1};
        var slots = new PromptSlots(corners, new float[] {1, 0, 0, 1}, isValid);
        Regions regions = config.regions();
        RegionCuts cuts = regions == null
                ? null
                : new RegionCuts(gaussian(RegionCuts.empty(cut, regions).pixels().length, 3));
        float[] objects =
                config.objectChannels() == 0 ? null : gaussian(config.objectChannels() * config.objectCells(), 4);
        return new PromptCase(slots, cuts, objects, reference.encodePrompts(slots, cuts, objects));
    }

    private static List<DecoderCase> decoders(ModelConfig config, Reference reference) {
        int width = config.language().width();
        float[] embeds = gaussian(12 * width, 2);
        var logits = IntStream.rangeClosed(10, 12)
                .mapToObj(length -> reference.nextLogits(Arrays.copyOf(embeds, length * width)))
                .toList();
        var steps = IntStream.range(10, 12)
                .mapToObj(at -> Arrays.copyOfRange(embeds, at * width, (at + 1) * width))
                .toList();
        return List.of(new DecoderCase(Arrays.copyOf(embeds, 10 * width), steps, logits));
    }

    static float[] gaussian(int count, long seed) {
        var random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
