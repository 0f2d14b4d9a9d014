package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WordPieceTest {
    private final WordPiece tokenizer =
            tokenizer("{'[CLS]': 1, '[SEP]': 2, '[UNK]': 3, 'base': 4, '##ball': 5, 'cafe': 6, '.': 7, '(': 8}");

    @Test
    void aWordIsCutIntoTheLongestPiecesThatAreKnown() {
        assertThat(tokenizer.encode("Baseball")).containsExactly(1, 4, 5, 2);
    }

    @Test
    void accentsAndCaseGoAndPunctuationStandsApart() {
        assertThat(tokenizer.encode(" CAF\u00c9.(base")).containsExactly(1, 6, 7, 8, 4, 2);
    }

    @Test
    void aWordOfWhichAPartIsUnknownIsUnknown() {
        assertThat(tokenizer.encode("basex cafe")).containsExactly(1, 3, 6, 2);
    }

    @Test
    void anEmptyTextHasItsTwoEnds() {
        assertThat(tokenizer.encode(" ")).containsExactly(1, 2);
    }

    @Test
    void aLongTextIsCutTo256() {
        long[] tokens = tokenizer.encode("cafe ".repeat(300));

        assertThat(tokens).hasSize(256).endsWith(6, 2);
    }

    @Test
    void aFileOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> WordPiece.read(stream("{'model': {'vocab': {'a': 1}}}")))
                .isInstanceOf(IOException.class)
                .hasMessage("model.vocab of the tokenizer has no [CLS]: this is no BERT vocabulary");
    }

    private static WordPiece tokenizer(String vocabulary) {
        try {
            return WordPiece.read(stream("{'model': {'vocab': %s}}".formatted(vocabulary)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteArrayInputStream stream(String json) {
        return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
