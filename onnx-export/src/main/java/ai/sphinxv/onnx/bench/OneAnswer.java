package ai.sphinxv.onnx.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.sphinxv.onnx.Convert;
import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.bundle.BundleException;
import ai.sphinxv.runtime.decode.SamplingOptions;
import ai.sphinxv.runtime.graph.GraphException;
import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.text.Conversation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a machine can serve a bundle: {@code OneAnswer bundle picture x1,y1,x2,y2 [tokens]} opens it, asks about one box and
 * tells what each part took, and the most memory that the process had.
 */
public final class OneAnswer {
    private static final String USAGE = "usage: OneAnswer bundle picture x1,y1,x2,y2 [tokens of the answer, 16]";
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private OneAnswer() {}

    public static void main(String[] arguments) {
        if (arguments.length < 3 || arguments.length > 4) {
            System.err.println(USAGE);
            System.exit(2);
        }
        try {
            Convert.requireGiven(arguments);
            run(
                    Path.of(arguments[0]),
                    Path.of(arguments[1]),
                    box(arguments[2]),
                    arguments.length == 4 ? Integer.parseInt(arguments[3]) : 16,
                    System.out);
        } catch (NumberFormatException e) {
            fail("%s: %s".formatted(e.getMessage(), USAGE));
        } catch (NoSuchFileException e) {
            fail(e.getFile() + " is not there");
        } catch (IllegalArgumentException | BundleException | GraphException | IOException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private static void fail(String message) {
        System.err.println("not answered: " + message);
        System.exit(1);
    }

    private static Box box(String text) {
        double[] edges =
                Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
        if (edges.length != 4) {
            throw new IllegalArgumentException("a box has four edges, got %s; %s".formatted(text, USAGE));
        }
        return new Box(edges[0], edges[1], edges[2], edges[3]);
    }

    static void run(Path bundle, Path picture, Box box, int tokens, PrintStream out) throws IOException {
        var question = new Question(
                ImageDecoder.decode(Files.readAllBytes(picture)),
                List.of(box),
                Conversation.of("Please provide a brief description of each marked region in the image."),
                SamplingOptions.greedy(),
                tokens);
        long start = System.nanoTime();
        try (var model = SphinxV.open(bundle, RuntimeOptions.defaults())) {
            var opened = Duration.ofNanos(System.nanoTime() - start);
            String afterOpening = peak();
            Answer answer = model.answer(question);
            var took = answer.timings();
            out.println("| what | took |\n| --- | --- |");
            row(out, "bundle", "%.2f GB".formatted(bytes(bundle) / 1e9));
            row(out, "opening, checksums included", seconds(opened));
            row(out, "most memory until then", afterOpening);
            row(out, "seeing the picture", seconds(took.image()));
            row(out, "reading %d tokens".formatted(answer.usage().promptTokens()), seconds(took.prefill()));
            row(out, "writing %d tokens".formatted(answer.usage().answerTokens()), seconds(took.decode()));
            row(out, "most memory", peak());
            out.printf("%n%s%n", answer.text());
        }
    }

    private static void row(PrintStream out, String what, String took) {
        out.printf("| %s | %s |%n", what, took);
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1e3);
    }

    /** Of this process, mapped files included. */
    private static String peak() throws IOException {
        if (!Files.exists(STATUS)) {
            return "not told by this system";
        }
        var found = PEAK.matcher(Files.readString(STATUS, UTF_8));
        return found.find() ? "%.2f GiB".formatted(Long.parseLong(found.group(1)) / 1024.0 / 1024) : "not told";
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
