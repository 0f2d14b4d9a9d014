package ai.sphinxv.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Reader;
import ai.sphinxv.runtime.bundle.ModelConfig.Template;
import ai.sphinxv.runtime.text.Conversation.Segment;
import ai.sphinxv.runtime.text.Conversation.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final Template TEMPLATE = new Template("Be kind.", "Human", "Assistant", "###");

    @Test
    void aQuestionWaitsForItsAnswer() {
        assertThat(Conversation.of(" What is <Mark 1>? ").segments(TEMPLATE))
                .containsExactly(new Segment("Be kind.\n\n### Human: What is <Mark 1>?\n### Assistant:", false));
    }

    @Test
    void theSystemTextComesOnce() {
        var conversation = new Conversation(List.of(new Turn("One?", "Yes. "), new Turn("Two?", null)));

        assertThat(conversation.segments(TEMPLATE))
                .containsExactly(
                        new Segment("Be kind.\n\n### Human: One?\n### Assistant:", false),
                        new Segment(" Yes.\n###", true),
                        new Segment(" Human: Two?\n### Assistant:", false));
    }

    @Test
    void whatTheMarksSayIsToldBeforeTheFirstQuestion() {
        var conversation = new Conversation(List.of(new Turn("One?", "Yes."), new Turn("Two?", null)));
        var read = List.of(new MarkedText("<Region 1>", "TOTAL\n12.90"), new MarkedText("<Region 3>", "Sign in"));

        assertThat(conversation.segments(config(new Reader("Text", 0.5, 40)), read))
                .containsExactly(
                        new Segment("Be kind.\n\n### Text: <Region 1> TOTAL 12.90\n<Region 3> Sign in\n###", false),
                        new Segment(" Human: One?\n### Assistant:", false),
                        new Segment(" Yes.\n###", true),
                        new Segment(" Human: Two?\n### Assistant:", false));
    }

    @Test
    void marksThatSayNothingAreNotSpokenOf() {
        var conversation = Conversation.of("One?");

        assertThat(conversation.segments(config(new Reader("Text", 0.5, 40)), List.of()))
                .isEqualTo(conversation.segments(TEMPLATE));
    }

    @Test
    void aModelWithoutAReaderIsToldNoText() {
        var read = List.of(new MarkedText("<Region 1>", "Sign in"));

        assertThatThrownBy(() -> Conversation.of("One?").segments(config(null), read))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the model nano has no text reader, but text was read");
    }

    @Test
    void onlyAnswersAreLearned() {
        var conversation = new Conversation(List.of(new Turn("One?", "Yes."), new Turn("Two?", "No.")));

        assertThat(conversation.segments(TEMPLATE))
                .extracting(Segment::answer)
                .containsExactly(false, true, false, true);
    }

    private static ModelConfig config(@Nullable Reader reader) {
        ModelConfig nano = ModelConfig.named("nano");
        return new ModelConfig(
                nano.name(),
                nano.image(),
                nano.experts(),
                null,
                nano.prompts(),
                null,
                reader,
                nano.language(),
                TEMPLATE);
    }
}
