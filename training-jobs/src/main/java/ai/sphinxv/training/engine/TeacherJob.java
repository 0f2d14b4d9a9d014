package ai.sphinxv.training.engine;

import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.InvalidImageException;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.training.files.WholeFile;
import ai.sphinxv.training.source.AnnotatedPicture;
import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import ai.sphinxv.training.source.SampleTask;
import ai.sphinxv.training.teacher.ChatAnswer;
import ai.sphinxv.training.teacher.ChatEndpoint;
import ai.sphinxv.training.teacher.ChatException;
import ai.sphinxv.training.teacher.ChatQuestion;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks a teacher about marked pictures (paper 3.2) and writes what it says as annotation lines of the source {@code mdvp}, in
 * the order of the pictures. An answer that is of no use goes to a file beside them, with the reason and every word of it. A
 * rerun asks only what is not answered yet.
 *
 * <p>A teacher who is not there ends the run, and what it would have written is left as it was: one question to which nobody
 * listens, {@link #IN_A_ROW} in a row without an answer for other reasons, or not one answer at all. Where a few questions of
 * many went without, what was answered is written, and the run ends with an error that says so, so that nobody takes it for whole.
 */
final class TeacherJob {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "mdvp";
    private static final String OF_NO_USE = "quarantined: of no use";
    private static final Duration SAY_EVERY = Duration.ofSeconds(10);

    /** So many questions in a row without an answer, each after all its attempts, are the teacher's fault and not theirs. */
    private static final int IN_A_ROW = 5;

    private final ChatEndpoint teacher;
    private final Pictures pictures;
    private final Tally counts = new Tally();
    private long said = System.nanoTime();
    private boolean hasAnswer;
    private int inARow;
    private long unanswered;
    private @Nullable ChatException last;

    private TeacherJob(ChatEndpoint teacher, Pictures pictures) {
        this.teacher = teacher;
        this.pictures = pictures;
    }

    /** What came of a picture: a line of annotations, or why there is none. */
    private record Taught(
            @Nullable String line,
            String outcome,
            @Nullable String quarantined,
            @Nullable ChatException failure) {

        static Taught dropped(String why) {
            return new Taught(null, "dropped: " + why, null, null);
        }
    }

    /**
     * @return how many pictures came in, under "in", and what became of them
     * @throws IOException if the teacher is not there or did not answer all, saying whether anything was written and what to do
     */
    static Map<String, Long> run(
            Path lines, Path out, Pictures pictures, ChatEndpoint teacher, int most, int threads, PrintStream log)
            throws IOException {
        if (most < 1) {
            throw new IllegalArgumentException("--most must be above 0, got %d".formatted(most));
        }
        var job = new TeacherJob(teacher, pictures);
        var quarantined = new ArrayList<String>();
        WholeFile.write(out, stream -> {
            try (var pool = new OrderedPool<Taught>(threads, taught -> {
                        job.counts.add(taught.outcome(), 1);
                        job.progress(log, most);
                        job.attend(taught, out, log);
                        if (taught.quarantined() != null) {
                            quarantined.add(taught.quarantined());
                        }
                        if (taught.line() != null) {
                            try {
                                stream.write((taught.line() + "\n").getBytes(StandardCharsets.UTF_8));
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        }
                    });
                    var in = Files.newBufferedReader(lines)) {
                int count = 0;
                for (String line = in.readLine(); line != null && count < most; line = in.readLine()) {
                    String own = line;
                    if (!own.isBlank()) {
                        job.counts.add("in", 1);
                        pool.submit(() -> job.teach(own));
                        count++;
                    }
                }
            }
            job.requireAnAnswer(out);
            job.requireAny(out, quarantined);
        });
        putAside(out, quarantined);
        Map<String, Long> result = new TreeMap<>(job.counts.counts());
        log.printf("%s, %d tokens spent%n", result, teacher.spent());
        job.requireAllAnswered(out);
        return result;
    }

    /** Counts questions without an answer; an answer of no use is one too, and so is a refusal. */
    private void attend(Taught taught, Path out, PrintStream log) {
        ChatException failure = taught.failure();
        if (failure == null) {
            if (!taught.outcome().startsWith("dropped")) {
                hasAnswer = true;
                inARow = 0;
            }
            return;
        }
        last = failure;
        inARow++;
        unanswered += failure.mayPass() ? 1 : 0;
        if (inARow == 1) {
            log.printf("no answer: %s%n", failure.getMessage());
        }
        if (failure.isNobodyThere() || inARow == IN_A_ROW) {
            throw new UncheckedIOException(notThere(failure, out));
        }
    }

    private void requireAnAnswer(Path out) throws IOException {
        if (!hasAnswer && last != null) {
            throw notThere(last, out);
        }
    }

    private IOException notThere(ChatException failure, Path out) {
        return new IOException(
                ("the teacher does not answer: %s. %s is untouched, and all answers so far lie in chat.cache: mend that and"
                                + " run the same command again, it goes on there")
                        .formatted(failure.getMessage(), out),
                failure);
    }

    /** Where nothing came out of anything it is one mistake, of a folder or of a model, and what was written before is worth more. */
    private void requireAny(Path out, List<String> quarantined) throws IOException {
        Map<String, Long> all = counts.counts();
        if (all.containsKey("in") && !all.containsKey("kept")) {
            putAside(out, quarantined);
            throw new IOException(
                    "of no picture there is an answer to keep: %s. %s is untouched; answers of no use lie in %s"
                            .formatted(all, out, quarantine(out)));
        }
    }

    private static void putAside(Path out, List<String> quarantined) throws IOException {
        WholeFile.write(quarantine(out), String.join("", quarantined).getBytes(StandardCharsets.UTF_8));
    }

    private void requireAllAnswered(Path out) throws IOException {
        if (unanswered > 0) {
            throw new IOException(
                    ("%d of %d pictures are without an answer, lastly: %s. The others are in %s: run the same command"
                                    + " again, it asks only what is missing")
                            .formatted(
                                    unanswered,
                                    counts.counts().getOrDefault("in", 0L),
                                    last == null ? "" : last.getMessage(),
                                    out));
        }
    }

    /** A line now and then: an hour's work must not look like a server that does not answer. */
    private void progress(PrintStream log, int most) {
        long in = counts.counts().getOrDefault("in", 0L);
        long done = counts.sum() - in;
        if (System.nanoTime() - said > SAY_EVERY.toNanos()) {
            said = System.nanoTime();
            log.printf("%d of at most %d pictures: %s%n", done, most, counts.counts());
        }
    }

    /** Beside the answers. */
    static Path quarantine(Path out) {
        return out.resolveSibling(out.getFileName() + ".quarantine.jsonl");
    }

    private Taught teach(String line) throws IOException {
        AnnotatedPicture picture;
        try {
            picture = AnnotatedPicture.parse(line);
        } catch (IOException e) {
            return Taught.dropped("its line is no annotated picture");
        }
        Optional<Path> file = pictures.file(picture.source(), picture.image());
        if (file.isEmpty()) {
            return Taught.dropped("its picture is not there");
        }
        TeacherMarks marks = TeacherMarks.of(picture);
        if (marks.parts().isEmpty()) {
            return Taught.dropped("nothing to mark");
        }
        RgbImage image;
        try {
            image = ImageDecoder.decode(Files.readAllBytes(file.get()));
        } catch (InvalidImageException e) {
            return Taught.dropped("its picture cannot be read");
        }
        return answered(picture, marks.parts(), question(picture, image, marks));
    }

    private Taught answered(AnnotatedPicture picture, List<Part> parts, ChatQuestion question) {
        String text = "";
        try {
            ChatAnswer answer = teacher.ask(question);
            text = answer.text();
            if (!answer.isWhole()) {
                throw new TeacherAnswer.Unusable("the limit of tokens cut it");
            }
            String tag = parts.getFirst().isPoint() ? "Mark" : "Region";
            return new Taught(
                    line(
                            picture,
                            parts,
                            TeacherAnswer.parse(text, TeacherRole.of(picture.domain()), parts.size(), tag)),
                    "kept",
                    null,
                    null);
        } catch (TeacherAnswer.Unusable e) {
            return new Taught(null, OF_NO_USE, quarantined(picture, String.valueOf(e.getMessage()), text), null);
        } catch (ChatException e) {
            if (e.reason() == ChatException.Reason.OVER_BUDGET || e.reason() == ChatException.Reason.STOPPED) {
                throw e; // the run ends: what was answered is kept, a rerun goes on
            }
            return new Taught(
                    null,
                    "quarantined: " + e.reason(),
                    quarantined(picture, String.valueOf(e.getMessage()), text),
                    e.reason() == ChatException.Reason.REFUSED ? null : e);
        }
    }

    private static ChatQuestion question(AnnotatedPicture picture, RgbImage image, TeacherMarks marks) {
        String prompt = TeacherPrompt.of(picture.domain(), marks.drawn(), marks.objects());
        return new ChatQuestion(
                prompt, "image =", List.of(ChatQuestion.Picture.jpeg(marks.drawnOn(image, picture.height()))));
    }

    private static String line(AnnotatedPicture picture, List<Part> parts, TeacherAnswer answer) {
        List<double[]> marks = parts.stream().map(Part::mark).toList();
        String noun = parts.getFirst().isPoint() ? "point" : "region";
        var dialogues = new ArrayList<Dialogue>();
        answer.described().forEach((role, texts) -> {
            var lines = new ArrayList<String>();
            for (String text : texts) {
                lines.add("<Region %d>: %s".formatted(lines.size() + 1, text));
            }
            String kind = role == TeacherRole.BRIEF ? "brief" : "detailed";
            dialogues.add(new Dialogue(
                    role.task(),
                    marks,
                    List.of(new Turn(
                            "Please provide a %s description of each marked %s in the image.".formatted(kind, noun),
                            String.join("\n", lines)))));
        });
        if (!answer.relations().isEmpty()) {
            dialogues.add(new Dialogue(
                    SampleTask.RELATION,
                    marks,
                    List.of(new Turn(
                            "Please analyze the relationship between all marked %ss in the image.".formatted(noun),
                            String.join("\n", answer.relations())))));
        }
        for (Turn turn : answer.questions()) {
            dialogues.add(new Dialogue(SampleTask.QA, marks, List.of(turn)));
        }
        return new AnnotatedPicture(
                        SOURCE,
                        picture.source() + "/" + picture.id(),
                        picture.image(),
                        picture.domain(),
                        picture.width(),
                        picture.height(),
                        picture.licence(),
                        List.of(),
                        List.of(),
                        List.of(),
                        dialogues)
                .line();
    }

    private static String quarantined(AnnotatedPicture picture, String reason, String answer) {
        ObjectNode json = JSON.createObjectNode()
                .put("source", picture.source())
                .put("id", picture.id())
                .put("reason", reason)
                .put("answer", answer);
        return json + "\n";
    }
}
