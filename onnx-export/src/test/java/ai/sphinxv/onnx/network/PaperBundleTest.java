package ai.sphinxv.onnx.network;

import static ai.sphinxv.onnx.SmallPublished.CONVNEXT;
import static ai.sphinxv.onnx.SmallPublished.DINO;
import static ai.sphinxv.onnx.SmallPublished.LANGUAGE;
import static ai.sphinxv.onnx.SmallPublished.PAPER;
import static ai.sphinxv.onnx.network.Numbers.assertClose;
import static ai.sphinxv.onnx.network.Numbers.flat;
import static ai.sphinxv.onnx.network.Numbers.floats;

import ai.sphinxv.onnx.BundleExporter;
import ai.sphinxv.onnx.SmallPublished;
import ai.sphinxv.onnx.checkpoint.Safetensors;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.graph.PromptEncoder;
import ai.sphinxv.runtime.graph.Providers;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The paper's model where it differs from the released one, exported and run by the runtime, against plain loops: two
 * experts, a skip token in place of what is padding only, three learned embeddings and an MLP in the prompt encoder.
 */
class PaperBundleTest {
    private static final Providers CPU = new Providers(List.of(), 1);
    private static final Map<String, Shape> SHAPES = NetworkShapes.of(PAPER, 1).weights();
    private static final Map<String, double[]> WEIGHTS = SmallPublished.draw(SHAPES, 13);
    private static final PlainMath MATH = new PlainMath(WEIGHTS);

    @TempDir
    static Path folder;

    private static Bundle bundle;

    @BeforeAll
    static void export() throws IOException {
        Path checkpoint = folder.resolve("model.safetensors");
        var sizes = new LinkedHashMap<String, long[]>();
        SHAPES.forEach((name, shape) -> sizes.put(name, shape.toArray()));
        Safetensors.write(checkpoint, sizes, name -> floats(MATH.weight(name)));
        Path tokenizer = Files.writeString(folder.resolve("tokenizer.json"), "{}");
        var provenance = new Provenance("test", "", "", Map.of());
        BundleExporter.export(PAPER, checkpoint, tokenizer, null, folder.resolve("bundle"), provenance);
        bundle = Bundle.open(folder.resolve("bundle"));
    }

    @Test
    void aPicturesTokensAreThePlainOnesAndPaddingIsSkipped() {
        double[][][] picture = Numbers.picture(PAPER.image().size(), 5);
        var towers = new PlainTowers(MATH);
        int[] depths = CONVNEXT.depths().stream().mapToInt(Integer::intValue).toArray();
        int width = LANGUAGE.width();
        double[][][][] views = PlainViews.of(picture);
        float[] visible = {1, 1, 0, 1, 0};
        List<double[][]> expected = new ArrayList<>();
        for (int view = 0; view < views.length; view++) {
            double[][] rows = Numbers.joined(
                    towers.convNext(views[view], depths), towers.dino(views[view], DINO.layers(), DINO.heads()));
            double[][] projected = MATH.layerNorm(MATH.linear(rows, "visual_proj.0"), "visual_proj.1", 1e-5);
            double[][] tokens =
                    PlainMath.stack(MATH.table("start_img", width), projected, MATH.table("end_img", width));
            if (visible[view] == 0) {
                Arrays.fill(tokens, MATH.weight("skip_img"));
            }
            expected.add(tokens);
        }

        try (var encoder = VisionEncoder.open(bundle, CPU)) {
            assertClose(
                    encoder.encode(new SquareImage(floats(flat(picture)), visible))
                            .embeds(),
                    flat(PlainMath.stack(expected.toArray(double[][][]::new))));
        }
    }

    /** Points and boxes side by side, as the paper has it. */
    @Test
    void marksAreThePlainOnes() {
        List<VisualPrompt> marks = List.of(new Box(64, 32, 320, 240), new Point(480, 160));
        double[][] rows = new double[10][4];
        rows[0] = new double[] {0.1, 0.05, 0.5, 0.375};
        rows[1] = new double[] {0.75, 0.25, 0.75, 0.25};
        boolean[] boxes = {true, false, false, false, false, false, false, false, false, false};
        boolean[] valid = {true, true, false, false, false, false, false, false, false, false};

        var square = new PaddedSquare(640, 480, PAPER.image().padding());
        try (var encoder = PromptEncoder.open(bundle, CPU)) {
            assertClose(
                    encoder.encode(PromptSlots.of(marks, square, 10), null, null),
                    flat(new PlainPrompts(MATH, PlainPrompts.EXACT).paper(rows, boxes, valid)));
        }
    }
}
