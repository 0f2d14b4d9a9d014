package ai.sphinxv.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.answer.AnswerParser;
import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import ai.sphinxv.runtime.text.Conversation.Turn;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.Draws;
import ai.sphinxv.training.scenes.SceneGenerator;
import ai.sphinxv.training.scenes.SceneObject;
import ai.sphinxv.training.scenes.Split;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MixtureTest {
    private static final Catalog CATALOG = Catalog.open();
    private static final Pattern NUMBER = Pattern.compile("(?<=<(?:Mark|Region) )\\d+(?=>)");
    private static final List<Sample> EVERYTHING = samples(Mixture.everything(CATALOG, Split.TRAIN, 1));

    @Test
    void aSampleIsTheSameEveryTime() {
        var again = Mixture.everything(CATALOG, Split.TRAIN, 1);

        for (int i = 0; i < 30; i++) {
            assertThat(again.sample(i).marks()).isEqualTo(EVERYTHING.get(i).marks());
            assertThat(again.sample(i).conversation())
                    .isEqualTo(EVERYTHING.get(i).conversation());
            assertThat(again.sample(i).image().rgb())
                    .isEqualTo(EVERYTHING.get(i).image().rgb());
        }
    }

    @Test
    void theFirstStageAsksForLabelsOnly() {
        assertThat(samples(Mixture.labels(CATALOG, Split.TRAIN, 1)))
                .flatMap(sample -> sample.conversation().turns())
                .hasSize(300)
                .allMatch(turn -> turn.question().startsWith("Please identify the labels of each marked "));
    }

    @Test
    void theSecondStageAsksEverythingInOneToThreeTurns() {
        var questions = new HashSet<String>();
        for (Sample sample : EVERYTHING) {
            assertThat(sample.conversation().turns()).hasSizeBetween(1, 3);
            sample.conversation()
                    .turns()
                    .forEach(turn -> questions.add(turn.question().replaceAll("<\\w+ \\d+>", "<>")));
        }

        assertThat(questions)
                .containsExactlyInAnyOrder(
                        "Please identify the labels of each marked point in the image.",
                        "Please identify the labels of each marked region in the image.",
                        "Please provide a brief description of each marked point in the image.",
                        "Please provide a brief description of each marked region in the image.",
                        "Please provide the ocr results of each marked point in the image.",
                        "Please provide the ocr results of each marked region in the image.",
                        "What is the color of <>?",
                        "What does <> say?",
                        "What is <>?");
    }

    @Test
    void anAnswerAboutEachMarkNamesEachOnceAndTheParserReadsItBack() {
        for (Sample sample : EVERYTHING) {
            String name = sample.marks().getFirst() instanceof Point ? "Mark" : "Region";
            for (Turn turn : sample.conversation().turns()) {
                if (turn.question().contains("each marked")) {
                    var answer = Objects.requireNonNull(turn.answer());
                    var read = AnswerParser.marks(answer, sample.marks().size());

                    assertThat(read)
                            .map(MarkAnswer::mark)
                            .isEqualTo(IntStream.rangeClosed(1, sample.marks().size())
                                    .boxed()
                                    .toList());
                    assertThat(read.stream()
                                    .map(mark -> "<%s %d>: %s".formatted(name, mark.mark(), mark.text()))
                                    .collect(Collectors.joining("\n")))
                            .isEqualTo(answer);
                }
            }
        }
    }

    @Test
    void aQuestionAboutOneMarkNamesAMarkThatThereIs() {
        for (Sample sample : EVERYTHING) {
            for (Turn turn : sample.conversation().turns()) {
                NUMBER.matcher(turn.question())
                        .results()
                        .map(number -> Integer.valueOf(number.group()))
                        .forEach(number ->
                                assertThat(number).isBetween(1, sample.marks().size()));
            }
        }
    }

    @Test
    void noObjectIsMarkedMoreThanTwice() {
        var validation = Mixture.labels(CATALOG, Split.VALIDATION, 1);
        for (Sample sample : samples(validation)) {
            assertThat(sample.marks())
                    .filteredOn(mark -> !(mark instanceof Point))
                    .allMatch(box -> Collections.frequency(sample.marks(), box) <= 2);
        }
    }

    @Test
    void marksAreOfOneKindAndInsideThePicture() {
        for (Sample sample : EVERYTHING) {
            assertThat(sample.marks()).hasSizeBetween(1, 10);
            long points =
                    sample.marks().stream().filter(Point.class::isInstance).count();
            assertThat(points).isIn(0L, (long) sample.marks().size());
            for (VisualPrompt mark : sample.marks()) {
                assertThat(isInside(mark, sample)).isTrue();
            }
        }
        assertThat(EVERYTHING).map(sample -> sample.marks().size()).contains(1, 10);
        assertThat(EVERYTHING).flatMap(Sample::marks).hasAtLeastOneElementOfType(Stroke.class);
    }

    @Test
    void validationDrawsExactBoxes() {
        var scenes = SceneGenerator.of(CATALOG, Split.VALIDATION, 1);
        var mixture = Mixture.labels(CATALOG, Split.VALIDATION, 1);

        for (int i = 0; i < 30; i++) {
            List<VisualPrompt> boxes = List.copyOf(scenes.scene(Split.VALIDATION.index(i)).objects().stream()
                    .map(SceneObject::box)
                    .toList());
            assertThat(mixture.sample(i).marks())
                    .filteredOn(mark -> !(mark instanceof Point))
                    .isSubsetOf(boxes);
        }
    }

    @Test
    void anEvaluationMarksEveryObjectOnceAndKnowsItsLabel() {
        var scene = SceneGenerator.of(CATALOG, Split.HELD_OUT, 0).scene(5);

        var marked = MarkedScene.everyObject(scene, MarkKind.POINT, Draws.of(1, 5));

        assertThat(marked.objects()).containsExactlyInAnyOrderElementsOf(scene.objects());
        assertThat(marked.labels())
                .isEqualTo(marked.objects().stream().map(SceneObject::label).toList());
        for (int i = 0; i < marked.marks().size(); i++) {
            var point = (Point) marked.marks().get(i);
            assertThat(marked.objects().get(i).mask().contains((int) point.x(), (int) point.y()))
                    .isTrue();
        }
    }

    private static boolean isInside(VisualPrompt mark, Sample sample) {
        int width = sample.image().width();
        int height = sample.image().height();
        return switch (mark) {
            case Point(double x, double y) -> x >= 0 && x <= width && y >= 0 && y <= height;
            case Box(double x1, double y1, double x2, double y2) -> x1 >= 0 && y1 >= 0 && x2 <= width && y2 <= height;
            case Stroke stroke -> stroke.points().stream().allMatch(point -> isInside(point, sample));
        };
    }

    private static List<Sample> samples(Mixture mixture) {
        return LongStream.range(0, 300).mapToObj(mixture::sample).toList();
    }
}
