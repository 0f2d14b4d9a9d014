package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.sphinxv.runtime.bundle.Subgraph;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One started graph. Owns ONNX Runtime's session; safe for many threads until it is closed. */
final class Session implements AutoCloseable {
    private final Subgraph subgraph;
    private final OrtEnvironment environment;
    private final OrtSession session;

    Session(Subgraph subgraph, OrtEnvironment environment, OrtSession session) {
        this.subgraph = subgraph;
        this.environment = environment;
        this.session = session;
    }

    /** Floats for one input port. */
    record Input(String port, float[] values, long... shape) {}

    /** Runs a graph that takes floats and gives one output of floats, here without its shape. */
    float[] encode(String output, Input... inputs) {
        var tensors = new HashMap<String, OnnxTensor>();
        try {
            for (Input input : inputs) {
                var values = FloatBuffer.wrap(input.values());
                tensors.put(input.port(), OnnxTensor.createTensor(environment, values, input.shape()));
            }
            try (var result = session.run(tensors, Set.of(output))) {
                FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] copy = new float[values.remaining()];
                values.get(copy);
                return copy;
            }
        } catch (OrtException e) {
            throw failed(e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    /** Runs a graph into output tensors that exist already. */
    void run(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
        try {
            session.run(inputs, Set.of(), outputs).close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private GraphException failed(OrtException e) {
        return new GraphException(subgraph.file() + " failed: " + e.getMessage(), e);
    }
}
