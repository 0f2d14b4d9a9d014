package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class RegionClassificationTest {
    /** Only the same text is near. */
    private final RegionClassification metric = new RegionClassification(
            new SemanticSimilarity(text -> text.equals("dog") ? new float[] {1, 0} : new float[] {0, 1}));

    @Test
    void aMissingRegionCountsZeroInStrictModeAndNotAtAllInPaperMode() {
        JsonNode result = metric.score(FieldTest.of("[{'image_name': 'a', 'prediction': 'Region 1: dog',"
                + " 'answer': 'Region 1: dog\\nRegion 2: race_car'}]"));

        assertThat(result.at("/report/paper/semanticIoU/value").doubleValue()).isEqualTo(1);
        assertThat(result.at("/report/paper/semanticIoU/n").intValue()).isEqualTo(1);
        assertThat(result.at("/report/strict/semanticIoU/value").doubleValue()).isEqualTo(0.5);
        assertThat(result.at("/report/strict/semanticSimilarity/n").intValue()).isEqualTo(2);
    }

    @Test
    void namesThatNoRegionHasAreCountedAndNotScored() {
        JsonNode result = metric.score(FieldTest.of(
                "[{'image_name': 'a', 'prediction': 'Region 1: dog\\nRegion 2: cat', 'answer': 'Region 1: dog'}]"));

        assertThat(result.at("/dnu/predictionsTooMany").intValue()).isEqualTo(1);
        assertThat(result.at("/dnu/semanticSimilarity").doubleValue()).isEqualTo(1);
    }

    @Test
    void regionsOfOneImageAreResampledTogether() {
        JsonNode oneImage = metric.score(FieldTest.of("[{'image_name': 'a', 'prediction': 'Region 1: dog',"
                + " 'answer': 'Region 1: dog'}, {'image_name': 'a', 'prediction': 'Region 1: cat',"
                + " 'answer': 'Region 1: dog'}]"));

        assertThat(oneImage.at("/report/paper/semanticIoU/low").doubleValue()).isEqualTo(0.5);
        assertThat(oneImage.at("/report/paper/semanticIoU/high").doubleValue()).isEqualTo(0.5);
    }
}
