package ai.sphinxv.functions.batch;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
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
record StoredFile(String id, String object, long bytes, long createdAt, String filename, String purpose) {

    /** Always {@code processed}: OpenAI's clients read no file without it. */
    @JsonProperty(access = Access.READ_ONLY)
    String status() {
        return "processed";
    }
}
