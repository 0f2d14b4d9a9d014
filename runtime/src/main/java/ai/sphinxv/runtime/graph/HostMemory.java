package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Main memory outside the heap. */
final class HostMemory implements KvMemory {
    private final Arena arena = Arena.ofShared(); // answers on different threads use it one after the other

    @Override
    public MemorySegment allocate(long bytes) {
        try {
            return NativeBuffers.untouched(arena, bytes);
        } catch (OutOfMemoryError e) {
            throw new GraphException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void copy(MemorySegment from, MemorySegment to, long apart, long row, int rows) {
        for (int i = 0; i < rows; i++) {
            MemorySegment.copy(from, i * apart, to, i * apart, row);
        }
    }

    @Override
    public void read(MemorySegment from, long apart, byte[] rows, int row) {
        for (int i = 0; i < rows.length / row; i++) {
            MemorySegment.copy(from, ValueLayout.JAVA_BYTE, i * apart, rows, i * row, row);
        }
    }

    @Override
    public void write(byte[] rows, int row, MemorySegment to, long apart) {
        for (int i = 0; i < rows.length / row; i++) {
            MemorySegment.copy(rows, i * row, to, ValueLayout.JAVA_BYTE, i * apart, row);
        }
    }

    @Override
    public OnnxTensor tensor(MemorySegment bytes, OnnxJavaType type, long... shape) throws OrtException {
        var buffer = bytes.asByteBuffer().order(ByteOrder.nativeOrder());
        return OnnxTensor.createTensor(QuietEnvironment.get(), buffer, shape, type);
    }

    @Override
    public void close() {
        arena.close();
    }
}
