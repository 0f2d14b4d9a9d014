package ai.sphinxv.functions.start;

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
        Quarkus.run(arguments);
    }
}
