package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.lang.foreign.MemorySegment;

/** Where keys and values lie: beside the processor that reads them, so that they never cross the bus. Owns what it gives. */
sealed interface KvMemory extends AutoCloseable permits HostMemory, CudaMemory {

    static KvMemory of(Provider provider) {
        return provider == Provider.CPU ? new HostMemory() : new CudaMemory();
    }

    /**
     * So many zeros.
     *
     * @throws GraphException if there is not so much
     */
    MemorySegment allocate(long bytes);

    /** Copies rows of bytes that begin so many bytes apart, here and there. */
    void copy(MemorySegment from, MemorySegment to, long apart, long row, int rows);

    /** Copies rows of bytes that begin so many bytes apart into one array, row after row. */
    void read(MemorySegment from, long apart, byte[] rows, int row);

    /** Copies rows of bytes to where they begin so many bytes apart. */
    void write(byte[] rows, int row, MemorySegment to, long apart);

    /** A tensor whose numbers these bytes are. */
    OnnxTensor tensor(MemorySegment bytes, OnnxJavaType type, long... shape) throws OrtException;

    @Override
    void close();
}
