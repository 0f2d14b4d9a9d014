package ai.sphinxv.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.graph.GraphException;
import ai.sphinxv.runtime.graph.NativeMemory;
import ai.sphinxv.runtime.graph.Provider;
import ai.sphinxv.runtime.graph.Providers;
import ai.sphinxv.runtime.graph.TextReader;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that say the same of every line, each character with a probability and another one with the rest of it. */
class TwoReadersTest {
    private static final ModelConfig.Reader BOTH = new ModelConfig.Reader("Text", 0.7, 120, 0, 0.9);

    @TempDir
    Path folder;

    @Test
    void whereTheFirstIsUnsureTheLikelierOfBothReadingsCounts() throws IOException {
        first("caftch", "cat", 0.6, "cac");
        second("cafét", "caf", 0.95, "cat");

        assertThat(read()).isEqualTo("cat");

        first("caftch", "cat", 0.6, "caf");

        assertThat(read()).isEqualTo("caf");
    }

    @Test
    void aCharacterThatTheFirstDoesNotKnowIsReadByTheSecond() throws IOException {
        first("cafe", "cafe", 0.7, "caff");
        second("cafeéh", "café", 0.95, "cafh");

        assertThat(read()).isEqualTo("café");
    }

    @Test
    void whereTheFirstIsSureItsReadingStands() throws IOException {
        first("caftch", "cat", 0.91, "caf");
        second("cafét", "caf", 1, "caf");

        assertThat(read()).isEqualTo("cat");
    }

    @Test
    void whereTheFirstSeesHardlyAnyTextTheSecondIsNotAsked() throws IOException {
        first("caftch", "cat", 0.55, "tfh");
        second("cafét", "caf", 1, "caf");

        assertThat(read()).isEqualTo("cat");

        first("caftch", "cat", 0.75, "tfh");

        assertThat(read()).isEqualTo("caf");
    }

    @Test
    void whatDoesNotOpenLeavesNothingOpen() throws IOException {
        first("caft", "cat", 1, "cat");
        second("caft", "cat", 1, "cat");
        Files.writeString(folder.resolve(Bundle.SECOND_CHARACTERS), "a\nb\n");
        long before = held();

        assertThatThrownBy(this::open).isInstanceOf(GraphException.class);

        assertThat(held()).isEqualTo(before);
    }

    private static long held() {
        return NativeMemory.SESSION.taken() - NativeMemory.SESSION.givenBack();
    }

    private String read() {
        try (var reader = open()) {
            return reader.read(new RgbImage(60, 20, new byte[3 * 60 * 20]), new Box(0, 0, 60, 20))
                    .text();
        }
    }

    private TextReader open() {
        return TextReader.open(folder, BOTH, new Providers(List.of(Provider.CPU), 1));
    }

    private void first(String characters, String says, double sure, String otherwise) throws IOException {
        write(Bundle.TEXT_READER, Bundle.TEXT_CHARACTERS, characters, says, sure, otherwise);
    }

    private void second(String characters, String says, double sure, String otherwise) throws IOException {
        write(Bundle.SECOND_READER, Bundle.SECOND_CHARACTERS, characters, says, sure, otherwise);
    }

    private void write(String graph, String list, String characters, String says, double sure, String otherwise)
            throws IOException {
        Files.write(
                folder.resolve(list),
                characters.chars().mapToObj(Character::toString).toList());
        Files.write(
                folder.resolve(graph),
                network("\0" + characters + " ", says, sure, otherwise).write());
    }

    private static OnnxFile network(String classes, String says, double sure, String otherwise) {
        int steps = 256;
        float[] table = new float[steps * classes.length()];
        for (int step = 0; step < steps; step++) {
            int at = step * classes.length();
            if (step < says.length()) {
                table[at + classes.indexOf(says.charAt(step))] += (float) sure;
                table[at + classes.indexOf(otherwise.charAt(step))] += (float) (1 - sure);
            } else {
                table[at] = 1;
            }
        }
        return ScriptedModel.line(table, classes.length()).output("said", OnnxFile.FLOAT, 1, -1, classes.length());
    }
}
