package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OrtEnvironment;

/**
 * ONNX Runtime's environment, which tells nobody what it does. Since 1.29 the Linux library keeps a database in the home
 * folder and reports to its maker from the first session on, command line included; a command line of some thousand
 * characters, as a long class path makes it, ends the process there with a stack overflow. Only an environment variable
 * turns that off, before the library's environment is made.
 */
final class QuietEnvironment {
    private static final String SWITCH = "ORT_DISABLE_TELEMETRY";

    private static final OrtEnvironment ENVIRONMENT = make();

    private QuietEnvironment() {}

    static OrtEnvironment get() {
        return ENVIRONMENT;
    }

    private static OrtEnvironment make() {
        ProcessEnvironment.setIfAbsent(SWITCH, "1"); // Windows has no setenv, and no such telemetry switch either
        return NativeLibrary.load();
    }
}
