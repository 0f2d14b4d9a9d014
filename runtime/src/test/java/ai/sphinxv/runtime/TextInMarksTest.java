package ai.sphinxv.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Manifest;
import ai.sphinxv.runtime.decode.SamplingOptions;
import ai.sphinxv.runtime.graph.GraphException;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import ai.sphinxv.runtime.text.Conversation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the marks say on its way to the language model, in a model that reads text in whatever is bright. */
class TextInMarksTest {
    private static final String ASKED = "What?";
    private static final String TOLD =
            "Sys\n\n### Text: <Region 2>: Sign in\n<Region 3>: Sign in\n### Q: What?\n### A:";

    /** Dark on the left, bright on the right. */
    private static final RgbImage PICTURE = picture();

    private static final Box DARK = new Box(10, 5, 30, 15);
    private static final Box BRIGHT = new Box(60, 5, 80, 15);
    private static final VisualPrompt STROKE = new Stroke(List.of(new Point(60, 4), new Point(90, 12)));

    @TempDir
    static Path folder;

    private static SphinxV model;

    @BeforeAll
    static void open() throws IOException {
        ScriptedModel.write(folder, ScriptedModel.READING, TOLD, "a button");
        model = SphinxV.open(folder, RuntimeOptions.defaults());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void whatRegionsSayIsToldBeforeTheQuestion() {
        var answer = model.answer(question(List.of(DARK, BRIGHT, STROKE), 20));

        assertThat(answer.text()).isEqualTo("a button");
        assertThat(answer.usage().promptTokens()).isEqualTo(tokens(TOLD));
    }

    @Test
    void aPointSaysNothing() {
        var answer = model.answer(question(List.of(new Point(70, 10), DARK), 20));

        assertThat(answer.usage().promptTokens()).isEqualTo(tokens(ScriptedModel.text(ASKED)));
    }

    @Test
    void whatWasReadCountsAgainstTheModelsLimit() {
        int most = 512 - tokens(TOLD);

        assertThatThrownBy(() -> model.answer(question(List.of(DARK, BRIGHT, STROKE), most + 1)))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("the picture, the marks, what was found in them and the words take %d tokens"
                                .formatted(tokens(TOLD))
                        + " and the answer may take %d; the model has 512 for both".formatted(most + 1));
        assertThat(model.answer(question(List.of(DARK, BRIGHT, STROKE), most)).text())
                .isEqualTo("a button");
    }

    @Test
    void aReaderWithOtherCharactersIsRefused(@TempDir Path other) throws IOException {
        ScriptedModel.write(other, ScriptedModel.READING, TOLD, "a button");
        Files.writeString(other.resolve(Bundle.TEXT_CHARACTERS), "S\n");
        var old = Manifest.read(other);
        var files = old.files().stream()
                .map(file -> Manifest.describe(other.resolve(file.name())))
                .toList();
        new Manifest(old.format(), old.model(), old.provenance(), files).write(other);

        assertThatThrownBy(() -> SphinxV.open(other, RuntimeOptions.defaults()))
                .isInstanceOf(GraphException.class)
                .hasMessage("text_reader.onnx cannot start");
    }

    private static Question question(List<VisualPrompt> marks, int maxNewTokens) {
        return new Question(PICTURE, marks, Conversation.of(ASKED), SamplingOptions.greedy(), maxNewTokens);
    }

    /** Start, picture and marks before the words, of which each character is a token. */
    private static int tokens(String words) {
        return 1 + ScriptedModel.READING.prefixTokens() + words.length();
    }

    private static RgbImage picture() {
        byte[] rgb = new byte[3 * 100 * 20];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % 100 < 50 ? 0 : 255);
        }
        return new RgbImage(100, 20, rgb);
    }
}
