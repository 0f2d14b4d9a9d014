package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Problem;
import ai.sphinxv.functions.batch.BatchItem.Result;
import ai.sphinxv.functions.store.ResultLog;
import ai.sphinxv.functions.store.Store;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.function.Function;

/**
 * {@code name.jsonl}, a question a line, becomes {@code name.results.jsonl}, an answer a line, and is renamed to
 * {@code name.jsonl.done} at the end. Each answer is on the disk before the next question is asked. After a kill, ids
 * that have an answer are not asked again; so an id that comes twice is answered once.
 */
final class BatchFile {
    private static final String QUESTIONS = ".jsonl";
    private static final String RESULTS = ".results.jsonl";

    private final Store folder;
    private final String questions;
    private final String results;
    private final ObjectMapper json;

    BatchFile(Store folder, String questions, ObjectMapper json) {
        this.folder = folder;
        this.questions = questions;
        this.json = json;
        results = questions.substring(0, questions.length() - QUESTIONS.length()) + RESULTS;
    }

    static boolean isQuestions(String name) {
        return name.endsWith(QUESTIONS) && !name.endsWith(RESULTS);
    }

    /**
     * Asks what has no answer yet.
     *
     * @param ask what it throws ends the run; what is answered stays, and the next run goes on behind it
     * @return how many were answered now
     */
    int run(Function<BatchItem, Result> ask) throws IOException {
        int answered = 0;
        try (var log = folder.log(results, json, result -> {});
                var lines = new Lines(folder.open(questions))) {
            while (lines.next()) {
                if (answer(lines, log, ask)) {
                    answered++;
                }
            }
        }
        folder.settle(results);
        folder.rename(questions, questions + ".done");
        return answered;
    }

    /** Answers a line, unless that was done before; a line that cannot be read is known by its number. */
    private boolean answer(Lines lines, ResultLog log, Function<BatchItem, Result> ask) throws IOException {
        Result result;
        try {
            String line = lines.text();
            if (line.isBlank()) {
                return false;
            }
            BatchItem item = BatchItem.read(line, json);
            if (log.has(item.id())) {
                return false;
            }
            result = ask.apply(item);
        } catch (InvalidRequestException e) {
            result = Result.of("line " + lines.number(), Problem.of(e));
        }
        if (log.has(result.id())) {
            return false;
        }
        log.append(result.id(), result);
        return true;
    }
}
