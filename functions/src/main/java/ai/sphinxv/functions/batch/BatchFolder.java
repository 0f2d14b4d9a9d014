package ai.sphinxv.functions.batch;

import static java.util.Objects.requireNonNull;

import ai.sphinxv.functions.ask.UnknownFileException;
import ai.sphinxv.functions.batch.Batch.Counts;
import ai.sphinxv.functions.batch.Batch.Status;
import ai.sphinxv.functions.store.ResultLog;
import ai.sphinxv.functions.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A batch as it is kept: what it is, its questions, its results so far, how far it is, and whether it is to end. Replicas that
 * see the same store see the same batch.
 */
record BatchFolder(Store folder, ObjectMapper json) {
    private static final Pattern ID = Pattern.compile("batch_[0-9a-f]{32}");
    private static final String BATCHES = "batches";
    private static final String DESCRIPTION = "batch.json";
    private static final String QUESTIONS = "input.jsonl";
    private static final String PROGRESS = "progress.json";
    private static final String CANCEL = "cancel";
    private static final String RESULTS = "results.jsonl";

    /** @throws UnknownFileException if there is none of this id */
    static BatchFolder require(Store home, String id, ObjectMapper json) throws IOException {
        Store folder = home.in(BATCHES).in(ID.matcher(id).matches() ? id : "none");
        if (!folder.has(DESCRIPTION)) {
            throw new UnknownFileException("there is no batch of this id");
        }
        return new BatchFolder(folder, json);
    }

    /** Writes a new batch; it is there when its description is. */
    static BatchFolder create(Store home, Batch batch, Store.Content questions, ObjectMapper json) throws IOException {
        var made = new BatchFolder(home.in(BATCHES).in(batch.id), json);
        try {
            made.folder.write(QUESTIONS, questions);
            made.save(batch);
        } catch (IOException e) {
            made.delete(); // nobody else would
            throw e;
        }
        return made;
    }

    static int count(Store home) throws IOException {
        return home.in(BATCHES).stores().size();
    }

    /** Newest first. */
    static List<BatchFolder> all(Store home, ObjectMapper json) throws IOException {
        Store batches = home.in(BATCHES);
        List<BatchFolder> all = new ArrayList<>();
        var created = new HashMap<BatchFolder, Instant>();
        for (String id : batches.stores()) {
            var batch = new BatchFolder(batches.in(id), json);
            if (batch.folder.has(DESCRIPTION)) {
                all.add(batch);
                created.put(batch, batch.folder.written(QUESTIONS).orElse(Instant.EPOCH));
            }
        }
        all.sort(Comparator.comparing((BatchFolder batch) -> requireNonNull(created.get(batch)))
                .reversed());
        return all;
    }

    /** As it is now: with what a run that goes on has done, and whether it was asked to end. */
    Batch read() throws IOException {
        Batch batch = saved();
        if (batch.status.isFinal()) {
            return batch;
        }
        if (folder.has(PROGRESS)) {
            batch.requestCounts = json.readValue(folder.read(PROGRESS), Counts.class);
        }
        Optional<Instant> cancelled = cancelled();
        if (cancelled.isPresent()) {
            batch.become(Status.CANCELLING, cancelled.get());
        }
        return batch;
    }

    Batch saved() throws IOException {
        return json.readValue(folder.read(DESCRIPTION), Batch.class);
    }

    void save(Batch batch) throws IOException {
        folder.write(DESCRIPTION, out -> out.write(json.writeValueAsBytes(batch)));
    }

    /** How far it is; the results themselves say it again after a kill. */
    void tell(Counts counts) throws IOException {
        folder.write(PROGRESS, out -> out.write(json.writeValueAsBytes(counts)));
    }

    void askToEnd() throws IOException {
        if (!isCancelled()) {
            folder.write(CANCEL, out -> {});
        }
    }

    /** What it is goes first: what is left after a kill is no batch. */
    void delete() throws IOException {
        folder.delete(DESCRIPTION);
        folder.deleteAll();
    }

    boolean isCancelled() throws IOException {
        return cancelled().isPresent();
    }

    /** When it was asked to end, if it was. */
    Optional<Instant> cancelled() throws IOException {
        return folder.written(CANCEL);
    }

    Lines questions() throws IOException {
        return new Lines(folder.open(QUESTIONS));
    }

    /** Opens the results, to go on with them. */
    ResultLog log(Consumer<JsonNode> whole) throws IOException {
        return folder.log(RESULTS, json, whole);
    }

    Lines results() throws IOException {
        return new Lines(folder.lines(RESULTS));
    }
}
