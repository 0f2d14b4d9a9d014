package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PythonTextTest {
    @Test
    void splitKnowsUnicodeSpacesAndGivesNoEmptyWord() {
        assertThat(PythonText.split(" a\u00a0b\u2028c\u001cd ")).containsExactly("a", "b", "c", "d");
        assertThat(PythonText.split("a\u200bb")).containsExactly("a\u200bb"); // is no space to Python either
        assertThat(PythonText.split(" ")).isEmpty();
    }

    @Test
    void stripTakesTheSameSpaces() {
        assertThat(PythonText.strip("\u3000 a b\u0085")).isEqualTo("a b");
    }
}
