package ai.sphinxv.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
    void everyClassOfTheObjectExpertHasAName() {
        var nano = ModelConfig.named("nano");

        assertThatThrownBy(() -> new ModelConfig(
                        "odd",
                        nano.image(),
                        nano.experts(),
                        null,
                        nano.prompts(),
                        nano.regions(),
                        nano.reader(),
                        new ModelConfig.Objects("Thing", 0.1, 0, List.of("cup")),
                        nano.language(),
                        nano.template()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the object expert has 80 classes, the config names 1");
    }

    @Test
    void anotherNameIsRefused() {
        assertThatThrownBy(() -> ModelConfig.named("giant"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no model config \"giant\": there are nano, paper, published");
    }
}
