package ai.sphinxv.runtime.graph;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The few calls of CUDA's runtime that keys and values need. ONNX Runtime's CUDA provider has loaded the library, or is
 * not there. Every copy is waited for: ONNX Runtime computes on a stream of its own, which does not wait for others.
 */
final class Cuda {
    /** What ONNX Runtime {@code onnxruntime_gpu} 1.29 is built against. */
    private static final String LIBRARY = "libcudart.so.12";

    private static final int BY_ADDRESS = 4; // cudaMemcpyDefault: the addresses tell which way

    private final MethodHandle malloc = function("cudaMalloc", ADDRESS, JAVA_LONG);
    private final MethodHandle free = function("cudaFree", ADDRESS);
    private final MethodHandle set = function("cudaMemset", ADDRESS, JAVA_INT, JAVA_LONG);
    private final MethodHandle copyRows =
            function("cudaMemcpy2D", ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private final MethodHandle await = function("cudaDeviceSynchronize");
    private final MethodHandle reason = Linker.nativeLinker()
            .downcallHandle(symbol("cudaGetErrorString"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Cuda() {}

    private static final class Library {
        private static final Cuda CUDA = new Cuda();
    }

    /** So many bytes of zeros on the device. */
    static MemorySegment allocate(long bytes) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(ADDRESS);
            call(library().malloc, "%,d bytes on the CUDA device".formatted(bytes), address, bytes);
            MemorySegment memory = address.get(ADDRESS, 0).reinterpret(bytes);
            call(library().set, "clearing memory", memory, 0, bytes);
            call(library().await, "clearing memory");
            return memory;
        }
    }

    static void free(MemorySegment memory) {
        call(library().free, "giving memory back", memory);
    }

    /** Rows of {@code width} bytes that begin so far apart here and there. */
    static void copyRows(MemorySegment to, long toApart, MemorySegment from, long fromApart, long width, long rows) {
        call(library().copyRows, "a copy of rows", to, toApart, from, fromApart, width, rows, BY_ADDRESS);
        call(library().await, "a copy of rows");
    }

    private static Cuda library() {
        try {
            return Library.CUDA;
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) { // the first to ask, and those after it
            throw new GraphException(LIBRARY + " cannot be used for keys and values: " + e.getCause(), e);
        }
    }

    private static void call(MethodHandle function, String what, Object... arguments) {
        try {
            int error = (int) function.invokeWithArguments(arguments);
            if (error != 0) {
                var text = (MemorySegment) library().reason.invokeExact(error);
                throw new GraphException("CUDA refuses %s: %s"
                        .formatted(what, text.reinterpret(Long.MAX_VALUE).getString(0)));
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native call throws nothing", e);
        }
    }

    private static MethodHandle function(String name, MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(symbol(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MemorySegment symbol(String name) {
        return SymbolLookup.libraryLookup(LIBRARY, Arena.global()).findOrThrow(name);
    }
}
