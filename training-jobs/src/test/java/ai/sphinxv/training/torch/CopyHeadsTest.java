package ai.sphinxv.training.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.onnx.network.LlamaDecoder;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyHeadsTest {
    private static final int PART = 24;
    private static final int SLOTS = 3;
    private static final int NO_MARK = -1;

    @BeforeAll
    static void startLibTorch() {
        LibTorch.start(1, Processor.Wanted.CPU);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDecoderThatHasLearnedNothingGoesOnAsBefore(boolean interleavedRotary) {
        Language net = net(2, 4, interleavedRotary);
        try (var fresh = Parameters.initial(shapes(net), 2, 5)) {
            assertThat(repeated(fresh, net)).isLessThan(PART / 8);

            CopyHeads.begin(fresh, net, SLOTS, 5);

            assertThat(repeated(fresh, net)).isGreaterThan(PART / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofTwoPlacesTheOneCountsThatIsAboutTheSameMark(boolean interleavedRotary) {
        long[] told = {7, 20, 30, 8, 20, 31};
        int[] marks = {0, 0, 0, 1, 1, 1};
        Language net = net(2, 4, interleavedRotary);
        try (var begun = begun(net)) {
            assertThat(next(begun, net, with(told, 20), with(marks, 0))).isEqualTo(30);
            assertThat(next(begun, net, with(told, 20), with(marks, 1))).isEqualTo(31);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofTwoPlacesTheOneCountsThatHasTheSameTokenBeforeIt(boolean interleavedRotary) {
        long[] told = {7, 20, 30, 8, 20, 31, 9};
        int[] marks = {0, 0, 0, 0, 0, 0, NO_MARK};
        Language net = net(2, 4, interleavedRotary);
        try (var begun = begun(net)) {
            assertThat(next(begun, net, with(told, 7, 20), with(marks, 0, 0))).isEqualTo(30);
            assertThat(next(begun, net, with(told, 8, 20), with(marks, 0, 0))).isEqualTo(31);
        }
    }

    @Test
    void aNarrowDecoderHasNoRoomForThem() {
        Language net = new Language(64, 2, 2, 2, 64, 500, 128, 1e-5, 1e6, false);
        try (var fresh = Parameters.initial(shapes(net), 2, 5)) {
            assertThatThrownBy(() -> CopyHeads.begin(fresh, net, SLOTS, 5))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("width of 64 is too small");
        }
    }

    @Test
    void oneLayerCannotCopy() {
        Language net = net(1, 4, false);
        try (var fresh = Parameters.initial(shapes(net), 1, 5)) {
            assertThatThrownBy(() -> CopyHeads.begin(fresh, net, SLOTS, 5))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("two layers");
        }
    }

    /** How many tokens of random ones, read a second time, are the likeliest just before they come. */
    private static int repeated(Parameters parameters, Language net) {
        long[] tokens = new long[2 * PART];
        var random = new Random(8);
        for (int i = 0; i < PART; i++) {
            tokens[i] = random.nextInt(net.vocabulary());
            tokens[PART + i] = tokens[i];
        }
        int[] marks = new int[tokens.length];
        Arrays.fill(marks, NO_MARK);
        long[] next = likeliest(parameters, net, tokens, marks);
        return (int) IntStream.range(PART, tokens.length - 1)
                .filter(i -> next[i] == tokens[i + 1])
                .count();
    }

    private static Parameters begun(Language net) {
        var parameters = Parameters.initial(shapes(net), net.layers(), 5);
        CopyHeads.begin(parameters, net, SLOTS, 5);
        return parameters;
    }

    private static long next(Parameters parameters, Language net, long[] tokens, int[] marks) {
        return likeliest(parameters, net, tokens, marks)[tokens.length - 1];
    }

    /**
     * After each token the likeliest next.
     *
     * @param marks slots of those that the tokens are about
     */
    private static long[] likeliest(Parameters parameters, Language net, long[] tokens, int[] marks) {
        float[] slots = Parameters.values(parameters.get("slot_vp"));
        float[] carried = new float[tokens.length * net.width()];
        for (int i = 0; i < tokens.length; i++) {
            if (marks[i] != NO_MARK) {
                System.arraycopy(slots, marks[i] * net.width(), carried, i * net.width(), net.width());
            }
        }
        var ops = new TorchOps(parameters);
        try (var scope = new PointerScope();
                var frozen = new NoGradGuard()) {
            Tensor embeds = LlamaDecoder.embed(ops, net, Tensor.create(tokens, 1, tokens.length))
                    .add(Tensor.create(carried, 1, tokens.length, net.width()));
            Tensor likeliest = LlamaDecoder.logits(ops, net, LlamaDecoder.forward(ops, net, embeds))
                    .argmax(new LongOptional(2), false)
                    .contiguous();
            long[] next = new long[tokens.length];
            new LongPointer(likeliest.data_ptr_long()).get(next);
            return next;
        }
    }

    private static long[] with(long[] tokens, long... more) {
        return LongStream.concat(Arrays.stream(tokens), Arrays.stream(more)).toArray();
    }

    private static int[] with(int[] marks, int... more) {
        return IntStream.concat(Arrays.stream(marks), Arrays.stream(more)).toArray();
    }

    private static Language net(int layers, int heads, boolean interleavedRotary) {
        return new Language(256, layers, heads, heads, 64, 500, 128, 1e-5, 1e6, interleavedRotary);
    }

    private static Map<String, Shape> shapes(Language net) {
        int width = net.width();
        var shapes = new LinkedHashMap<String, Shape>();
        shapes.put("tok_embeddings.weight", Shape.of(net.vocabulary(), width));
        shapes.put("output.weight", Shape.of(net.vocabulary(), width));
        shapes.put("slot_vp", Shape.of(1, SLOTS, width));
        shapes.put("vp_proj.0.weight", Shape.of(width, 40));
        shapes.put("norm.weight", Shape.of(width));
        for (int layer = 0; layer < net.layers(); layer++) {
            String name = "layers." + layer + ".";
            shapes.put(name + "attention_norm.weight", Shape.of(width));
            shapes.put(name + "ffn_norm.weight", Shape.of(width));
            for (String part : new String[] {"wq", "wk", "wv", "wo"}) {
                shapes.put(name + "attention." + part + ".weight", Shape.of(width, width));
            }
            shapes.put(name + "feed_forward.w1.weight", Shape.of(net.hidden(), width));
            shapes.put(name + "feed_forward.w3.weight", Shape.of(net.hidden(), width));
            shapes.put(name + "feed_forward.w2.weight", Shape.of(width, net.hidden()));
        }
        return shapes;
    }
}
