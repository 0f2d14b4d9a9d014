package ai.sphinxv.runtime.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxJavaType;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** On the CPU: where there is a CUDA device, only the device's name differs. */
class PlacedTensorsTest {
    @Test
    void aTensorIsTheMemoryThatItWasGiven() {
        try (var arena = Arena.ofConfined()) {
            var memory = arena.allocate(ValueLayout.JAVA_FLOAT, 6);
            try (var tensor = PlacedTensors.tensor("Cpu", memory, OnnxJavaType.FLOAT, 2, 3)) {
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, 4, 7);

                assertThat(tensor.getInfo().getShape()).containsExactly(2, 3);
                assertThat(tensor.getFloatBuffer().get(4)).isEqualTo(7);
            }
        }
    }

    @Test
    void halfNumbersToo() {
        try (var arena = Arena.ofConfined()) {
            var memory = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            memory.setAtIndex(ValueLayout.JAVA_SHORT, 3, Float.floatToFloat16(0.25f));
            try (var tensor = PlacedTensors.tensor("Cpu", memory, OnnxJavaType.FLOAT16, 4)) {
                assertThat(tensor.getFloatBuffer().get(3)).isEqualTo(0.25f);
            }
        }
    }

    @Test
    void memoryTooSmallForTheShapeIsRefused() {
        try (var arena = Arena.ofConfined()) {
            var memory = arena.allocate(ValueLayout.JAVA_FLOAT, 5);

            assertThatThrownBy(() -> PlacedTensors.tensor("Cpu", memory, OnnxJavaType.FLOAT, 2, 3))
                    .isInstanceOf(GraphException.class)
                    .hasMessageStartingWith("ONNX Runtime makes no tensor: ");
        }
    }
}
