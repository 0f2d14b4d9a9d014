package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SemanticSimilarityTest {
    @Test
    void wordsAreASetAndCaseDoesNotMatter() {
        assertThat(SemanticSimilarity.wordOverlap("A dog a DOG", "dog")).isEqualTo(0.5);
        assertThat(SemanticSimilarity.wordOverlap("dog.", "dog")).isZero();
        assertThat(SemanticSimilarity.wordOverlap("", " ")).isZero();
    }

    @Test
    void ospreyTakesWhatFollowsTheColonAndNoPunctuation() {
        assertThat(SemanticSimilarity.ospreyClean(" The dog: a brown dog. ")).isEqualTo(" a brown dog ");
    }

    @Test
    void theCosineDoesNotDependOnLength() {
        assertThat(SemanticSimilarity.cosine(new float[] {3, 4}, new float[] {6, 8}))
                .isCloseTo(1, within(1e-12));
        assertThat(SemanticSimilarity.cosine(new float[] {1, 0}, new float[] {1, 1}))
                .isCloseTo(Math.sqrt(0.5), within(1e-12));
    }
}
