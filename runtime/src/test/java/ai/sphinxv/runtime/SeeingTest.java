package ai.sphinxv.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.graph.PromptEncoder;
import ai.sphinxv.runtime.graph.Providers;
import ai.sphinxv.runtime.graph.VisionEncoder;
import ai.sphinxv.runtime.image.RegionCuts;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regions and objects on their way through the graphs, in a model that looks at both. */
class SeeingTest {
    private static final String ASKED = "What?";
    private static final Providers PROVIDERS = new Providers(List.of(), 1);
    private static final PromptSlots EMPTY = new PromptSlots(new float[12], new float[3], new float[3]);

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        String asked = ScriptedModel.text(ASKED).replace("### Q", "### Thing: <Region 1>: cup\n### Q");
        ScriptedModel.write(folder, ScriptedModel.SEEING, asked, "seen");
    }

    @Test
    void theVisionEncoderTellsWhatLiesWhere() {
        var image = new SquareImage(new float[3 * 16 * 16], new float[5]);
        image.pixels()[77] = 4;

        try (var encoder = VisionEncoder.open(Bundle.open(folder), PROVIDERS)) {
            var seen = encoder.encode(image);

            assertThat(seen.embeds()).hasSize(ScriptedModel.SEEING.imageTokens() * 4);
            assertThat(seen.objects())
                    .hasSize(ScriptedModel.SEEING.objectChannels())
                    .containsOnly(4);
        }
    }

    @Test
    void thePromptEncoderGetsTheCutsAndTheObjects() {
        float[] cuts = new float[3 * 2 * 3 * 16];
        cuts[cuts.length - 1] = 2;
        float[] objects = new float[ScriptedModel.SEEING.objectChannels()];
        objects[1] = 3;

        try (var encoder = PromptEncoder.open(Bundle.open(folder), PROVIDERS)) {
            float[] embeds = encoder.encode(EMPTY, new RegionCuts(cuts), objects);

            assertThat(embeds).hasSize(5 * 4).containsOnly(5);
        }
    }

    @Test
    void whatTheModelLooksAtMustBeThere() {
        var cuts = new RegionCuts(new float[3 * 2 * 3 * 16]);

        try (var encoder = PromptEncoder.open(Bundle.open(folder), PROVIDERS)) {
            assertThatThrownBy(() -> encoder.encode(EMPTY, null, new float[4]))
                    .hasMessage("the model looks at regions: it needs their cuts");
            assertThatThrownBy(() -> encoder.encode(EMPTY, cuts, null))
                    .hasMessage("the model looks at objects: it needs their map");
        }
    }

    @Test
    void whatTheObjectExpertFindsIsToldInWords() {
        byte[] white = new byte[3 * 40 * 20];
        Arrays.fill(white, (byte) 255);
        var question = Question.of(new RgbImage(40, 20, white), List.of(new Box(2, 2, 30, 10)), ASKED);

        try (var model = SphinxV.open(folder, RuntimeOptions.defaults())) {
            assertThat(model.answer(question).text()).isEqualTo("seen");
        }
    }

    @Test
    void aPictureThatWasSeenIsNotLookedAtAgain() {
        byte[] white = new byte[3 * 40 * 20];
        Arrays.fill(white, (byte) 255);
        var image = new RgbImage(40, 20, white);
        List<VisualPrompt> marks = List.of(new Box(2, 2, 30, 10));

        try (var model = SphinxV.open(folder, RuntimeOptions.defaults())) {
            var kept = new ArrayList<SeenImage>();
            model.answer(Question.of(image, marks, ASKED), event -> {}, kept::add);
            var seen = kept.getFirst();
            assertThat(seen.bytes()).isGreaterThan(white.length);
            assertThat(model.answer(Question.of(image, marks, ASKED), seen, event -> {})
                            .text())
                    .isEqualTo("seen");

            // what was seen is what counts: here nothing bright, so there is no cup to tell of, and the script is off
            var blank =
                    new SeenImage(image, seen.embeds(), new float[ScriptedModel.SEEING.objectChannels()], seen.read());
            assertThat(model.answer(Question.of(image, marks, ASKED), blank, event -> {})
                            .text())
                    .isNotEqualTo("seen");

            var other = Question.of(new RgbImage(40, 20, white.clone()), marks, ASKED);
            assertThatThrownBy(() -> model.answer(other, seen, event -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the question is about another picture than the one that was seen");
        }
    }
}
