package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.Measured;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.batch.Batch.Counts;
import ai.sphinxv.functions.batch.Batch.Mistake;
import ai.sphinxv.functions.batch.Batch.Mistakes;
import ai.sphinxv.functions.batch.Batch.Status;
import ai.sphinxv.functions.batch.BatchLine.Result;
import ai.sphinxv.functions.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Takes a batch from where it stands to its end. Whatever ends the process meanwhile, the next run goes on behind the last
 * whole result, and a finished batch has one result for each custom_id.
 */
@Singleton
class BatchRun {
    private static final int MOST_MISTAKES = 100;

    /** Whom the lines are put to. */
    interface Asking {
        /** @throws BusyException if there is no turn now */
        Result ask(Store home, String batch, int number, BatchLine item);
    }

    private final int mostItems;
    private final FileStore files;
    private final Asking asking;
    private final InstantSource clock;
    private final ObjectMapper json;

    @Inject
    BatchRun(SphinxConfig config, FileStore files, BatchAnswers answers, Measured measured, ObjectMapper json) {
        this(
                config,
                files,
                (home, batch, number, item) -> {
                    Result result = answers.ask(home, batch, number, item);
                    measured.batchItem(result.response().status());
                    return result;
                },
                InstantSource.system(),
                json);
    }

    BatchRun(SphinxConfig config, FileStore files, Asking asking, InstantSource clock, ObjectMapper json) {
        this.mostItems = config.batch().items();
        this.files = files;
        this.asking = asking;
        this.clock = clock;
        this.json = json;
    }

    /**
     * Only under the batch's lock.
     *
     * @throws BusyException if there is no turn now; what is answered stays
     */
    void run(Store home, BatchFolder folder) throws IOException {
        Batch batch = folder.saved();
        if (batch.status == Status.VALIDATING) {
            validate(batch, folder);
        }
        if (batch.status == Status.IN_PROGRESS) {
            answer(home, batch, folder);
            batch.become(Status.FINALIZING, clock.instant());
            folder.save(batch);
        }
        if (batch.status == Status.FINALIZING) {
            finish(home, batch, folder);
        }
    }

    private void validate(Batch batch, BatchFolder folder) throws IOException {
        List<Mistake> mistakes = new ArrayList<>();
        var ids = new HashSet<String>();
        try (Lines lines = folder.questions()) {
            while (lines.next()) {
                try {
                    String line = lines.text();
                    if (!line.isBlank() && !ids.add(BatchLine.read(line, json).id())) {
                        mistakes.add(new Mistake("duplicate_custom_id", "the custom_id came before", lines.number()));
                    }
                } catch (InvalidRequestException e) {
                    mistakes.add(new Mistake("invalid_line", String.valueOf(e.getMessage()), lines.number()));
                }
                if (mistakes.size() == MOST_MISTAKES || ids.size() > mostItems) {
                    break;
                }
            }
        } catch (NoSuchFileException e) { // of a batch that was refused, and deleted in part when the power failed
            mistakes.add(new Mistake("no_file", "the questions are not kept any more: upload them again", null));
        }
        if (ids.size() > mostItems) {
            mistakes.add(new Mistake("too_many_items", "a batch has at most %d items".formatted(mostItems), null));
        } else if (ids.isEmpty() && mistakes.isEmpty()) {
            mistakes.add(new Mistake("empty_file", "the file has no items", null));
        }
        if (mistakes.isEmpty()) {
            batch.requestCounts = new Counts(ids.size(), 0, 0);
            batch.become(Status.IN_PROGRESS, clock.instant());
        } else {
            batch.errors = new Mistakes("list", mistakes);
            batch.become(Status.FAILED, clock.instant());
        }
        folder.save(batch);
    }

    /** Answers what has no result yet, until it is cancelled or its time is over. */
    private void answer(Store home, Batch batch, BatchFolder folder) throws IOException {
        var tally = new Tally(batch.requestCounts.total());
        try (var log = folder.log(result -> tally.add(status(result)));
                Lines lines = folder.questions()) {
            while (lines.next()) {
                String line = lines.text();
                if (line.isBlank()) {
                    continue;
                }
                BatchLine item = BatchLine.read(line, json);
                if (log.has(item.id())) {
                    continue;
                }
                if (folder.isCancelled() || batch.isOver(clock.instant())) {
                    return;
                }
                Result result = asking.ask(home, batch.id, lines.number(), item);
                log.append(item.id(), result);
                tally.add(result.response().status());
                folder.tell(tally.counts());
            }
        }
    }

    /** Counts results. */
    private static final class Tally {
        private final int total;
        private int completed;
        private int failed;

        Tally(int total) {
            this.total = total;
        }

        void add(int status) {
            if (status == 200) {
                completed++;
            } else {
                failed++;
            }
        }

        Counts counts() {
            return new Counts(total, completed, failed);
        }
    }

    private static int status(JsonNode result) {
        return result.path("response").path("status_code").asInt();
    }

    /** Results become files, each under an id that is the batch's own: done again it is the same. */
    private void finish(Store home, Batch batch, BatchFolder folder) throws IOException {
        var tally = new Tally(batch.requestCounts.total());
        folder.log(result -> tally.add(status(result))).close();
        Counts counts = tally.counts();
        String name = batch.id.replaceFirst("batch_", "file-");
        if (counts.completed() > 0) {
            batch.outputFileId = name + "-output";
            put(home, batch.outputFileId, batch.id + "_output.jsonl", folder, status -> status == 200);
        }
        if (counts.failed() > 0) {
            batch.errorFileId = name + "-error";
            put(home, batch.errorFileId, batch.id + "_error.jsonl", folder, status -> status != 200);
        }
        batch.requestCounts = counts;
        folder.cancelled().ifPresent(asked -> batch.cancellingAt = asked.getEpochSecond());
        batch.become(end(counts, folder), clock.instant());
        folder.save(batch);
    }

    private static Status end(Counts counts, BatchFolder folder) throws IOException {
        if (counts.completed() + counts.failed() == counts.total()) {
            return Status.COMPLETED;
        }
        return folder.isCancelled() ? Status.CANCELLED : Status.EXPIRED;
    }

    private void put(Store home, String id, String name, BatchFolder folder, IntPredicate wanted) throws IOException {
        files.put(home, id, name, "batch_output", out -> copy(folder, out, wanted));
    }

    private void copy(BatchFolder folder, OutputStream out, IntPredicate wanted) throws IOException {
        try (Lines lines = folder.results()) {
            while (lines.next()) {
                String line = lines.text();
                if (wanted.test(status(json.readTree(line)))) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }
}
