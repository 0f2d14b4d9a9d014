package ai.sphinxv.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.decode.SamplingOptions;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.text.Conversation;
import ai.sphinxv.runtime.text.Conversation.Turn;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkGroupTest {
    private static final RgbImage PICTURE = new RgbImage(40, 2, new byte[240]);

    /** Box n begins at column n - 1. */
    private static final List<VisualPrompt> BOXES = IntStream.range(0, 12)
            .mapToObj(i -> (VisualPrompt) new Box(i, 0, i + 1, 1))
            .toList();

    @Test
    void wordsThatNameNoMarkAreAskedOfAllOfThem() {
        var groups = MarkGroup.of(asked(new Turn("What is each marked region?", null)), 5);

        assertThat(groups)
                .extracting(MarkGroup::numbers)
                .containsExactly(List.of(1, 2, 3, 4, 5), List.of(6, 7, 8, 9, 10), List.of(11, 12));
        assertThat(groups.getLast().question().marks()).isEqualTo(BOXES.subList(10, 12));
        assertThat(groups.getLast().question().conversation().turns().getLast().question())
                .isEqualTo("What is each marked region?");
    }

    @Test
    void wordsThatNameMarksAreAskedOfThoseAlone() {
        var groups = MarkGroup.of(asked(new Turn("Is <Region 11> on <region 2>, or <Region 99>?", null)), 5);

        assertThat(groups).hasSize(1);
        assertThat(groups.getFirst().numbers()).containsExactly(2, 11);
        assertThat(groups.getFirst().question().marks()).containsExactly(BOXES.get(1), BOXES.get(10));
        assertThat(words(groups.getFirst())).isEqualTo("Is <Region 2> on <region 1>, or <Region 99>?");
        assertThat(groups.getFirst().inWhole("<Region 2> is on <Region 1>\nRegion 2: yes"))
                .isEqualTo("<Region 11> is on <Region 2>\nRegion 11: yes");
    }

    @Test
    void wordsThatNameMoreMarksThanThereAreSlotsAreRefused() {
        var question = asked(new Turn("Compare <Region 1><Region 2><Region 3> and <Region 12>.", null));

        assertThatThrownBy(() -> MarkGroup.of(question, 3))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("the words name 4 marks; the model looks at 3 at a time: name no more of them, or none");
    }

    @Test
    void whatWasSaidOfOtherMarksIsLeftOutOfAGroupsConversation() {
        var groups = MarkGroup.of(
                asked(
                        new Turn("What are they?", "<Region 1>: cup\n<Region 7>: tea\nRegion 8: pot"),
                        new Turn("And <Region 1>?", "A cup."),
                        new Turn("Which colours?", null)),
                6);

        assertThat(groups.getLast().question().conversation().turns())
                .containsExactly(
                        new Turn("What are they?", "<Region 1>: tea\nRegion 2: pot"), new Turn("Which colours?", null));
    }

    private static String words(MarkGroup group) {
        return group.question().conversation().turns().getLast().question();
    }

    private static Question asked(Turn... turns) {
        return new Question(PICTURE, BOXES, new Conversation(List.of(turns)), SamplingOptions.greedy(), 20);
    }
}
