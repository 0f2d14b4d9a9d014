package ai.sphinxv.runtime.graph;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** Buffers outside the heap that ONNX Runtime reads and writes in place, and that go when their arena is closed. */
final class NativeBuffers {
    private static final long CACHE_LINE = 64;

    private NativeBuffers() {}

    /** So many float zeros. */
    static MemorySegment segment(Arena arena, long count) {
        return arena.allocate(count * ValueLayout.JAVA_FLOAT.byteSize(), CACHE_LINE);
    }

    /** The same, as a buffer. */
    static FloatBuffer floats(Arena arena, long count) {
        return floats(segment(arena, count));
    }

    /** The segment's numbers. */
    static FloatBuffer floats(MemorySegment segment) {
        return segment.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** So many zeros. */
    static IntBuffer integers(Arena arena, long count) {
        return arena.allocate(ValueLayout.JAVA_INT, count)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
    }
}
