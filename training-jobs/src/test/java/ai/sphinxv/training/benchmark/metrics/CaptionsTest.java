package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.sphinxv.training.benchmark.metrics.CaptionScores.Tokenized;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CaptionsTest {
    private static final Captions WITHOUT_METEOR = new Captions(Path.of("nowhere"), Path.of("nowhere"));

    @Test
    void captionsLoseCaseAndPunctuationButNotBrackets() {
        assertThat(CaptionTokenizer.tokenize(List.of("A dog's (red) ball.", "", "Two\ndogs!")))
                .containsExactly("a dog 's -lrb- red -rrb- ball", "", "two dogs");
    }

    @Test
    void bleuCountsARunAsOftenAsOneReferenceHasIt() {
        Bleu bleu = Bleu.of(NGrams.of("the the the"), List.of(NGrams.of("the dog and the cat"), NGrams.of("the")));

        assertThat(bleu.correct()).containsExactly(2, 0, 0, 0);
        assertThat(bleu.guessed()).containsExactly(3, 2, 1, 0);
        assertThat(bleu.closest()).isEqualTo(1); // as near as five words, and shorter
        assertThat(bleu.scores()[0]).isCloseTo(2 / 3.0, within(1e-9));
    }

    @Test
    void aShortCaptionPaysForItsBrevity() {
        Bleu bleu = Bleu.of(NGrams.of("a dog"), List.of(NGrams.of("a dog runs far")));

        assertThat(bleu.scores()[0]).isCloseTo(Math.exp(1 - 2), within(1e-8));
    }

    @Test
    void rougeTakesPrecisionAndRecallOfDifferentReferences() {
        double score = RougeL.score("a b", List.of("a", "a b c d"));

        assertThat(score).isCloseTo(1, within(1e-12)); // all of the caption in the second, all of the first in it
        assertThat(RougeL.score("x", List.of("a b"))).isZero();
    }

    @Test
    void ciderIsTenForAPerfectCaptionOfFourWordsAndAQuarterForOneWord() {
        assertThat(cider("a b c d", "e f g h")).isCloseTo(10, within(1e-12));
        assertThat(cider("a", "e f g h")).isCloseTo(2.5, within(1e-12));
    }

    @Test
    void ciderOfACorpusOfOneIsZero() {
        List<NGrams> only = List.of(NGrams.of("a b c d"));

        assertThat(new Cider(List.of(only)).score(only.getFirst(), only)).isZero();
    }

    @Test
    void theOrderOfItemsDoesNotMatter() {
        var captions = new ArrayList<Tokenized>();
        for (int i = 0; i < 50; i++) {
            captions.add(new Tokenized("" + i, List.of("a dog runs to " + i % 7), "the dog runs from " + i % 5));
        }
        var figures = CaptionScores.of(List.copyOf(captions)).estimates();
        Collections.reverse(captions);

        CaptionScores.of(captions)
                .estimates()
                .forEach((metric, estimate) -> assertThat(estimate.value())
                        .as(metric)
                        .isCloseTo(Objects.requireNonNull(figures.get(metric)).value(), within(1e-12)));
    }

    @Test
    void aMissingCaptionCountsAsEmptyInStrictMode() throws IOException {
        JsonNode result = WITHOUT_METEOR.score(FieldTest.of(
                "[{'id': 1, 'refs': ['a red dog runs'], 'hyp': 'A red dog runs.'}, {'id': 2, 'refs': ['a cat']}]"));

        assertThat(result.at("/report/paper/ROUGE_L/value").doubleValue()).isEqualTo(1);
        assertThat(result.at("/report/paper/ROUGE_L/n").intValue()).isEqualTo(1);
        assertThat(result.at("/report/strict/ROUGE_L/value").doubleValue()).isEqualTo(0.5);
        assertThat(result.at("/report/strict/ROUGE_L/n").intValue()).isEqualTo(2);
    }

    @Test
    void withoutItsWordListsMeteorIsNotMeasuredAndTheResultSaysWhy() throws IOException {
        JsonNode result = WITHOUT_METEOR.score(FieldTest.of("[{'id': 1, 'refs': ['a'], 'hyp': 'a'}]"));

        assertThat(result.get("meteor").textValue())
                .isEqualTo(
                        "not measured: function-words-en.txt and nonbreaking-prefixes-en.txt of METEOR 1.5 are not in"
                                + " nowhere; give -Dmeteor=FOLDER");
        assertThat(result.get("corpus").properties())
                .noneMatch(figure -> figure.getKey().contains("METEOR"));
    }

    @Test
    void anItemWithoutAReferenceIsRefused() {
        assertThatThrownBy(() -> WITHOUT_METEOR.score(FieldTest.of("[{'id': 1, 'refs': [], 'hyp': 'a'}]")))
                .hasMessage("X.json: [0].refs: at least one reference is needed, this is []");
    }

    private static double cider(String perfect, String other) {
        List<List<NGrams>> references = List.of(List.of(NGrams.of(perfect)), List.of(NGrams.of(other)));
        return new Cider(references).score(NGrams.of(perfect), references.getFirst());
    }
}
