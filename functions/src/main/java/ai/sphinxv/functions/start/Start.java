package ai.sphinxv.functions.start;

import ai.sphinxv.functions.GracefulSignals;
import ai.sphinxv.runtime.SphinxV;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the application, or says which Java it needs: on an older one Quarkus ends without a word, since what logs is not up
 * yet. This class alone is compiled for Java 17, on which Quarkus itself gets as far as here.
 */
@QuarkusMain
public final class Start {
    private static final int JAVA = 25;

    public static void main(String[] arguments) {
        if (Runtime.version().feature() < JAVA) {
            System.err.printf(
                    "SPHINX-V runs on Java %d or newer, and this is Java %s of %s. Set JAVA_HOME to a newer one and start"
                            + " $JAVA_HOME/bin/java.%n",
                    JAVA, Runtime.version().feature(), System.getProperty("java.home"));
            System.exit(1);
        }
        GracefulSignals.listen();
        prepareModel();
        Quarkus.run(arguments);
    }

    /** While Quarkus reads its settings, which say which model it is, another core would have nothing to do. */
    private static void prepareModel() {
        System.getenv(); // the JVM copies it once; the library gets a variable of its own there
        var thread = new Thread(SphinxV::prepare, "prepare-model");
        thread.setDaemon(true);
        thread.start();
        // A process that ended amid native code would crash.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> join(thread), "await-prepare-model"));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
