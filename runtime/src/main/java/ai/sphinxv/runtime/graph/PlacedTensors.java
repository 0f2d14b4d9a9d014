package ai.sphinxv.runtime.graph;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tensors over memory of any device, which ONNX Runtime's Java API cannot make and takes all the same. The C API of the
 * library that Java has loaded makes them; its functions stand in a table to which new versions only append.
 */
final class PlacedTensors {
    private static final String LIBRARY = "libonnxruntime.so.1";
    private static final int OLDEST_VERSION = 1; // of the table: all that is called here has been there since

    private static final int GET_ERROR_MESSAGE = 2;
    private static final int CREATE_TENSOR_WITH_DATA = 49;
    private static final int CREATE_MEMORY_INFO = 68;
    private static final int RELEASE_STATUS = 93;

    private static final int DEVICE_ALLOCATOR = 0;
    private static final int DEVICE = 0;
    private static final int DEFAULT_MEMORY = 0;

    private static final PlacedTensors API = new PlacedTensors();

    private final MethodHandle errorMessage;
    private final MethodHandle releaseStatus;
    private final MethodHandle createMemoryInfo;
    private final MethodHandle createTensor;
    private final MethodHandle tensor;
    private final MethodHandle info;
    private final ConcurrentHashMap<String, MemorySegment> memories = new ConcurrentHashMap<>();

    private PlacedTensors() {
        QuietEnvironment.get(); // loads the library
        MemorySegment table = table();
        errorMessage = function(table, GET_ERROR_MESSAGE, FunctionDescriptor.of(ADDRESS, ADDRESS));
        releaseStatus = function(table, RELEASE_STATUS, FunctionDescriptor.ofVoid(ADDRESS));
        createMemoryInfo = function(
                table,
                CREATE_MEMORY_INFO,
                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
        createTensor = function(
                table,
                CREATE_TENSOR_WITH_DATA,
                FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS));
        try {
            var tensors = MethodHandles.privateLookupIn(OnnxTensor.class, MethodHandles.lookup());
            tensor = tensors.findConstructor(
                    OnnxTensor.class, MethodType.methodType(void.class, long.class, long.class, TensorInfo.class));
            var infos = MethodHandles.privateLookupIn(TensorInfo.class, MethodHandles.lookup());
            info = infos.findConstructor(
                    TensorInfo.class,
                    MethodType.methodType(void.class, long[].class, OnnxJavaType.class, OnnxTensorType.class));
        } catch (ReflectiveOperationException e) {
            throw new GraphException("this version of ONNX Runtime for Java makes tensors otherwise: " + e, e);
        }
    }

    /**
     * A tensor whose numbers these bytes are. Close it before they go.
     *
     * @param device what ONNX Runtime calls it: Cpu, Cuda
     */
    static OnnxTensor tensor(String device, MemorySegment bytes, OnnxJavaType type, long... shape) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ADDRESS);
            MemorySegment memory = API.memories.computeIfAbsent(device, API::memory);
            API.check((MemorySegment) API.createTensor.invokeExact(
                    memory,
                    bytes,
                    bytes.byteSize(),
                    arena.allocateFrom(JAVA_LONG, shape),
                    (long) shape.length,
                    element(type),
                    value));
            var about = (TensorInfo) API.info.invokeExact(shape, type, described(type));
            return (OnnxTensor) API.tensor.invokeExact(value.get(JAVA_LONG, 0), 0L, about);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native call throws nothing", e);
        }
    }

    /** The C API's number of a type; Java's has others. */
    private static int element(OnnxJavaType type) {
        return switch (type) {
            case FLOAT -> 1;
            case FLOAT16 -> 10;
            default -> throw new IllegalArgumentException("keys and values are not kept as " + type);
        };
    }

    private static OnnxTensorType described(OnnxJavaType type) {
        return type == OnnxJavaType.FLOAT
                ? OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT
                : OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16;
    }

    /** What describes a device's memory; it lives as long as the process. */
    private MemorySegment memory(String device) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment made = arena.allocate(ADDRESS);
            check((MemorySegment) createMemoryInfo.invokeExact(
                    arena.allocateFrom(device), DEVICE_ALLOCATOR, DEVICE, DEFAULT_MEMORY, made));
            return made.get(ADDRESS, 0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native call throws nothing", e);
        }
    }

    private void check(MemorySegment status) throws Throwable {
        if (status.address() != 0) {
            var message = (MemorySegment) errorMessage.invokeExact(status);
            String text = message.reinterpret(Long.MAX_VALUE).getString(0);
            releaseStatus.invokeExact(status);
            throw new GraphException("ONNX Runtime makes no tensor: " + text);
        }
    }

    /** OrtGetApiBase()->GetApi(version). */
    private static MemorySegment table() {
        var library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        try {
            var base = (MemorySegment) Linker.nativeLinker()
                    .downcallHandle(library.findOrThrow("OrtGetApiBase"), FunctionDescriptor.of(ADDRESS))
                    .invokeExact();
            MemorySegment getApi = base.reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
            return (MemorySegment) Linker.nativeLinker()
                    .downcallHandle(getApi, FunctionDescriptor.of(ADDRESS, JAVA_INT))
                    .invokeExact(OLDEST_VERSION);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native call throws nothing", e);
        }
    }

    private static MethodHandle function(MemorySegment table, int index, FunctionDescriptor shape) {
        long size = ADDRESS.byteSize();
        MemorySegment address = table.reinterpret((RELEASE_STATUS + 1) * size).get(ADDRESS, index * size);
        return Linker.nativeLinker().downcallHandle(address, shape);
    }
}
