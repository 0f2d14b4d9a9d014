package ai.sphinxv.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.text.Conversation.Turn;
import ai.sphinxv.training.source.Region;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private static final Region CIRCLE = region("circle", null, Map.of("color", "red"), 0);
    private static final Region STOP = region("text", "STOP", Map.of(), 100);
    private static final Region SAVE = region("button", "Save all", Map.of("color", "orange"), 200);
    private static final Region SEARCH = region("icon", null, Map.of("name", "search"), 10);

    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void labelsNameEachPointOnItsOwnLine() {
        assertThat(Questions.label(marked(MarkKind.POINT, CIRCLE, STOP)))
                .isEqualTo(new Turn(
                        "Please identify the labels of each marked point in the image.",
                        "<Mark 1>: circle\n<Mark 2>: text"));
    }

    @Test
    void briefDescriptionsSayColourNameAndWords() {
        assertThat(Questions.brief(marked(MarkKind.REGION, STOP, CIRCLE, SAVE, SEARCH)))
                .isEqualTo(new Turn(
                        "Please provide a brief description of each marked region in the image.",
                        "<Region 1>: the words \"STOP\"\n<Region 2>: a red circle\n"
                                + "<Region 3>: an orange button that says \"Save all\"\n<Region 4>: a search icon"));
    }

    @Test
    void aDetailedDescriptionSaysWhereAndHowLargeToo() {
        assertThat(Questions.detailed(marked(MarkKind.REGION, SAVE)).answer())
                .isEqualTo("<Region 1>: An orange button that says \"Save all\" in the upper right of the picture."
                        + " It is of middle size.");
    }

    @Test
    void wordsAreReadAsTheyAreWrittenAndOthersHaveNone() {
        assertThat(Questions.ocr(marked(MarkKind.REGION, STOP, CIRCLE)))
                .isEqualTo(new Turn(
                        "Please provide the ocr results of each marked region in the image.",
                        "<Region 1>: STOP\n<Region 2>: (no text)"));
    }

    @Test
    void aSummaryCountsWhatIsMarked() {
        assertThat(Questions.summary(marked(MarkKind.REGION, CIRCLE, SAVE, CIRCLE, SEARCH))
                        .answer())
                .isEqualTo("The marks show two circles, a button and an icon.");
    }

    @Test
    void onlyAColouredThingIsAskedForItsColour() {
        assertThat(Questions.color(marked(MarkKind.REGION, STOP, CIRCLE), random))
                .isEqualTo(new Turn("What is the color of <Region 2>?", "red"));
    }

    @Test
    void onlyWordsAreAskedWhatTheySay() {
        assertThat(Questions.says(marked(MarkKind.POINT, STOP, CIRCLE), random))
                .isEqualTo(new Turn("What does <Mark 1> say?", "STOP"));
    }

    @Test
    void whichAndHowManyCountEveryMarkOfTheClass() {
        var circles = marked(MarkKind.REGION, CIRCLE, CIRCLE);

        assertThat(Questions.which(circles, random))
                .isEqualTo(new Turn("Which of the marked regions is a circle?", "<Region 1>, <Region 2>"));
        assertThat(Questions.howMany(circles, random))
                .isEqualTo(new Turn("How many of the marked regions are circles?", "two"));
    }

    @Test
    void aPlaceIsNeededForEachRegion() {
        assertThatThrownBy(() -> new MarkedRegions(MarkKind.POINT, List.of(CIRCLE), List.of(), 10, 10))
                .hasMessage("a question needs a place for each region, got 1 and 0");
    }

    private static Region region(String label, @Nullable String text, Map<String, String> attributes, int x) {
        return new Region(new Box(x, 0, x + 80, 50), label, text, attributes, null, -1, false);
    }

    @Test
    void everyRelationComesAsOftenAsAnyOtherAndNoPairTwice() {
        var dot = new Region(new Box(30, 20, 50, 40), "dot", null, Map.of(), null, -1, false);
        var row = marked(MarkKind.REGION, CIRCLE, STOP, SAVE, dot);

        assertThat(Questions.relations(row, 99, random)).hasSize(12).doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 400)
                        .mapToObj(seed -> Questions.relation(row, new SplittableRandom(seed)))
                        .filter(turn -> "<Region 4> is inside <Region 1>.".equals(turn.answer()))
                        .count())
                .as("of 400: one pair of twelve, and one relation of four")
                .isBetween(70L, 130L);
    }

    private static MarkedRegions marked(MarkKind kind, Region... regions) {
        return new MarkedRegions(
                kind,
                List.of(regions),
                List.of(regions).stream().map(Region::box).toList(),
                300,
                200);
    }
}
