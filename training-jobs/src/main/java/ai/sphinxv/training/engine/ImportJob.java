package ai.sphinxv.training.engine;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import ai.sphinxv.runtime.bundle.ProcessFolder;
import ai.sphinxv.training.files.WholeFile;
import ai.sphinxv.training.source.Dataset;
import ai.sphinxv.training.source.Intake;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** From a dataset's own form to annotation lines, one file, whole or not at all. */
final class ImportJob {
    private ImportJob() {}

    static Intake.Counts run(Dataset dataset, Path from, Path out, Optional<Path> pictures, PrintStream log)
            throws IOException {
        if (!Files.exists(from)) {
            throw new IllegalArgumentException("%s is not there".formatted(from.toAbsolutePath()));
        }
        Path folder = Objects.requireNonNull(out.toAbsolutePath().getParent(), "every file is in a folder");
        Files.createDirectories(folder);
        var counts = new Intake.Counts[1];
        // beside the output: it needs as much room, and a killed import's is found by the next one
        try (var scratch = ProcessFolder.in(folder, ".sphinxv-import")) {
            Path lines = scratch.path().resolve("lines.jsonl");
            WholeFile.write(lines, stream -> {
                var intake = new Intake(scratch.path(), pictures, picture -> {
                    stream.write(picture.line().getBytes(StandardCharsets.UTF_8));
                    stream.write('\n');
                });
                dataset.read(from, intake);
                counts[0] = intake.close();
            });
            Files.move(lines, out, ATOMIC_MOVE);
        }
        log.printf(
                "%s: %d annotations in, %d kept on %d pictures%n",
                dataset.word(), counts[0].in(), counts[0].kept(), counts[0].pictures());
        counts[0].dropped().forEach((reason, count) -> log.printf("  dropped %d: %s%n", count, reason));
        return counts[0];
    }
}
