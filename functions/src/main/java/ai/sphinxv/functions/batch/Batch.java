package ai.sphinxv.functions.batch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch, as OpenAI's API describes it and as it is kept. Times are seconds since 1970. It changes while it runs, so it is
 * no record; only who holds the batch's lock writes it down.
 */
@JsonNaming(SnakeCaseStrategy.class)
public final class Batch {
    /** Where a batch stands. */
    public enum Status {
        VALIDATING,
        IN_PROGRESS,
        FINALIZING,
        COMPLETED,
        FAILED,
        EXPIRED,
        CANCELLING,
        CANCELLED;

        @JsonValue
        public String json() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isFinal() {
            return switch (this) {
                case COMPLETED, FAILED, EXPIRED, CANCELLED -> true;
                case VALIDATING, IN_PROGRESS, FINALIZING, CANCELLING -> false;
            };
        }
    }

    /** What is wrong with the questions. */
    public record Mistake(
            String code, String message, @Nullable Integer line) {}

    /** All that is wrong, up to a bound. */
    public record Mistakes(String object, List<Mistake> data) {}

    /** How many items there are, were answered, and were refused. */
    public record Counts(int total, int completed, int failed) {}

    public String id = "";
    public String object = "batch";
    public String endpoint = "";
    public @Nullable Mistakes errors;
    public String inputFileId = "";
    public String completionWindow = "24h";
    public Status status = Status.VALIDATING;
    public @Nullable String outputFileId;
    public @Nullable String errorFileId;
    public long createdAt;
    public @Nullable Long inProgressAt;
    public long expiresAt;
    public @Nullable Long finalizingAt;
    public @Nullable Long completedAt;
    public @Nullable Long failedAt;
    public @Nullable Long expiredAt;
    public @Nullable Long cancellingAt;
    public @Nullable Long cancelledAt;
    public Counts requestCounts = new Counts(0, 0, 0);
    public @Nullable Map<String, String> metadata;

    @JsonIgnore
    boolean isOver(Instant now) {
        return now.getEpochSecond() > expiresAt;
    }

    void become(Status next, Instant now) {
        status = next;
        long at = now.getEpochSecond();
        switch (next) {
            case VALIDATING -> createdAt = at;
            case IN_PROGRESS -> inProgressAt = at;
            case FINALIZING -> finalizingAt = at;
            case COMPLETED -> completedAt = at;
            case FAILED -> failedAt = at;
            case EXPIRED -> expiredAt = at;
            case CANCELLING -> cancellingAt = at;
            case CANCELLED -> cancelledAt = at;
        }
    }
}
