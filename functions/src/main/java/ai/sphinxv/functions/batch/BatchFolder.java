package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.ask.UnknownFileException;
import ai.sphinxv.functions.batch.Batch.Counts;
import ai.sphinxv.functions.batch.Batch.Status;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A batch on the disk: what it is, its questions, its results so far, how far it is, and whether it is to end. Replicas that
 * see the same folder see the same batch.
 */
record BatchFolder(Path folder, ObjectMapper json) {
    private static final Pattern ID = Pattern.compile("batch_[0-9a-f]{32}");

    /** @throws UnknownFileException if there is none of this id */
    static BatchFolder require(Path home, String id, ObjectMapper json) {
        Path folder = home.resolve("batches").resolve(ID.matcher(id).matches() ? id : "none");
        if (!Files.isRegularFile(folder.resolve("batch.json"))) {
            throw new UnknownFileException("there is no batch of this id");
        }
        return new BatchFolder(folder, json);
    }

    /** Writes a new batch; it is there when its description is. */
    static BatchFolder create(Path home, Batch batch, Path questions, ObjectMapper json) throws IOException {
        var made =
                new BatchFolder(Files.createDirectories(home.resolve("batches").resolve(batch.id)), json);
        try {
            DurableFile.write(made.questions(), out -> Files.copy(questions, out));
            made.save(batch);
        } catch (IOException e) {
            Files.deleteIfExists(made.questions()); // without a description nobody could
            Files.delete(made.folder);
            throw e;
        }
        return made;
    }

    /** Newest first. */
    static List<BatchFolder> all(Path home, ObjectMapper json) throws IOException {
        Path batches = home.resolve("batches");
        if (!Files.isDirectory(batches)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(batches)) {
            List<BatchFolder> all = new ArrayList<>();
            for (Path folder : folders.toList()) {
                if (Files.isRegularFile(folder.resolve("batch.json"))) {
                    all.add(new BatchFolder(folder, json));
                }
            }
            all.sort(
                    Comparator.comparing((BatchFolder batch) -> batch.created()).reversed());
            return all;
        }
    }

    /** As it is now: with what a run that goes on has done, and whether it was asked to end. */
    Batch read() throws IOException {
        Batch batch = saved();
        if (batch.status.isFinal()) {
            return batch;
        }
        if (Files.isRegularFile(progress())) {
            batch.requestCounts = json.readValue(progress().toFile(), Counts.class);
        }
        if (isCancelled()) {
            batch.become(Status.CANCELLING, Files.getLastModifiedTime(cancel()).toInstant());
        }
        return batch;
    }

    Batch saved() throws IOException {
        return json.readValue(folder.resolve("batch.json").toFile(), Batch.class);
    }

    void save(Batch batch) throws IOException {
        DurableFile.write(folder.resolve("batch.json"), out -> out.write(json.writeValueAsBytes(batch)));
    }

    /** How far it is; the results themselves say it again after a kill. */
    void tell(Counts counts) throws IOException {
        DurableFile.write(progress(), out -> out.write(json.writeValueAsBytes(counts)));
    }

    void askToEnd() throws IOException {
        if (!isCancelled()) {
            DurableFile.write(cancel(), out -> {});
        }
    }

    /** What it is goes first: what is left after a kill is no batch. */
    void delete() throws IOException {
        Files.delete(folder.resolve("batch.json"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    boolean isCancelled() {
        return Files.exists(cancel());
    }

    Path questions() {
        return folder.resolve("input.jsonl");
    }

    Path results() {
        return folder.resolve("results.jsonl");
    }

    private Path progress() {
        return folder.resolve("progress.json");
    }

    private Path cancel() {
        return folder.resolve("cancel");
    }

    private Instant created() {
        try {
            return Files.getLastModifiedTime(questions()).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }
}
