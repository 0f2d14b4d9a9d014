package ai.sphinxv.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.ModelConfig.Template;
import ai.sphinxv.runtime.text.Conversation.Segment;
import ai.sphinxv.runtime.text.Conversation.Speaker;
import ai.sphinxv.runtime.text.Conversation.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final Template TEMPLATE = new Template("Be kind.", "Human", "Assistant", "###");

    @Test
    void aQuestionWaitsForItsAnswer() {
        assertThat(Conversation.of(" What is <Mark 1>? ").segments(TEMPLATE))
                .containsExactly(
                        new Segment("Be kind.\n\n### Human: What is <Mark 1>?\n### Assistant:", Speaker.HUMAN));
    }

    @Test
    void theSystemTextComesOnce() {
        var conversation = new Conversation(List.of(new Turn("One?", "Yes. "), new Turn("Two?", null)));

        assertThat(conversation.segments(TEMPLATE))
                .containsExactly(
                        new Segment("Be kind.\n\n### Human: One?\n### Assistant:", Speaker.HUMAN),
                        new Segment(" Yes.\n###", Speaker.ASSISTANT),
                        new Segment(" Human: Two?\n### Assistant:", Speaker.HUMAN));
    }

    @Test
    void whatTheExpertsFoundIsToldBeforeTheFirstQuestion() {
        var conversation = new Conversation(List.of(new Turn("One?", "Yes."), new Turn("Two?", null)));
        var read = List.of(new MarkedText("<Region 1>", "TOTAL\n12.90"), new MarkedText("<Region 3>", "Sign in"));
        var seen = List.of(new MarkedText("<Region 2>", "dog"));

        assertThat(conversation.segments(
                        TEMPLATE, List.of(new Told("Text", 0, List.of(), read), new Told("Thing", 0, List.of(), seen))))
                .containsExactly(
                        new Segment(
                                "Be kind.\n\n### Text: <Region 1>: TOTAL 12.90\n<Region 3>: Sign in\n###",
                                Speaker.EXPERT),
                        new Segment(" Thing: <Region 2>: dog\n###", Speaker.EXPERT),
                        new Segment(" Human: One?\n### Assistant:", Speaker.HUMAN),
                        new Segment(" Yes.\n###", Speaker.ASSISTANT),
                        new Segment(" Human: Two?\n### Assistant:", Speaker.HUMAN));
    }

    @Test
    void anExpertThatFoundNothingSaysNothing() {
        var conversation = Conversation.of("One?");

        assertThat(conversation.segments(TEMPLATE, List.of(new Told("Text", 0, List.of(), List.of()))))
                .isEqualTo(conversation.segments(TEMPLATE));
    }

    @Test
    void humanAndAssistantTakeTurns() {
        var conversation = new Conversation(List.of(new Turn("One?", "Yes."), new Turn("Two?", "No.")));

        assertThat(conversation.segments(TEMPLATE))
                .extracting(Segment::speaker)
                .containsExactly(Speaker.HUMAN, Speaker.ASSISTANT, Speaker.HUMAN, Speaker.ASSISTANT);
    }
}
