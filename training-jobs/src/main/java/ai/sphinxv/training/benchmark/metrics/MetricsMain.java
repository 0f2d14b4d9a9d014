package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/** Scores a file of predictions and references: {@code MetricsMain IN OUT METEOR PARAPHRASES}. */
public final class MetricsMain {
    private MetricsMain() {}

    /**
     * @param arguments the input file, whose shape says which metric is meant (training-jobs/README.md); the file to
     *     write; the folder of METEOR's word lists; a paraphrase table. The last two may be missing, which the result says
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("four paths are needed: in, out, METEOR's folder, a paraphrase table");
        }
        Path in = file(arguments[0]);
        Path out = Path.of(arguments[1]).toAbsolutePath();
        if (Files.isDirectory(out)) {
            throw new IllegalArgumentException("%s is a folder: give -Dout=FILE".formatted(out));
        }
        JsonNode result = score(Field.read(in), new Captions(Path.of(arguments[2]), Path.of(arguments[3])));
        Files.createDirectories(Objects.requireNonNull(out.getParent(), "every file is in a folder"));
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), result);
    }

    static JsonNode score(Field input, Captions captions) throws IOException {
        return switch (Shape.of(input)) {
            case CAPTIONS -> captions.score(input);
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
