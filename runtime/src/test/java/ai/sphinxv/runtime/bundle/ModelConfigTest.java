package ai.sphinxv.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelConfigTest {
    @Test
    void thePublishedModelsPrefixHas1467Tokens() {
        var published = ModelConfig.named("published");

        assertThat(published.visualWidth()).isEqualTo(5632);
        assertThat(published.viewTokens()).isEqualTo(291);
        assertThat(published.imageTokens()).isEqualTo(1455);
        assertThat(published.promptTokens()).isEqualTo(12);
        assertThat(published.prefixTokens()).isEqualTo(1467);
    }

    @Test
    void thePapersModelHasTwoExpertsAndNoQueries() {
        var paper = ModelConfig.named("paper");

        assertThat(paper.experts()).hasSize(2);
        assertThat(paper.viewTokens()).isEqualTo(259);
        assertThat(paper.image().skipToken()).isTrue();
    }

    @Test
    void theStopTextEndsWithTheSeparator() {
        assertThat(ModelConfig.named("nano").template().stop()).isEqualTo("\n###");
    }

    @Test
    void anotherNameIsRefused() {
        assertThatThrownBy(() -> ModelConfig.named("giant"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no model config \"giant\": there are nano, paper, published");
    }
}
