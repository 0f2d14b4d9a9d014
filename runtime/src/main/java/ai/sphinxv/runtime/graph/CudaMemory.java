package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Memory of the first CUDA device. Its addresses mean nothing here: only CUDA and ONNX Runtime go there. */
final class CudaMemory implements KvMemory {
    private final List<MemorySegment> allocated = new ArrayList<>();

    @Override
    public MemorySegment allocate(long bytes) {
        MemorySegment memory = Cuda.allocate(bytes);
        allocated.add(memory);
        return memory;
    }

    @Override
    public void copy(MemorySegment from, MemorySegment to, long apart, long row, int rows) {
        Cuda.copyRows(to, apart, from, apart, row, rows);
    }

    @Override
    public void read(MemorySegment from, long apart, byte[] rows, int row) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment here = arena.allocate(rows.length);
            Cuda.copyRows(here, row, from, apart, row, rows.length / row);
            MemorySegment.copy(here, ValueLayout.JAVA_BYTE, 0, rows, 0, rows.length);
        }
    }

    @Override
    public void write(byte[] rows, int row, MemorySegment to, long apart) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment here = arena.allocate(rows.length);
            MemorySegment.copy(rows, 0, here, ValueLayout.JAVA_BYTE, 0, rows.length);
            Cuda.copyRows(to, apart, here, row, row, rows.length / row);
        }
    }

    @Override
    public OnnxTensor tensor(MemorySegment bytes, OnnxJavaType type, long... shape) {
        return PlacedTensors.tensor("Cuda", bytes, type, shape);
    }

    @Override
    public void close() {
        allocated.forEach(Cuda::free);
        allocated.clear();
    }
}
