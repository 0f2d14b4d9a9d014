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

    /** So many zeros. */
    static MemorySegment bytes(Arena arena, long count) {
        return arena.allocate(count, CACHE_LINE);
    }

    /** So many float zeros. */
    static FloatBuffer floats(Arena arena, long count) {
        return bytes(arena, count * ValueLayout.JAVA_FLOAT.byteSize())
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** So many zeros. */
    static IntBuffer integers(Arena arena, long count) {
        return arena.allocate(ValueLayout.JAVA_INT, count)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
    }
}
