package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemTest {
    private static final RgbImage PICTURE = new RgbImage(10, 8, new byte[240]);

    private static Item item(VisualPrompt mark, String question) {
        return new Item("1", "group", Path.of("a.png"), List.of(mark), question, 256, NullNode.instance);
    }

    @Test
    void aMarkThatReachesOutOfThePictureEndsAtItsEdge() {
        assertThat(item(new Box(-1, 2, 20, 9), "?").on(PICTURE)).containsExactly(new Box(0, 2, 10, 8));
        assertThat(item(new Point(11, 4), "?").on(PICTURE)).containsExactly(new Point(10, 4));
    }

    @Test
    void aBoxBesideThePictureIsNoMark() {
        assertThatThrownBy(() -> item(new Box(11, 2, 20, 9), "?").on(PICTURE))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessageEndingWith("lies outside the picture of 10x8 pixels");
    }

    @Test
    void anotherQuestionHasAnotherDigest() {
        assertThat(item(new Point(1, 1), "What?").digest())
                .isEqualTo(item(new Point(1, 1), "What?").digest())
                .isNotEqualTo(item(new Point(1, 1), "Who?").digest())
                .isNotEqualTo(item(new Point(1, 2), "What?").digest());
    }
}
