package ai.sphinxv.onnx.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeOpsTest {
    private final ShapeOps ops = new ShapeOps();

    @Test
    void aLinearLayerOfTheWrongWidthNamesBothShapes() {
        assertThatThrownBy(() -> ops.linear(Shape.of(1, 10, 512), Shape.of(5120, 256), null))
                .hasMessage("linear cannot apply [5120, 256] to [1, 10, 512]");
    }

    @Test
    void reshapeKeepsAndInfersSizes() {
        assertThat(ops.reshape(Shape.of(2, 3, 4), 0, -1)).isEqualTo(Shape.of(2, 12));
        assertThatThrownBy(() -> ops.reshape(Shape.of(2, 3, 4), 0, 5))
                .hasMessage("reshape cannot make [0, 5] of [2, 3, 4]");
    }

    @Test
    void aSliceFromTheEndIsCountedBackwards() {
        assertThat(ops.slice(Shape.of(1, 7, 4), 1, -1, Ops.END)).isEqualTo(Shape.of(1, 1, 4));
        assertThatThrownBy(() -> ops.slice(Shape.of(1, 7, 4), 1, 5, 9))
                .hasMessage("slice cannot take 5 to 9 of axis 1 of [1, 7, 4]");
    }

    @Test
    void broadcastingTakesOnesAndNothingElse() {
        assertThat(ops.add(Shape.of(5, 1, 4), Shape.of(3, 4))).isEqualTo(Shape.of(5, 3, 4));
        assertThatThrownBy(() -> ops.add(Shape.of(2, 4), Shape.of(3, 4)))
                .hasMessage("add cannot combine [2, 4] with [3, 4]");
    }

    @Test
    void partsThatDifferElsewhereCannotBeJoined() {
        assertThat(ops.concat(-1, List.of(Shape.of(2, 3), Shape.of(2, 5)))).isEqualTo(Shape.of(2, 8));
        assertThatThrownBy(() -> ops.concat(-1, List.of(Shape.of(2, 3), Shape.of(4, 5))))
                .hasMessage("concat on axis -1 cannot join [2, 3] and [4, 5]");
    }

    @Test
    void aWeightHasOneShapeWhereverItIsUsed() {
        ops.weight("w", 2, 3);

        assertThatThrownBy(() -> ops.weight("w", 3, 2)).hasMessage("w is [3, 2] here and [2, 3] elsewhere");
    }

    @Test
    void aStridedConvolutionShrinksTheMap() {
        assertThat(ops.conv2d(Shape.of(1, 3, 224, 224), Shape.of(8, 3, 3, 3), null, 2, 1, 1))
                .isEqualTo(Shape.of(1, 8, 112, 112));
    }
}
