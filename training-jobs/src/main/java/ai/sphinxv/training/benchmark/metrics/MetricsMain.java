package ai.sphinxv.training.benchmark.metrics;

import ai.sphinxv.training.files.WholeFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scores a file of predictions and references: {@code MetricsMain IN OUT METEOR PARAPHRASES}. */
public final class MetricsMain {
    private MetricsMain() {}

    /**
     * @param arguments the input file, whose shape says which metric is meant (training-jobs/README.md); the file to
     *     write; the folder of METEOR's word lists; a paraphrase table. The last two may be missing, which the result says
     */
    public static void main(String[] arguments) throws IOException {
        try {
            run(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    static void run(String... arguments) throws IOException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("four paths are needed: in, out, METEOR's folder, a paraphrase table");
        }
        Path in = file(arguments[0]);
        Path out = Path.of(arguments[1]).toAbsolutePath();
        if (Files.isDirectory(out)) {
            throw new IllegalArgumentException("%s is a folder: give -Dout=FILE".formatted(out));
        }
        JsonNode result;
        try (var scorer = new Scorer(Path.of(arguments[2]), Path.of(arguments[3]))) {
            result = scorer.score(Field.read(in));
        }
        WholeFile.write(out, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(result));
    }

    private static Path file(String argument) {
        Path file = Path.of(argument).toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("%s is not there: give -Din=FILE".formatted(file));
        }
        return file;
    }
}
