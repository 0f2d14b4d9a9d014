package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Scores a file of predictions and references: {@code MetricsMain IN OUT}. */
public final class MetricsMain {
    private MetricsMain() {}

    /**
     * @param arguments the input file, whose shape says which metric is meant (training-jobs/README.md); the file to
     *     write
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("two paths are needed: in and out");
        }
        Path in = file(arguments[0]);
        Path out = Path.of(arguments[1]).toAbsolutePath();
        if (Files.isDirectory(out) || !Files.isDirectory(out.getParent())) {
            throw new IllegalArgumentException(
                    "%s cannot be written: give -Dout=FILE in a folder that is there".formatted(out));
        }
        JsonNode result = score(Field.read(in));
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), result);
    }

    static JsonNode score(Field input) throws IOException {
        return switch (Shape.of(input)) {
            case ROC -> withMiniLm(similarity -> new RegionClassification(similarity).score(input));
            case SS_PAIRS -> withMiniLm(similarity -> similarity.score(input));
            case OCR -> RegionOcr.score(input);
            case ICDAR -> IcdarEndToEnd.score(input);
            case JUDGE -> JudgeReviews.score(input);
            case JUDGE_SCORES -> JudgeScore.score(input);
            case VCR -> Vcr.score(input);
            case LVIS_BINARY -> BinaryChoice.score(input);
            case REGION_LINES -> RegionLines.score(input);
            case BOOTSTRAP -> Bootstrap.score(input);
            case STATISTICS -> McNemar.score(input);
        };
    }

    private static JsonNode withMiniLm(Function<SemanticSimilarity, JsonNode> metric) throws IOException {
        try (var model = MiniLm.open()) {
            return metric.apply(new SemanticSimilarity(model::embed));
        }
    }

    private static Path file(String argument) {
        Path file = Path.of(argument).toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("%s is not there: give -Din=FILE".formatted(file));
        }
        return file;
    }
}
