package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.sphinxv.runtime.graph.Session.Input;
import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Where the inputs of a graph's runs lie, outside the heap: a set of buffers for each run at a time, which the next run takes
 * over. A megabyte of new memory is 256 pages that the system has to find and clear when they are first written to, which in a
 * virtual machine may take longer than the graph itself; ONNX Runtime's own copy would lie in new memory each time, and stay
 * until the heap is full.
 */
final class InputBuffers implements AutoCloseable {
    private final Queue<Set> spare = new ConcurrentLinkedQueue<>();

    /** Buffers for one run, that one or a new one. Give them back with {@link #giveBack}. */
    Set take() {
        Set spared = spare.poll();
        return spared == null ? new Set() : spared;
    }

    /** Nothing may read its tensors any more. */
    void giveBack(Set set) {
        spare.add(set);
    }

    /** No run may be under way. */
    @Override
    public void close() {
        for (Set set = spare.poll(); set != null; set = spare.poll()) {
            set.close();
        }
    }

    /** A buffer for each port, as large as the largest input that it has had. */
    static final class Set implements AutoCloseable {
        private record Buffer(Arena arena, FloatBuffer floats) {}

        private final Map<String, Buffer> ports = new HashMap<>();

        private Set() {}

        /** Copies the input. The tensor is the caller's, and valid until the next of this port. */
        OnnxTensor tensor(OrtEnvironment environment, Input input) throws OrtException {
            FloatBuffer values = of(input.port(), input.values().length).slice(0, input.values().length);
            return OnnxTensor.createTensor(environment, values.put(0, input.values()), input.shape());
        }

        @SuppressWarnings("MustBeClosed") // the buffer's
        private FloatBuffer of(String port, int count) {
            Buffer buffer = ports.get(port);
            if (buffer != null && buffer.floats().capacity() >= count) {
                return buffer.floats();
            }
            if (buffer != null) {
                buffer.arena().close();
                ports.remove(port);
            }
            Arena arena = Arena.ofShared(); // runs on different threads use it one after the other
            FloatBuffer floats = NativeBuffers.floats(arena, count);
            ports.put(port, new Buffer(arena, floats));
            return floats;
        }

        @Override
        public void close() {
            ports.values().forEach(buffer -> buffer.arena().close());
            ports.clear();
        }
    }
}
