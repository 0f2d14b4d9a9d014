package ai.sphinxv.runtime.graph;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import ai.onnxruntime.OrtEnvironment;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * ONNX Runtime's environment, which tells nobody what it does. Since 1.29 the Linux library keeps a database in the home
 * folder and reports to its maker from the first session on, command line included; a command line of some thousand
 * characters, as a long class path makes it, ends the process there with a stack overflow. Only an environment variable
 * turns that off, before the library's environment is made.
 */
final class QuietEnvironment {
    private static final String SWITCH = "ORT_DISABLE_TELEMETRY";

    private QuietEnvironment() {}

    static synchronized OrtEnvironment get() {
        if (System.getenv(SWITCH) == null) {
            turnOff();
        }
        return OrtEnvironment.getEnvironment();
    }

    private static void turnOff() {
        Linker linker = Linker.nativeLinker();
        var setenv = linker.defaultLookup().find("setenv"); // Windows has none, and no such telemetry switch either
        if (setenv.isEmpty()) {
            return;
        }
        MethodHandle call =
                linker.downcallHandle(setenv.get(), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int failed = (int) call.invokeExact(arena.allocateFrom(SWITCH), arena.allocateFrom("1"), 1);
            if (failed != 0) {
                throw new GraphException("the environment variable %s could not be set".formatted(SWITCH));
            }
        } catch (GraphException e) {
            throw e;
        } catch (Throwable e) { // what a downcall declares
            throw new GraphException("ONNX Runtime's telemetry could not be turned off", e);
        }
    }
}
