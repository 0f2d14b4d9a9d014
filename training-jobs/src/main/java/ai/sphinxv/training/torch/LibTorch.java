package ai.sphinxv.training.torch;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import ai.sphinxv.runtime.graph.ProcessEnvironment;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads LibTorch with the settings that make it fast from Java. Each was measured: without them a model of five
 * million parameters learns 26 tokens a second on two cores, with them 5,900.
 */
public final class LibTorch {
    private static boolean started;

    private LibTorch() {}

    /**
     * Loads the library once for the process; later calls only set what follows.
     *
     * @throws IllegalStateException if there is no CUDA where nothing else was wanted
     */
    public static synchronized Processor start(int threads, Processor.Wanted wanted) {
        if (!started) {
            // libgomp must not spin between operations; only the environment before the load can tell it.
            if (!ProcessEnvironment.setIfAbsent("OMP_WAIT_POLICY", "PASSIVE")) {
                throw new IllegalStateException("LibTorch could not be prepared: there is no setenv here");
            }
            keepFreedMemory();
            Loader.load(torch.class);
            // OpenBLAS has threads of its own, unaware of OpenMP's, and both at once stand in each other's way.
            openblas_full.openblas_set_num_threads(1);
            started = true;
        }
        torch.set_num_threads(threads);
        Processor processor = wanted.here();
        // On this build's CPU kernels the plain attention is a quarter faster for whole steps than the flash one.
        torch.globalContext().setSDPUseFlash(processor == Processor.CUDA);
        // Its backward pass ends with an error where cuDNN is older than the one that LibTorch was built with.
        torch.globalContext().setSDPUseCuDNN(false);
        precise(false);
        return processor;
    }

    /**
     * Whether fp32 products are exact everywhere, or as fast as can be: by oneDNN, which may use bf16 where the CPU has
     * AMX, and in TF32 on CUDA. Parity checks want the first.
     */
    public static void precise(boolean precise) {
        torch.globalContext().setFloat32MatmulPrecision(precise ? "highest" : "medium");
    }

    /** glibc gives freed blocks back to the system at once, and a training step asks for the same ones again. */
    private static void keepFreedMemory() {
        var mallopt = Linker.nativeLinker().defaultLookup().find("mallopt");
        if (mallopt.isEmpty()) {
            return; // another C library: slower, not wrong
        }
        try {
            var set = Linker.nativeLinker()
                    .downcallHandle(mallopt.get(), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
            int trimThreshold = (int) set.invokeExact(-1, Integer.MAX_VALUE);
            int topPad = (int) set.invokeExact(-2, 1 << 28);
            int mmapThreshold = (int) set.invokeExact(-3, 1 << 30);
            if (trimThreshold + topPad + mmapThreshold < 3) {
                System.getLogger(LibTorch.class.getName())
                        .log(System.Logger.Level.DEBUG, "mallopt refused a setting; training will be slower");
            }
        } catch (Throwable e) {
            throw new IllegalStateException("LibTorch could not be prepared: " + e.getMessage(), e);
        }
    }
}
