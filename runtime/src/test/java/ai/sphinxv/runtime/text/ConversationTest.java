package ai.sphinxv.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.ModelConfig.Template;
import ai.sphinxv.runtime.text.Conversation.Segment;
import ai.sphinxv.runtime.text.Conversation.Turn;
import java.util.List;
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
    void onlyAnswersAreLearned() {
        var conversation = new Conversation(List.of(new Turn("One?", "Yes."), new Turn("Two?", "No.")));

        assertThat(conversation.segments(TEMPLATE))
                .extracting(Segment::answer)
                .containsExactly(false, true, false, true);
    }
}
