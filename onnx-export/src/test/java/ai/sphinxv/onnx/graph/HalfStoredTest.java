package ai.sphinxv.onnx.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.sphinxv.runtime.graph.Graphs;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HalfStoredTest {
    private static final int ROWS = 40;
    private static final int COLUMNS = 30;

    private final float[] constant = numbers(1);
    private final float[] initializer = numbers(2);
    private final float[] small = {1 / 3f};

    @BeforeAll
    static void quietly() {
        Graphs.prepare();
    }

    @Test
    void theGraphComputesTheSameFromHalfTheFile() throws Exception {
        byte[] model = model(constant);

        byte[] halved = HalfStored.of(model);

        assertThat(halved.length).isLessThan(model.length / 2 + 400);
        float[] sums = run(halved);
        for (int i = 0; i < sums.length; i++) {
            float whole = constant[i] + initializer[i] + small[0];
            assertThat(sums[i]).isCloseTo(whole, within(2e-3f));
            float halves = half(constant[i]) + half(initializer[i]) + small[0];
            assertThat(sums[i]).as("the small one is as it was").isCloseTo(halves, within(1e-6f));
        }
    }

    @Test
    void twiceIsAsOnce() {
        byte[] once = HalfStored.of(model(constant));

        assertThat(HalfStored.of(once)).isEqualTo(once);
    }

    @Test
    void numbersThatNoHalfCanBeStay() throws Exception {
        constant[7] = 70_000;

        assertThat(run(HalfStored.of(model(constant)))[7]).isGreaterThan(69_990);
    }

    @Test
    void whatIsNoModelIsRefused() {
        assertThatThrownBy(() -> HalfStored.of(new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an ONNX model");
        assertThatThrownBy(() -> HalfStored.of("text".getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an ONNX model");
    }

    private static float half(float number) {
        return Float.float16ToFloat(Float.floatToFloat16(number));
    }

    private static float[] numbers(int seed) {
        var random = new Random(seed);
        float[] numbers = new float[ROWS * COLUMNS];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /** x + constant + initializer + small, the constant packed in a field of floats, as some converters write it. */
    private byte[] model(float[] constant) {
        byte[] attribute = OnnxWriter.message(out -> {
            out.writeString(1, "value");
            out.writeByteArray(5, OnnxWriter.message(tensor -> {
                tensor.writeInt64(1, ROWS);
                tensor.writeInt64(1, COLUMNS);
                tensor.writeInt32(2, OnnxWriter.FLOAT);
                packed(tensor, constant);
            }));
            out.writeInt32(20, 4);
        });
        var nodes = List.of(
                OnnxWriter.node("", "Constant", List.of(), List.of("c"), List.of(attribute)),
                OnnxWriter.node("", "Add", List.of("x", "c"), List.of("xc"), List.of()),
                OnnxWriter.node("", "Add", List.of("xc", "i"), List.of("xci"), List.of()),
                OnnxWriter.node("", "Add", List.of("xci", "s"), List.of("y"), List.of()));
        var initializers = List.of(
                OnnxWriter.tensor("i", Numbers.SINGLE, initializer, ROWS, COLUMNS),
                OnnxWriter.tensor("s", Numbers.SINGLE, small, 1));
        byte[] port = port("x");
        return OnnxWriter.model(
                OnnxWriter.graph("sum", nodes, initializers, List.of(port), List.of(port("y"))), Map.of("", 17));
    }

    private static void packed(CodedOutputStream tensor, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        tensor.writeByteArray(4, bytes.array());
    }

    private static byte[] port(String name) {
        return OnnxWriter.port(name, OnnxWriter.FLOAT, List.of((long) ROWS, (long) COLUMNS));
    }

    private static float[] run(byte[] model) throws OrtException {
        var environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions();
                var session = environment.createSession(model, options);
                var x = OnnxTensor.createTensor(
                        environment, FloatBuffer.allocate(ROWS * COLUMNS), new long[] {ROWS, COLUMNS});
                var result = session.run(Map.of("x", x))) {
            FloatBuffer sums = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] copy = new float[sums.remaining()];
            sums.get(copy);
            return copy;
        }
    }
}
