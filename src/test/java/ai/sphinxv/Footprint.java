package ai.sphinxv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a running process takes of its machine, as Linux has it under {@code /proc}.
 *
 * @param resident kilobytes of memory
 * @param files open files and sockets
 */
record Footprint(long resident, int threads, int files) {

    /** Whether this system tells. */
    static boolean isTold() {
        return Files.exists(Path.of("/proc/self/status"));
    }

    static Footprint of(Process process) throws IOException {
        Path home = Path.of("/proc", String.valueOf(process.pid()));
        String status = Files.readString(home.resolve("status"));
        try (Stream<Path> files = Files.list(home.resolve("fd"))) {
            return new Footprint(number(status, "VmRSS:"), (int) number(status, "Threads:"), (int) files.count());
        }
    }

    private static long number(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }
}
