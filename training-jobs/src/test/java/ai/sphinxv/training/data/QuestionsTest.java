package ai.sphinxv.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.text.Conversation.Turn;
import ai.sphinxv.training.scenes.Mask;
import ai.sphinxv.training.scenes.SceneObject;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private static final Mask ANYWHERE = new Mask(1, new int[] {0});
    private static final SceneObject CIRCLE = new SceneObject("circle", "a red circle", null, "red", ANYWHERE);
    private static final SceneObject STOP = new SceneObject("text", "the word STOP", "STOP", null, ANYWHERE);
    private static final SceneObject EXIT = new SceneObject("text", "the word Exit", "Exit", null, ANYWHERE);

    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void labelsNameEachPointOnItsOwnLine() {
        assertThat(Questions.label(scene(MarkKind.POINT, CIRCLE, STOP)))
                .isEqualTo(new Turn(
                        "Please identify the labels of each marked point in the image.",
                        "<Mark 1>: circle\n<Mark 2>: text"));
    }

    @Test
    void briefDescriptionsNameEachRegionOnItsOwnLine() {
        assertThat(Questions.brief(scene(MarkKind.REGION, STOP, CIRCLE)))
                .isEqualTo(new Turn(
                        "Please provide a brief description of each marked region in the image.",
                        "<Region 1>: the word STOP\n<Region 2>: a red circle"));
    }

    @Test
    void wordsAreReadAsTheyAreWritten() {
        assertThat(Questions.ocr(scene(MarkKind.REGION, STOP, EXIT)))
                .isEqualTo(new Turn(
                        "Please provide the ocr results of each marked region in the image.",
                        "<Region 1>: STOP\n<Region 2>: Exit"));
    }

    @Test
    void onlyAShapeIsAskedForItsColour() {
        assertThat(Questions.color(scene(MarkKind.REGION, STOP, CIRCLE), random))
                .isEqualTo(new Turn("What is the color of <Region 2>?", "red"));
    }

    @Test
    void onlyAWordIsAskedWhatItSays() {
        assertThat(Questions.says(scene(MarkKind.POINT, STOP, CIRCLE), random))
                .isEqualTo(new Turn("What does <Mark 1> say?", "STOP"));
    }

    @Test
    void anyMarkIsAskedWhatItIs() {
        assertThat(Questions.whatIs(scene(MarkKind.REGION, CIRCLE), random))
                .isEqualTo(new Turn("What is <Region 1>?", "a red circle"));
    }

    @Test
    void elevenMarksAreRefused() {
        var eleven = Collections.nCopies(11, CIRCLE).toArray(SceneObject[]::new);

        assertThatThrownBy(() -> scene(MarkKind.POINT, eleven))
                .hasMessage("a marked scene needs 1 to 10 marks and an object for each, got 11 and 11");
    }

    private static MarkedScene scene(MarkKind kind, SceneObject... objects) {
        VisualPrompt mark = new Point(0.5, 0.5);
        var image = new RgbImage(1, 1, new byte[3]);
        return new MarkedScene(image, kind, Collections.nCopies(objects.length, mark), List.of(objects));
    }
}
