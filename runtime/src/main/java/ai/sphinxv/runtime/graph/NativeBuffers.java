package ai.sphinxv.runtime.graph;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** Buffers outside the heap that ONNX Runtime reads and writes in place, and that go when their arena is closed. */
final class NativeBuffers {
    private static final long CACHE_LINE = 64;

    private static final MethodHandle CALLOC = call("calloc", FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle FREE = call("free", FunctionDescriptor.ofVoid(ADDRESS));

    private NativeBuffers() {}

    private static MethodHandle call(String name, FunctionDescriptor function) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), function);
    }

    /**
     * So many bytes of zeros, of which only those take memory that have been written: C's calloc gives pages that the system
     * fills when they are touched, where an arena touches all of them at once.
     *
     * @throws OutOfMemoryError if there are not even addresses for them
     */
    static MemorySegment untouched(Arena arena, long bytes) {
        MemorySegment start;
        try {
            start = (MemorySegment) CALLOC.invokeExact(1L, bytes + CACHE_LINE);
        } catch (Throwable e) { // what a downcall declares
            throw new IllegalStateException("calloc could not be called", e);
        }
        if (start.address() == 0) {
            throw new OutOfMemoryError("calloc gives no %,d bytes".formatted(bytes));
        }
        long toLine = -start.address() & CACHE_LINE - 1;
        return start.reinterpret(bytes + CACHE_LINE, arena, NativeBuffers::free).asSlice(toLine, bytes);
    }

    private static void free(MemorySegment start) {
        try {
            FREE.invokeExact(start);
        } catch (Throwable e) { // what a downcall declares
            throw new IllegalStateException("free could not be called", e);
        }
    }

    /** So many float zeros. */
    static FloatBuffer floats(Arena arena, long count) {
        return arena.allocate(count * ValueLayout.JAVA_FLOAT.byteSize(), CACHE_LINE)
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
