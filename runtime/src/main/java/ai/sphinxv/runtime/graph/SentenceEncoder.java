package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * What a sentence is about, as one direction: all-MiniLM-L6-v2, whose cosines are an evaluation metric. No served model
 * has it. Safe for many threads.
 */
public final class SentenceEncoder implements AutoCloseable {
    /** H. */
    private static final int WIDTH = 384;

    private static final String OUTPUT = "last_hidden_state";

    private final Session session;

    private SentenceEncoder(Session session) {
        this.session = session;
    }

    /**
     * @param model input_ids, attention_mask and token_type_ids [1,T] to last_hidden_state [1,T,384]
     * @throws GraphException if it does not start
     */
    public static SentenceEncoder open(Path model, Providers providers) {
        return new SentenceEncoder(
                providers.start(model, Set.of(Provider.CPU), session -> mean(session, new long[] {1})));
    }

    /**
     * @param tokens [T] ids, at least one
     * @return [H] the mean over the tokens, of length 1
     */
    public float[] encode(long[] tokens) {
        float[] mean = mean(session, tokens);
        double squares = 0;
        for (float value : mean) {
            squares += (double) value * value;
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (mean[i] / Math.sqrt(squares));
        }
        return mean;
    }

    @Override
    public void close() {
        session.close();
    }

    private static float[] mean(Session session, long[] tokens) {
        float[] mean = new float[WIDTH];
        try (var arena = Arena.ofConfined()) {
            FloatBuffer states = NativeBuffers.floats(arena, (long) tokens.length * WIDTH);
            run(session, tokens, states);
            for (int i = 0; i < tokens.length * WIDTH; i++) {
                mean[i % WIDTH] += states.get(i) / tokens.length;
            }
        }
        return mean;
    }

    /** @param states [T,H], outside the heap */
    private static void run(Session session, long[] tokens, FloatBuffer states) {
        var environment = QuietEnvironment.get();
        long[] shape = {1, tokens.length};
        long[] ones = new long[tokens.length];
        Arrays.fill(ones, 1);
        var zeros = LongBuffer.allocate(tokens.length);
        try (var ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens), shape);
                var mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                var types = OnnxTensor.createTensor(environment, zeros, shape);
                var output = OnnxTensor.createTensor(environment, states, new long[] {1, tokens.length, WIDTH})) {
            session.run(
                    Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types), Map.of(OUTPUT, output));
        } catch (OrtException e) {
            throw new GraphException("the sentence encoder gets no tensors: " + e.getMessage(), e);
        }
    }
}
