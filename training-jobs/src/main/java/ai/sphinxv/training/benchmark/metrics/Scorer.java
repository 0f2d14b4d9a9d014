package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * All published metrics behind one door: what is to be scored says by its shape which one is meant
 * (training-jobs/README.md). Loads the sentence encoder when it is first needed and keeps it.
 */
public final class Scorer implements AutoCloseable {
    private final Captions captions;
    private @Nullable MiniLm encoder;
    private @Nullable SemanticSimilarity similarity;

    /**
     * @param meteor folder of METEOR's word lists, without which there is no METEOR
     * @param paraphrases a table of them, which may be missing
     */
    public Scorer(Path meteor, Path paraphrases) {
        captions = new Captions(meteor, paraphrases);
    }

    /**
     * Both modes' figures under {@code report}, and what the published script writes.
     *
     * @throws IllegalArgumentException if the input is of no known shape, with its place
     */
    public JsonNode score(Field input) throws IOException {
        return switch (Shape.of(input)) {
            case CAPTIONS -> captions.score(input);
            case ROC -> new RegionClassification(similarity()).score(input);
            case SS_PAIRS -> similarity().score(input);
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

    private SemanticSimilarity similarity() throws IOException {
        if (similarity == null) {
            encoder = MiniLm.open();
            similarity = new SemanticSimilarity(encoder::embed);
        }
        return similarity;
    }

    @Override
    public void close() {
        if (encoder != null) {
            encoder.close();
        }
    }
}
