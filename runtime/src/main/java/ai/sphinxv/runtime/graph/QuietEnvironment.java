package ai.sphinxv.runtime.graph;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OrtEnvironment;

/**
 * ONNX Runtime's environment, which tells nobody what it does. Since 1.29 the Linux library keeps a database in the home
 * folder and reports to its maker from the first session on, command line included; a command line of some thousand
 * characters, as a long class path makes it, ends the process there with a stack overflow. Only an environment variable
 * turns that off, before the library's environment is made.
 */
final class QuietEnvironment {
    private static final String SWITCH = "ORT_DISABLE_TELEMETRY";

    private static final Made MADE = make();

    private QuietEnvironment() {}

    private sealed interface Made {
        record Environment(OrtEnvironment environment) implements Made {}

        record Failure(Error why) implements Made {}
    }

    /** @throws Error what native code is missing; the JVM itself would tell only the first who asks */
    static OrtEnvironment get() {
        return switch (MADE) {
            case Made.Environment made -> made.environment();
            case Made.Failure failure -> throw failure.why();
        };
    }

    /** Makes it, or is left to {@link #get} to say why not. */
    static void prepare() {
        requireNonNull(MADE);
    }

    private static Made make() {
        try {
            ProcessEnvironment.setIfAbsent(SWITCH, "1"); // Windows has no setenv, and no such telemetry switch either
            return new Made.Environment(NativeLibrary.load());
        } catch (LinkageError e) {
            return new Made.Failure(e);
        }
    }
}
