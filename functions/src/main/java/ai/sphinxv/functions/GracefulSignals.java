package ai.sphinxv.functions;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * Ends the application, and only then the virtual machine. By default SIGTERM runs all shutdown hooks at once, and ONNX
 * Runtime's own hook frees its environment under a running answer, or under a model that is being opened, which crashes
 * the process. Through Quarkus' exit the start and the answers end first.
 */
@Singleton
public class GracefulSignals {
    private static final int SIGNALLED = 128;

    private static final AtomicInteger EXIT = new AtomicInteger();

    /** Hears them from now on: before ONNX Runtime is there. */
    @SuppressWarnings("sunapi") // the JDK has no other way to hear a signal before the hooks run
    public static void listen() {
        if (LaunchMode.current() != LaunchMode.NORMAL) {
            return;
        }
        for (String name : List.of("TERM", "INT")) {
            Signal.handle(new Signal(name), signal -> {
                EXIT.set(SIGNALLED + signal.getNumber());
                Quarkus.asyncExit(EXIT.get());
            });
        }
    }

    /** Not everything that starts this application is Start; and Quarkus forgets a wish to exit that came before it began. */
    void start(@Observes StartupEvent event) {
        listen();
        if (EXIT.get() != 0) {
            Quarkus.asyncExit(EXIT.get());
        }
    }
}
