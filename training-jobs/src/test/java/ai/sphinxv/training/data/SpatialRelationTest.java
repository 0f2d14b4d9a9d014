package ai.sphinxv.training.data;

import static ai.sphinxv.training.data.SpatialRelation.ABOVE;
import static ai.sphinxv.training.data.SpatialRelation.BELOW;
import static ai.sphinxv.training.data.SpatialRelation.CONTAINS;
import static ai.sphinxv.training.data.SpatialRelation.INSIDE;
import static ai.sphinxv.training.data.SpatialRelation.LEFT_OF;
import static ai.sphinxv.training.data.SpatialRelation.OVERLAPS;
import static ai.sphinxv.training.data.SpatialRelation.RIGHT_OF;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.text.Conversation.Turn;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpatialRelationTest {
    private static final Map<SpatialRelation, SpatialRelation> SEEN_FROM_THE_OTHER = Map.of(
            LEFT_OF, RIGHT_OF, RIGHT_OF, LEFT_OF, ABOVE, BELOW, BELOW, ABOVE, INSIDE, CONTAINS, CONTAINS, INSIDE,
            OVERLAPS, OVERLAPS);

    private static final Box MIDDLE = new Box(40, 40, 60, 60);

    @Test
    void aBoxBesideAnotherIsLeftOrRightOfIt() {
        assertThat(SpatialRelation.of(new Box(0, 45, 20, 65), MIDDLE)).isEqualTo(LEFT_OF);
        assertThat(SpatialRelation.of(new Box(70, 30, 90, 50), MIDDLE)).isEqualTo(RIGHT_OF);
    }

    @Test
    void aLongLineAboveAnotherIsAboveItHoweverFarItBeginsToTheRight() {
        assertThat(SpatialRelation.of(new Box(80, 0, 280, 10), new Box(0, 15, 200, 25)))
                .isEqualTo(ABOVE);
    }

    @Test
    void offsetsThatAreTheSameCountAcross() {
        assertThat(SpatialRelation.of(new Box(0, 0, 20, 20), MIDDLE)).isEqualTo(LEFT_OF);
    }

    @Test
    void aSmallBoxInALargeOneIsInsideIt() {
        assertThat(SpatialRelation.of(new Box(42, 42, 50, 50), MIDDLE)).isEqualTo(INSIDE);
        assertThat(SpatialRelation.of(MIDDLE, new Box(42, 42, 50, 50))).isEqualTo(CONTAINS);
    }

    @Test
    void nearlyEqualBoxesOverlap() {
        assertThat(SpatialRelation.of(new Box(41, 41, 59, 59), MIDDLE)).isEqualTo(OVERLAPS);
        assertThat(SpatialRelation.of(MIDDLE, MIDDLE)).isEqualTo(OVERLAPS);
    }

    @Test
    void aQuarterInCommonIsAnOverlapAndLessIsADirection() {
        assertThat(SpatialRelation.of(new Box(25, 40, 45, 60), MIDDLE)).isEqualTo(OVERLAPS);
        assertThat(SpatialRelation.of(new Box(24, 40, 44, 60), MIDDLE)).isEqualTo(LEFT_OF);
    }

    @Test
    void barsThatCrossOverlap() {
        assertThat(SpatialRelation.of(new Box(0, 48, 100, 52), new Box(48, 0, 52, 100)))
                .isEqualTo(OVERLAPS);
    }

    @Test
    void seenFromTheOtherBoxEveryRelationIsTurnedRound() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 5000; i++) {
            Box one = box(random);
            Box other = box(random);
            assertThat(SpatialRelation.of(other, one))
                    .as("%s and %s", one, other)
                    .isEqualTo(SEEN_FROM_THE_OTHER.get(SpatialRelation.of(one, other)));
        }
    }

    @Test
    void aPairOnTheDiagonalIsNotClear() {
        assertThat(SpatialRelation.isClear(new Box(0, 0, 20, 20), MIDDLE)).isFalse();
        assertThat(SpatialRelation.isClear(new Box(0, 40, 20, 60), MIDDLE)).isTrue();
        assertThat(SpatialRelation.isClear(new Box(45, 45, 50, 50), MIDDLE)).isTrue();
    }

    @Test
    void aSmallThingAtTheEdgeOfALargeOneIsClearlyInside() {
        var page = new Box(0, 0, 100, 100);

        assertThat(SpatialRelation.isClear(new Box(2, 2, 12, 12), page)).isTrue();
        assertThat(SpatialRelation.isClear(page, new Box(2, 2, 12, 12))).isTrue();
        assertThat(SpatialRelation.isClear(new Box(-2, 2, 8, 12), page)).isFalse();
    }

    @Test
    void twoMarksAreAskedForInASentence() {
        var boxes = List.of(MIDDLE, new Box(0, 40, 20, 60), new Box(40, 80, 60, 99));

        assertThat(SpatialRelation.between(MarkKind.REGION, boxes, 2, 0))
                .isEqualTo(new Turn(
                        "What is the relation between <Region 3> and <Region 1>?", "<Region 3> is below <Region 1>."));
    }

    @Test
    void theFixedQuestionIsAnsweredForEachMarkAndTheNext() {
        var boxes = List.of(MIDDLE, new Box(0, 40, 20, 60), new Box(0, 0, 20, 20));

        assertThat(SpatialRelation.ofAll(MarkKind.POINT, boxes))
                .isEqualTo(new Turn(
                        "Please analyze the relationship between all marked points in the image.",
                        "<Mark 1><Mark 2>: <Mark 1> is to the right of <Mark 2>.\n"
                                + "<Mark 2><Mark 3>: <Mark 2> is below <Mark 3>."));
    }

    private static Box box(SplittableRandom random) {
        double x = random.nextInt(80);
        double y = random.nextInt(80);
        return new Box(x, y, x + 1 + random.nextInt(40), y + 1 + random.nextInt(40));
    }
}
