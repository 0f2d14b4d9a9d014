package ai.sphinxv.functions.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Problem;
import ai.sphinxv.functions.batch.BatchItem.Result;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code name.jsonl}, a question a line, becomes {@code name.results.jsonl}, an answer a line, and is renamed to
 * {@code name.jsonl.done} at the end. Each answer is on the disk before the next question is asked. After a kill, ids
 * that have an answer are not asked again; so an id that comes twice is answered once.
 */
final class BatchFile {
    private static final String QUESTIONS = ".jsonl";
    private static final String RESULTS = ".results.jsonl";

    private final Path questions;
    private final Path results;
    private final ObjectMapper json;

    BatchFile(Path questions, ObjectMapper json) {
        this.questions = questions;
        this.json = json;
        String name = questions.getFileName().toString();
        results = questions.resolveSibling(name.substring(0, name.length() - QUESTIONS.length()) + RESULTS);
    }

    static boolean isQuestions(Path file) {
        String name = file.getFileName().toString();
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
        try (var out = new RandomAccessFile(results.toFile(), "rw");
                BufferedReader lines = Files.newBufferedReader(questions)) {
            Set<String> done = idsOf(out);
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank() && answer(line, "line " + number, done, ask, out)) {
                    answered++;
                }
            }
        }
        Files.move(questions, questions.resolveSibling(questions.getFileName() + ".done"), ATOMIC_MOVE);
        return answered;
    }

    /** Answers a line, unless that was done before; a line that cannot be read is known by its number. */
    private boolean answer(
            String line, String number, Set<String> done, Function<BatchItem, Result> ask, RandomAccessFile out)
            throws IOException {
        Result result;
        try {
            BatchItem item = BatchItem.read(line, json);
            if (done.contains(item.id())) {
                return false;
            }
            result = ask.apply(item);
        } catch (InvalidRequestException e) {
            result = Result.of(number, Problem.of(e));
        }
        if (!done.add(result.id())) {
            return false;
        }
        out.write((json.writeValueAsString(result) + "\n").getBytes(UTF_8));
        out.getFD().sync();
        return true;
    }

    /** The ids that have an answer. A last line without its end was torn by a kill: it is cut off. */
    private Set<String> idsOf(RandomAccessFile out) throws IOException {
        var ids = new HashSet<String>();
        byte[] bytes = new byte[Math.toIntExact(out.length())];
        out.readFully(bytes);
        String written =
                new String(bytes, ISO_8859_1); // a byte a character, so that places in it are places in the file
        int whole = written.lastIndexOf('\n') + 1;
        for (String line : written.substring(0, whole).split("\n")) {
            if (!line.isEmpty()) {
                ids.add(json.readTree(new String(line.getBytes(ISO_8859_1), UTF_8))
                        .path("custom_id")
                        .asText());
            }
        }
        out.setLength(whole);
        out.seek(whole);
        return ids;
    }
}
