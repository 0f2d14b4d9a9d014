package ai.sphinxv.functions;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import sun.misc.Signal;

/**
 * Ends the application, and only then the virtual machine. By default SIGTERM runs all shutdown hooks at once, and ONNX
 * Runtime's own hook frees its environment under a running answer, which crashes the process. Through Quarkus' exit the
 * answers end first.
 */
@Singleton
class GracefulSignals {
    private static final int SIGNALLED = 128;

    @SuppressWarnings("sunapi") // the JDK has no other way to hear a signal before the hooks run
    void listen(@Observes StartupEvent event) {
        if (LaunchMode.current() != LaunchMode.NORMAL) {
            return;
        }
        for (String name : List.of("TERM", "INT")) {
            Signal.handle(new Signal(name), signal -> Quarkus.asyncExit(SIGNALLED + signal.getNumber()));
        }
    }
}
