package ai.sphinxv.training.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.onnx.network.LlamaDecoder;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
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

    @BeforeAll
    static void startLibTorch() {
        LibTorch.start(1, Processor.Wanted.CPU);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDecoderThatHasLearnedNothingGoesOnAsBefore(boolean interleavedRotary) {
        Language net = net(2, 4, interleavedRotary);
        try (var fresh = Parameters.initial(shapes(net), 2, 5)) {
            assertThat(repeated(fresh, net)).isZero();

            CopyHeads.begin(fresh, net, 5);

            assertThat(repeated(fresh, net)).isGreaterThan(PART / 2);
        }
    }

    @Test
    void oneLayerCannotCopy() {
        Language net = net(1, 4, false);
        try (var fresh = Parameters.initial(shapes(net), 1, 5)) {
            assertThatThrownBy(() -> CopyHeads.begin(fresh, net, 5))
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
        var ops = new TorchOps(parameters);
        try (var scope = new PointerScope();
                var frozen = new NoGradGuard()) {
            Tensor embeds = LlamaDecoder.embed(ops, net, Tensor.create(tokens, 1, tokens.length));
            Tensor likeliest = LlamaDecoder.logits(ops, net, LlamaDecoder.forward(ops, net, embeds))
                    .argmax(new LongOptional(2), false)
                    .contiguous();
            long[] next = new long[tokens.length];
            new LongPointer(likeliest.data_ptr_long()).get(next);
            int right = 0;
            for (int i = PART; i < tokens.length - 1; i++) {
                right += next[i] == tokens[i + 1] ? 1 : 0;
            }
            return right;
        }
    }

    private static Language net(int layers, int heads, boolean interleavedRotary) {
        return new Language(256, layers, heads, heads, 64, 500, 128, 1e-5, 1e6, interleavedRotary);
    }

    private static Map<String, Shape> shapes(Language net) {
        int width = net.width();
        var shapes = new LinkedHashMap<String, Shape>();
        shapes.put("tok_embeddings.weight", Shape.of(net.vocabulary(), width));
        shapes.put("output.weight", Shape.of(net.vocabulary(), width));
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
