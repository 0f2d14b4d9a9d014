package ai.sphinxv.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.training.data.MarkKind;
import ai.sphinxv.training.data.MarkedScene;
import ai.sphinxv.training.scenes.Mask;
import ai.sphinxv.training.scenes.SceneObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkingTest {
    private static final VisualPrompt BOX = new Box(20, 10, 60, 30);
    private static final VisualPrompt WHOLE = new Box(0, 0, 100, 50);

    @Test
    void theEncoderGetsMarksAndThePictureAsItIs() {
        var asked = Marking.ENCODED.ask(scene(), "What?");

        assertThat(asked.marks()).containsExactly(BOX);
        assertThat(asked.image().rgb()).containsOnly(100);
        assertThat(asked.question()).isEqualTo("What?");
    }

    @Test
    void aBlendedOutlineLetsThePictureShowThrough() {
        var asked = Marking.BLENDED.ask(scene(), "What?");

        assertThat(asked.marks()).containsExactly(WHOLE);
        assertThat(pixel(asked.image(), 20, 20)).containsExactly((byte) 178, (byte) 50, (byte) 50);
        assertThat(pixel(asked.image(), 40, 20)).containsOnly(100);
        assertThat(pixel(asked.image(), 90, 20)).containsOnly(100);
    }

    @Test
    void writtenCornersAreFractionsOfThePaddedSquare() {
        var asked = Marking.WRITTEN.ask(scene(), "What?");

        assertThat(asked.marks()).containsExactly(WHOLE);
        assertThat(asked.image().rgb()).containsOnly(100);
        assertThat(asked.question()).isEqualTo("<Region 1>: [0.20, 0.35, 0.60, 0.55]\nWhat?");
    }

    private static byte[] pixel(RgbImage image, int x, int y) {
        int at = 3 * (y * image.width() + x);
        return new byte[] {image.rgb()[at], image.rgb()[at + 1], image.rgb()[at + 2]};
    }

    private static MarkedScene scene() {
        byte[] grey = new byte[3 * 100 * 50];
        Arrays.fill(grey, (byte) 100);
        return new MarkedScene(new RgbImage(100, 50, grey), MarkKind.REGION, List.of(BOX), List.of(object()));
    }

    private static SceneObject object() {
        int first = 10 * 100 + 20;
        int last = 29 * 100 + 59;
        return new SceneObject("circle", null, "red", new Mask(100, new int[] {first, last}));
    }
}
