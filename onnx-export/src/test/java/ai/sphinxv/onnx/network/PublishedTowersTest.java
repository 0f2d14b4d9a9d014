package ai.sphinxv.onnx.network;

import static ai.sphinxv.onnx.SmallPublished.CLIP;
import static ai.sphinxv.onnx.SmallPublished.CONFIG;
import static ai.sphinxv.onnx.SmallPublished.CONVNEXT;
import static ai.sphinxv.onnx.SmallPublished.DINO;
import static ai.sphinxv.onnx.SmallPublished.QUERIES;
import static ai.sphinxv.onnx.network.Numbers.assertClose;
import static ai.sphinxv.onnx.network.Numbers.flat;
import static ai.sphinxv.onnx.network.Numbers.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.sphinxv.onnx.SmallPublished;
import ai.sphinxv.onnx.checkpoint.PublishedCheckpoint;
import ai.sphinxv.onnx.graph.LinearFormat.Float32;
import ai.sphinxv.onnx.graph.OnnxGraph;
import ai.sphinxv.onnx.graph.Value;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Manifest;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.graph.Providers;
import ai.sphinxv.runtime.graph.VisionEncoder;
import ai.sphinxv.runtime.image.SquareImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The vision towers of a small checkpoint in the released form, two files of it, as ONNX graphs, against the same towers in
 * plain loops and doubles.
 */
class PublishedTowersTest {
    private static final int VIEW = CONFIG.image().viewSize();
    private static final int ROWS = CONFIG.image().rows();
    private static final Map<String, double[]> WEIGHTS = SmallPublished.draw(SmallPublished.released(), 11);
    private static final PlainTowers PLAIN = new PlainTowers(new PlainMath(WEIGHTS));

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        SmallPublished.write(WEIGHTS, SmallPublished.released(), folder);
    }

    @Test
    void clipIsThePlainOne() throws IOException {
        double[][][] view = Numbers.picture(VIEW, 1);

        assertClose(
                run((graph, x) -> ClipVit.forward(graph, CLIP, ROWS, x), view),
                flat(PLAIN.clip(view, CLIP.layers(), CLIP.heads())));
    }

    @Test
    void convNextIsThePlainOneWithItsHeadsNormAtEveryCell() throws IOException {
        double[][][] view = Numbers.picture(VIEW, 2);
        int[] depths = CONVNEXT.depths().stream().mapToInt(Integer::intValue).toArray();

        assertClose(
                run(
                        (graph, x) -> ConvNext.forward(
                                graph, CONVNEXT, VIEW, CONFIG.image().grid(), x),
                        view),
                flat(PLAIN.convNext(view, depths)));
    }

    @Test
    void dinoIsThePlainOneWithItsPositionsBaked() throws IOException {
        double[][][] view = Numbers.picture(VIEW, 3);

        assertClose(
                run((graph, x) -> DinoVit.forward(graph, DINO, CONFIG.image(), x), view),
                flat(PLAIN.dino(view, DINO.layers(), DINO.heads())));
    }

    @Test
    void theQFormerAndItsVisionTransformerAreThePlainOnes() throws IOException {
        double[][][] view = Numbers.picture(VIEW, 4);

        assertClose(
                run((graph, x) -> QFormerTower.forward(graph, QUERIES, ROWS, x), view),
                flat(PLAIN.queries(
                        view, QUERIES.imageLayers(), QUERIES.imageHeads(), QUERIES.layers(), QUERIES.heads())));
    }

    @Test
    void thePictureIsHalvedWithFourTaps() throws IOException {
        double[][][] picture = Numbers.picture(2 * VIEW, 5);

        assertClose(run(OnnxGraph::halve, picture), flat(PlainViews.halved(picture)));
    }

    /** The filter's own numbers (reference-model 1.1): what one bright pixel becomes, inside and in a corner. */
    @Test
    void aBrightPixelSpreadsAsTheFilterSays() throws IOException {
        double[][][] picture = new double[3][16][16];
        picture[0][6][7] = 1;
        picture[2][0][0] = 1;

        float[] halved = run(OnnxGraph::halve, picture);

        assertThat(halved[2 * 8 + 4]).isCloseTo(-0.09375f * -0.09375f, within(1e-6f));
        assertThat(halved[3 * 8 + 3]).isCloseTo(0.59375f * 0.59375f, within(1e-6f));
        assertThat(halved[2 * 8 + 3]).isCloseTo(-0.09375f * 0.59375f, within(1e-6f));
        assertThat(halved[2 * 64]).isCloseTo(0.25f, within(1e-6f)); // the border is repeated: (-0.09375 + 0.59375)^2
    }

    private interface Network {
        Value of(OnnxGraph graph, Value view);
    }

    /** One network over one picture, in the place of a bundle's vision encoder. */
    private static float[] run(Network network, double[][][] picture) throws IOException {
        int size = picture[0].length;
        Path file = folder.resolve(Subgraph.VISION_ENCODER.file());
        try (var checkpoint = PublishedCheckpoint.open(
                        folder, NetworkShapes.of(CONFIG, 1).weights());
                var graph =
                        new OnnxGraph(file, new Float32(), ai.sphinxv.onnx.graph.Numbers.SINGLE, checkpoint::read)) {
            Value x = graph.input(Subgraph.IMAGE, List.of("batch", 3L, (long) size, (long) size));
            graph.input(Subgraph.VISIBLE, List.of("batch", 5L));
            graph.output(Subgraph.IMAGE_EMBEDS, graph.reshape(network.of(graph, x), -1), List.of("numbers"));
            graph.write();
        }
        var manifest = new Manifest(Manifest.FORMAT, ofSize(size), new Provenance("", "", "", Map.of()), List.of());
        try (var encoder = VisionEncoder.open(new Bundle(folder, manifest, Map.of()), new Providers(List.of(), 1))) {
            return encoder.encode(new SquareImage(floats(flat(picture)), new float[5]))
                    .embeds();
        }
    }

    private static ModelConfig ofSize(int size) {
        var image = CONFIG.image();
        return new ModelConfig(
                CONFIG.name(),
                new ModelConfig.Image(
                        size, image.grid(), image.padding(), image.fill(), image.mean(), image.std(), false),
                CONFIG.experts(),
                CONFIG.queries(),
                CONFIG.prompts(),
                null,
                null,
                null,
                CONFIG.language(),
                CONFIG.template());
    }
}
