package ai.sphinxv.runtime.graph;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** Buffers outside the heap that ONNX Runtime reads and writes in place, and that go when their arena is closed. */
final class NativeBuffers {
    private static final long CACHE_LINE = 64;

    private NativeBuffers() {}

    /** Zeros. */
    static FloatBuffer floats(Arena arena, long count) {
        return arena.allocate(count * ValueLayout.JAVA_FLOAT.byteSize(), CACHE_LINE)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** One zero. */
    static IntBuffer integer(Arena arena) {
        return arena.allocate(ValueLayout.JAVA_INT)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
    }
}
