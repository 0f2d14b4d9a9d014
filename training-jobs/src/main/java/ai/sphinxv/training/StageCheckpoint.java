package ai.sphinxv.training;

import ai.sphinxv.training.files.WholeFile;
import ai.sphinxv.training.torch.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The parameters after a stage, {@code after-STAGE.safetensors} in a run's folder, and their digest beside them: bits that
 * turned on a disk would train on unnoticed.
 */
final class StageCheckpoint {
    private static final String DIGEST = ".sha256";

    private StageCheckpoint() {}

    static Path file(Stage stage, Path run) {
        return run.resolve("after-%s.safetensors".formatted(stage.word()));
    }

    /** Whether the stage is done; not whether its file is still as it was. */
    static boolean isThere(Stage stage, Path run) {
        return Files.exists(file(stage, run)) && Files.exists(digestOf(stage, run));
    }

    /** The digest last: without it the stage is not done. */
    static void write(Stage stage, Path run, Parameters parameters) throws IOException {
        Files.deleteIfExists(digestOf(stage, run));
        parameters.write(file(stage, run), name -> true);
        WholeFile.write(digestOf(stage, run), digest(file(stage, run)).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Looks at the newest; if it is not as it was written, says so, forgets that its stage is done, and looks at the one before.
     */
    static void dropDamaged(Path run, PrintStream out) throws IOException {
        for (Stage stage : List.of(Stage.values()).reversed()) {
            if (!isThere(stage, run)) {
                continue;
            }
            Path file = file(stage, run);
            if (Files.readString(digestOf(stage, run)).equals(digest(file))) {
                return;
            }
            out.printf("%s is not as it was written: the stage is learned again%n", file);
            Files.delete(digestOf(stage, run));
        }
    }

    private static Path digestOf(Stage stage, Path run) {
        Path file = file(stage, run);
        return file.resolveSibling(file.getFileName() + DIGEST);
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var digested = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
