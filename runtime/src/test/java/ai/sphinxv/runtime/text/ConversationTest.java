package ai.sphinxv.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Template;
import ai.sphinxv.runtime.text.Conversation.Segment;
import ai.sphinxv.runtime.text.Conversation.Speaker;
import ai.sphinxv.runtime.text.Conversation.Turn;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationTest {
    private static final Template TEMPLATE = new Template("Be kind.", "Human", "Assistant", "###");

    @Test
    void aQuestionWaitsForItsAnswer() {
        assertThat(Conversation.of(" What is <Mark 1>? ").segments(TEMPLATE))
                .containsExactly(
                        new Segment("Be kind.\n\n### Human: What is <Mark 1>?\n### Assistant:", Speaker.HUMAN));
    }

    /** Byte for byte what the released code puts before the model (reference-model 3.1). */
    @Test
    void theReleasedTemplateIsTheReleasedCodes() {
        var conversation =
                new Conversation(List.of(new Turn("What is <Region 1>?", "A cup."), new Turn("Sure?", null)));

        String text = conversation.segments(ModelConfig.named("published").template()).stream()
                .map(Segment::text)
                .collect(Collectors.joining());

        assertThat(text)
                .isEqualTo("A chat between a curious human and an artificial intelligence assistant. "
                        + "The assistant gives helpful, detailed, and polite answers to the human's questions.\n\n"
                        + "### Human: What is <Region 1>?\n### Assistant: A cup.\n### Human: Sure?\n### Assistant:");
    }

    /** LLaMA-2's tokenizer puts a space before a text: before the whole conversation, not before each of its parts. */
    @Test
    void aConversationsPartsAreTokenizedAsItsTextIs(@TempDir Path folder) {
        var tokenizer = Tokenizer.read(new TokenizerJson(true, List.of("▁", "#"), List.of("# #")).write(folder));
        var conversation = new Conversation(List.of(new Turn("One?", "Yes."), new Turn("Two?", null)));
        List<Segment> segments = conversation.segments(TEMPLATE);
        String whole = segments.stream().map(Segment::text).collect(Collectors.joining());

        assertThat(TokenizedText.of(segments, tokenizer).ids()).isEqualTo(tokenizer.encode(whole));
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

        assertThat(conversation.segments(TEMPLATE, List.of(new Told("Text", read), new Told("Thing", seen))))
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

        assertThat(conversation.segments(TEMPLATE, List.of(new Told("Text", List.of()))))
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
