package ai.sphinxv.functions.batch;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A file that was uploaded or that a batch wrote, as OpenAI's API describes it.
 *
 * @param object always {@code file}
 * @param createdAt seconds since 1970
 * @param purpose {@code batch} for questions, {@code vision} for a picture, {@code batch_output} for results
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(value = "status", allowGetters = true)
record StoredFile(String id, String object, long bytes, long createdAt, String filename, String purpose) {

    /** A file that is listed is whole. OpenAI's clients wait for it. */
    @JsonGetter("status")
    String status() {
        return "processed";
    }
}
