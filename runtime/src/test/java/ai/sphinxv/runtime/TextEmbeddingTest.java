package ai.sphinxv.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.graph.TokenEmbedding;
import ai.sphinxv.runtime.text.NamedMarks;
import ai.sphinxv.runtime.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a table of zeros, so that what is not zero comes from a mark. */
class TextEmbeddingTest {
    /** A start, three slots and an end of width 4. */
    private static final float[] MARKS = {9, 9, 9, 9, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 9, 9, 9, 9};

    @TempDir
    Path folder;

    @Test
    void aTokenThatIsAboutAMarkCarriesIt() throws IOException {
        var bundle = Bundle.open(ScriptedModel.write(folder, "What?", "tea"));
        var tokenizer = Tokenizer.read(bundle.file(Bundle.TOKENIZER));
        int[] ids = tokenizer.encode("<Mark 2>\n");
        try (var table = TokenEmbedding.open(bundle)) {
            var carrying = new TextEmbedding(table, MARKS, new NamedMarks(tokenizer, 3, 0, 0));
            var plain = new TextEmbedding(table, MARKS, null);

            float[] sequence = new float[ids.length * 4];
            for (int i = 0; i < ids.length; i++) {
                carrying.copy(ids[i], sequence, i * 4);
            }

            int end = 4 * (ids.length - 2);
            assertThat(Arrays.copyOfRange(sequence, end, end + 4)).containsOnly(2);
            assertThat(Arrays.copyOf(sequence, end)).containsOnly(0);
            assertThat(Arrays.copyOfRange(sequence, end + 4, sequence.length)).containsOnly(0);
            assertThat(Arrays.stream(ids).mapToObj(plain::embed))
                    .allSatisfy(row -> assertThat(row).containsOnly(0));
        }
    }
}
