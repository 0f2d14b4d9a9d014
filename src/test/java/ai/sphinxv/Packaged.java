package ai.sphinxv;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged application in a process of its own. */
final class Packaged {
    private Packaged() {}

    /**
     * @param log gets all that it prints
     * @param options of the JVM
     */
    static Process start(Path log, String... options) throws IOException {
        return start(List.of(), log, options);
    }

    /** @param around a command that takes another's words as its last and becomes that one */
    static Process start(List<String> around, Path log, String... options) throws IOException {
        List<String> command = new ArrayList<>(around);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", "../../functions/target/quarkus-app/quarkus-run.jar"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Whether it ends by itself in time; it ends anyway. */
    static boolean end(Process process, int seconds) throws InterruptedException {
        if (process.waitFor(seconds, TimeUnit.SECONDS)) {
            return true;
        }
        process.destroyForcibly();
        return false;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
