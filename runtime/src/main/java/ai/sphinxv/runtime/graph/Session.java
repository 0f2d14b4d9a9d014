package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.sphinxv.runtime.cancel.Cancellation;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One started graph. Owns ONNX Runtime's session; safe for many threads until it is closed. */
final class Session implements AutoCloseable {
    /** Gives back what a run needed beside its weights. */
    private static final Map<String, String> SHRINK = Map.of("memory.enable_memory_arena_shrinkage", "cpu:0");

    private final String name;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Provider provider;
    private final Map<String, String> afterwards;
    private final InputBuffers buffers = new InputBuffers();

    /**
     * @param name of its file, for messages
     * @param provider on which it was started
     * @param shrinks whether an encoder's run gives back what it needed. An encoder runs once for an answer, so what a large
     *     one keeps is missed elsewhere; what a small one gives back the next run has to take anew, page by page: half of the
     *     embedded vision encoder's time in a virtual machine whose pages are dear
     */
    Session(String name, Provider provider, boolean shrinks, OrtEnvironment environment, OrtSession session) {
        this.name = name;
        this.provider = provider;
        this.afterwards = shrinks ? SHRINK : Map.of();
        this.environment = environment;
        this.session = session;
        NativeMemory.SESSION.take(1);
    }

    Provider provider() {
        return provider;
    }

    /** What numbers an input port takes. */
    OnnxJavaType type(String port) {
        try {
            var input = session.getInputInfo().get(port);
            if (input == null) {
                throw new GraphException("%s has no input %s".formatted(name, port));
            }
            return ((TensorInfo) input.getInfo()).type;
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** The name of the one output of a graph that has no other. */
    String onlyOutput() {
        var outputs = session.getOutputNames();
        if (outputs.size() != 1) {
            throw new GraphException("%s has the outputs %s, not one".formatted(name, outputs));
        }
        return outputs.iterator().next();
    }

    /** Floats for one input port. */
    record Input(String port, float[] values, long... shape) {}

    /**
     * Runs a graph that takes floats and gives one output of floats, here without its shape. Ends early, with what was given
     * as the reason, when the work on this thread is cancelled.
     */
    float[] encode(String output, Input... inputs) {
        return encode(List.of(output), List.of(inputs)).getFirst();
    }

    /** The same for several outputs, given in their order. */
    List<float[]> encode(List<String> outputs, List<Input> inputs) {
        var lent = buffers.take();
        var tensors = new HashMap<String, OnnxTensor>();
        try {
            for (Input input : inputs) {
                tensors.put(input.port(), lent.tensor(environment, input));
                NativeMemory.TENSOR.take(1);
            }
            return encode(outputs, tensors);
        } catch (OrtException e) {
            throw failed(e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
            NativeMemory.TENSOR.giveBack(tensors.size());
            buffers.giveBack(lent);
        }
    }

    private List<float[]> encode(List<String> outputs, Map<String, OnnxTensor> inputs) throws OrtException {
        try (var result = runUnlessCancelled(inputs, Set.copyOf(outputs), Map.of(), afterwards)) {
            return outputs.stream()
                    .map(output -> floats((OnnxTensor) result.get(output).orElseThrow()))
                    .toList();
        }
    }

    /** Runs a graph into output tensors that exist already. Nothing ends it early: several may wait for what it gives. */
    void run(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
        try {
            session.run(inputs, Set.of(), outputs).close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** The same for one who waits alone: it ends early when the work on this thread is cancelled. */
    void runUnlessCancelled(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
        try {
            runUnlessCancelled(inputs, Set.of(), outputs, Map.of()).close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private OrtSession.Result runUnlessCancelled(
            Map<String, OnnxTensor> inputs,
            Set<String> wanted,
            Map<String, OnnxTensor> outputs,
            Map<String, String> settings)
            throws OrtException {
        var cancellation = Cancellation.current();
        try (var options = new OrtSession.RunOptions();
                var _ = cancellation.onCancel(() -> terminate(options))) {
            options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL); // the exception says what went wrong
            for (var setting : settings.entrySet()) {
                options.addRunConfigEntry(setting.getKey(), setting.getValue());
            }
            return session.run(inputs, wanted, outputs, options);
        } catch (OrtException e) {
            cancellation.check(); // ONNX Runtime only says that it was told to end
            throw e;
        }
    }

    private void terminate(OrtSession.RunOptions options) {
        try {
            options.setTerminate(true);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
            buffers.close();
            NativeMemory.SESSION.giveBack(1);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private static float[] floats(OnnxTensor tensor) {
        FloatBuffer values = tensor.getFloatBuffer();
        float[] copy = new float[values.remaining()];
        values.get(copy);
        return copy;
    }

    private GraphException failed(OrtException e) {
        return new GraphException(name + " failed: " + e.getMessage(), e);
    }
}
