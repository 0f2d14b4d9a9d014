package ai.sphinxv.runtime.graph;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/** Variables of this process as native libraries see them: some take settings in no other way, and only before they load. */
public final class ProcessEnvironment {
    private ProcessEnvironment() {}

    /**
     * Sets a variable unless the process has it already.
     *
     * @return false where the platform's C library has no {@code setenv}
     * @throws IllegalStateException if it was refused
     */
    public static boolean setIfAbsent(String name, String value) {
        Linker linker = Linker.nativeLinker();
        var setenv = linker.defaultLookup().find("setenv");
        if (setenv.isEmpty()) {
            return false;
        }
        var call = linker.downcallHandle(setenv.get(), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        int failed;
        try (Arena arena = Arena.ofConfined()) {
            failed = (int) call.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 0);
        } catch (Throwable e) { // what a downcall declares
            throw new IllegalStateException("the environment variable " + name + " could not be set", e);
        }
        if (failed != 0) {
            throw new IllegalStateException("the environment variable " + name + " could not be set");
        }
        return true;
    }
}
