package ai.sphinxv.training.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.training.source.Dataset;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportJobTest {
    private static final int MANY = 100_000;
    private static final PrintStream QUIET =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void whatAKilledImportHadOnTheDiskIsGoneAfterTheNextAndTheOldFileStaysUntilThen() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out")).resolve("coco.jsonl");
        Files.writeString(out, "of an earlier import");
        killOnceItWrites(write(MANY), out, folder.resolve("out"));

        assertThat(out).hasContent("of an earlier import");
        assertThat(names(folder.resolve("out"))).hasSize(2);

        ImportJob.run(Dataset.COCO, write(3), out, Optional.empty(), QUIET);

        assertThat(names(folder.resolve("out"))).containsExactly("coco.jsonl");
        assertThat(Files.readAllLines(out)).hasSize(3);
    }

    /** A picture with one box each. */
    private Path write(int pictures) throws IOException {
        Path file = folder.resolve(pictures + ".json");
        try (var out = Files.newBufferedWriter(file)) {
            out.write("{\"categories\": [{\"id\": 1, \"name\": \"cat\"}], \"images\": [");
            for (int i = 0; i < pictures; i++) {
                out.write("%s{\"id\": %d, \"file_name\": \"%d.jpg\", \"width\": 64, \"height\": 48}%n"
                        .formatted(i == 0 ? "" : ",", i, i));
            }
            out.write("], \"annotations\": [");
            for (int i = 0; i < pictures; i++) {
                out.write("%s{\"id\": %d, \"image_id\": %d, \"category_id\": 1, \"bbox\": [1, 2, 30, 20]}%n"
                        .formatted(i == 0 ? "" : ",", i, i));
            }
            out.write("]}");
        }
        return file;
    }

    /** A second process and SIGKILL. */
    private static void killOnceItWrites(Path from, Path out, Path beside) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DataMain.class.getName(),
                        "import",
                        "coco",
                        from.toString(),
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            while (process.isAlive() && count(beside) < 5) {
                Thread.onSpinWait();
            }
            assertThat(process.isAlive()).as("still at work").isTrue();
        } finally {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** The folder, the old file, the import's own folder, its lock: whatever is more is work. */
    private static long count(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.count();
        } catch (IOException | UncheckedIOException e) { // a file went meanwhile
            return 0;
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
