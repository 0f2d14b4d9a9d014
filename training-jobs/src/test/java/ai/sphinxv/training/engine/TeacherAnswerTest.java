package ai.sphinxv.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.training.engine.TeacherAnswer.Unusable;
import ai.sphinxv.training.engine.TeacherPrompt.Drawn;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import ai.sphinxv.training.source.PictureDomain;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeacherAnswerTest {
    private static final List<TeacherRole> FOUR = TeacherRole.of(PictureDomain.NATURAL);
    private static final String WHOLE = """
            Role 1
            <Mark 1>: A brown dog.
            <Mark 2>: A bed.
            Role 2
            <Mark 1>: The dog sleeps.
            <Mark 2>: The bed is made.
            Role 3
            <Mark 1><Mark 2>: The dog <Mark 1> lies on the bed <Mark 2>.
            Role 4
            {"question": "What color is <Mark 1>?", "Answer": "Brown."}
            """;

    /** Our own words, damaged in every way in which those of Table 18 are. */
    private static final String DAMAGED = """
            Response
            <Role 1 (Short Description)>
            <Mark 1>: A brown dog.
            <a href="Mark"><Mark</a> 2>: A bed.
            **<Role 2 (Detailed Description)>**
            <Mark 1>: The dog is asleep, re-
            vealing its
            trust.
            <a href="Mark 2"></a>: The bed is made.
            <Role 3 (Inter-Relationship Analysis) >
            <Mark 1><Mark 2>: The dog <Mark 1>) lies on the bed <Mark
            2>.
            <Role 4 (Q&A and Conversations)>
            {"question": "What color is <Mark
            1>?", "answer": "Brown."
            {"question": "What of <Mark 2>?", "answer": "It is com-
            fortable."}
            """;

    @Test
    void theFormThatIsAskedForIsTakenApart() throws Unusable {
        TeacherAnswer answer = TeacherAnswer.parse(WHOLE, FOUR, 2, "Region");

        assertThat(answer.described().get(TeacherRole.BRIEF)).containsExactly("A brown dog.", "A bed.");
        assertThat(answer.described().get(TeacherRole.DETAILED)).containsExactly("The dog sleeps.", "The bed is made.");
        assertThat(answer.relations())
                .containsExactly("<Region 1><Region 2>: The dog <Region 1> lies on the bed <Region 2>.");
        assertThat(answer.questions()).containsExactly(new Turn("What color is <Region 1>?", "Brown."));
    }

    @Test
    void theDamageThatTable18ShowsIsMended() throws Unusable {
        TeacherAnswer answer = TeacherAnswer.parse(DAMAGED, FOUR, 2, "Mark");

        assertThat(answer.described().get(TeacherRole.BRIEF)).containsExactly("A brown dog.", "A bed.");
        assertThat(answer.described().get(TeacherRole.DETAILED))
                .containsExactly("The dog is asleep, revealing its trust.", "The bed is made.");
        assertThat(answer.relations()).containsExactly("<Mark 1><Mark 2>: The dog <Mark 1>) lies on the bed <Mark 2>.");
        assertThat(answer.questions())
                .containsExactly(
                        new Turn("What color is <Mark 1>?", "Brown."),
                        new Turn("What of <Mark 2>?", "It is comfortable."));
    }

    @Test
    void theMarkdownThatChatModelsAddIsTakenAway() throws Unusable {
        String dressed = "Of course:\n```\n"
                + WHOLE.replace("Role 1", "### Role 1: Short Description")
                        .replace("Role 3", "**Role 3 - Inter-Relationship Analysis**")
                        .replace("<Mark 1>: The dog sleeps.", "- **<Mark 1>:** The dog sleeps.")
                        .replace("{", "```json\n{")
                + "```\n```\n";

        assertThat(TeacherAnswer.parse(dressed, FOUR, 2, "Mark"))
                .isEqualTo(TeacherAnswer.parse(WHOLE, FOUR, 2, "Mark"));
    }

    @Test
    void whatIsMissingOrTooMuchIsNamed() {
        assertUnusable("Role 1\n<Mark 1>: x\n<Mark 2>: y", "there is no Role 2");
        assertUnusable(WHOLE.replace("<Mark 2>: A bed.\n", ""), "Role 1 has no line for mark 2");
        assertUnusable(WHOLE.replace("<Mark 2>: A bed.", "<Mark 1>: A bed."), "Role 1 has two lines for mark 1");
        assertUnusable(WHOLE.replace("<Mark 2>: A bed.", "<Mark 3>: A bed."), "it names <Mark 3>, there are 2 marks");
        assertUnusable(WHOLE.replace("<Mark 2>: A bed.", "<Mark 2>:"), "Role 1: no mark and text in '<Mark 2>:'");
        assertUnusable(WHOLE.replace("What color is <Mark 1>?", "What color?"), "names no mark");
        assertUnusable(WHOLE.replace("{\"question\"", "{question"), "is not JSON");
        assertUnusable(WHOLE + "Role 1\n<Mark 1>: x\n", "there are two of Role 1");
        assertUnusable("I'm sorry, but I can't help with that.", "there is no Role 1");
    }

    @Test
    void thePromptSaysWhatIsMarkedHowAndWhatIsWanted() {
        String natural = TeacherPrompt.of(PictureDomain.NATURAL, Drawn.POINT, List.of("dog", "bed"));

        assertThat(natural)
                .startsWith("In the image, I have marked each visual object with a green point,")
                .contains("\n<Mark 1>: dog\n<Mark 2>: bed\n", "four main functions", "<Role 4 (Q&A and Conversations)>")
                .contains("Role 3\n<Mark 1><Mark 2>...<Mark N>: Your Detailed Analysis\n")
                .doesNotContain("{objects}", "{format}", "{roles}", "{count}", "Region");
    }

    @Test
    void everyDomainHasItsOwnRoles() {
        for (PictureDomain domain : PictureDomain.values()) {
            String prompt = TeacherPrompt.of(domain, Drawn.BOX, List.of("thing"));
            assertThat(prompt).contains("green rectangle").doesNotContain("red polygon");
            assertThat(TeacherPrompt.of(domain, Drawn.OUTLINE, List.of("thing")))
                    .contains("red polygon")
                    .doesNotContain("green");
            int roles = TeacherRole.of(domain).size();
            assertThat(prompt)
                    .contains("green rectangle, and each", "<Region 1>: thing", "<Role %d (Q&A".formatted(roles))
                    .contains("Role %d\n{\"question\"".formatted(roles))
                    .doesNotContain("<Role %d".formatted(roles + 1), "<Mark");
        }
        assertThat(TeacherPrompt.of(PictureDomain.WEB_SCREENSHOT, Drawn.BOX, List.of("x")))
                .startsWith("In the screen-shot,");
    }

    private static void assertUnusable(String text, String reason) {
        assertThatThrownBy(() -> TeacherAnswer.parse(text, FOUR, 2, "Mark"))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining(reason);
    }
}
