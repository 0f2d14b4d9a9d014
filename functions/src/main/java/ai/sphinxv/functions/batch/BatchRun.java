package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.Measured;
import ai.sphinxv.functions.ModelNotReadyException;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Problem;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.ask.TooLargeException;
import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.ask.UnderstandRequest;
import ai.sphinxv.functions.ask.Understanding;
import ai.sphinxv.functions.batch.Batch.Counts;
import ai.sphinxv.functions.batch.Batch.Mistake;
import ai.sphinxv.functions.batch.Batch.Mistakes;
import ai.sphinxv.functions.batch.Batch.Status;
import ai.sphinxv.functions.batch.BatchLine.Result;
import ai.sphinxv.functions.store.Store;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

    private final SphinxConfig config;
    private final FileStore files;
    private final Understanding understanding;
    private final Measured measured;
    private final ObjectMapper json;

    BatchRun(SphinxConfig config, FileStore files, Understanding understanding, Measured measured, ObjectMapper json) {
        this.config = config;
        this.files = files;
        this.understanding = understanding;
        this.measured = measured;
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
            batch.become(Status.FINALIZING, Instant.now());
            folder.save(batch);
        }
        if (batch.status == Status.FINALIZING) {
            finish(home, batch, folder);
        }
    }

    private void validate(Batch batch, BatchFolder folder) throws IOException {
        List<Mistake> mistakes = new ArrayList<>();
        var ids = new HashSet<String>();
        int number = 0;
        try (BufferedReader lines = folder.questions()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    if (!line.isBlank() && !ids.add(BatchLine.read(line, json).id())) {
                        mistakes.add(new Mistake("duplicate_custom_id", "the custom_id came before", number));
                    }
                } catch (InvalidRequestException e) {
                    mistakes.add(new Mistake("invalid_line", String.valueOf(e.getMessage()), number));
                }
                if (mistakes.size() == MOST_MISTAKES
                        || ids.size() > config.batch().items()) {
                    break;
                }
            }
        } catch (CharacterCodingException e) {
            mistakes.add(new Mistake("invalid_line", "the file is not UTF-8", number + 1));
        }
        if (ids.size() > config.batch().items()) {
            mistakes.add(new Mistake(
                    "too_many_items",
                    "a batch has at most %d items".formatted(config.batch().items()),
                    null));
        } else if (ids.isEmpty() && mistakes.isEmpty()) {
            mistakes.add(new Mistake("empty_file", "the file has no items", null));
        }
        if (mistakes.isEmpty()) {
            batch.requestCounts = new Counts(ids.size(), 0, 0);
            batch.become(Status.IN_PROGRESS, Instant.now());
        } else {
            batch.errors = new Mistakes("list", mistakes);
            batch.become(Status.FAILED, Instant.now());
        }
        folder.save(batch);
    }

    /** Answers what has no result yet, until it is cancelled or its time is over. */
    private void answer(Store home, Batch batch, BatchFolder folder) throws IOException {
        var tally = new Tally(batch.requestCounts.total());
        try (var log = folder.log(result -> tally.add(status(result)));
                BufferedReader lines = folder.questions()) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                BatchLine item = BatchLine.read(line, json);
                if (log.has(item.id())) {
                    continue;
                }
                if (folder.isCancelled() || batch.isOver(Instant.now())) {
                    return;
                }
                Result result = ask(home, batch, number, item);
                log.append(item.id(), result);
                tally.add(result.response().status());
                measured.batchItem(result.response().status());
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
        batch.become(end(counts, folder), Instant.now());
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
        try (BufferedReader lines = folder.results()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (wanted.test(status(json.readTree(line)))) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    /** A request that is wrong has its problem as the result; having no turn, or no model, ends the run. */
    private Result ask(Store home, Batch batch, int number, BatchLine item) {
        try {
            var request = json.treeToValue(item.body(), UnderstandRequest.class);
            return Result.of(batch.id, number, item.id(), 200, answer(home, request));
        } catch (BusyException | ModelNotReadyException e) {
            throw e;
        } catch (JsonProcessingException | RuntimeException e) {
            var problem = Problem.of(e);
            return Result.of(batch.id, number, item.id(), problem.status(), problem);
        }
    }

    private UnderstandReply answer(Store home, UnderstandRequest request) {
        String tenant = Tenants.BATCH + home.name();
        String image = request.image();
        return image != null && FileStore.isId(image)
                ? understanding.answer(request, tenant, picture(home, image), event -> {})
                : understanding.answer(request, tenant, event -> {});
    }

    private byte[] picture(Store home, String id) {
        try {
            if (files.size(home, id) > config.limits().image().asLongValue()) {
                throw new TooLargeException("the image has more bytes than are read");
            }
            try (var picture = files.content(home, id)) {
                return picture.readAllBytes();
            }
        } catch (IOException e) {
            throw new InvalidRequestException("image is no file that can be read");
        }
    }
}
