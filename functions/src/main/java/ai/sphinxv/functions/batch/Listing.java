package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.ask.InvalidRequestException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of a list, as OpenAI's API has it, whose clients take no null for the ids of an empty one. */
@JsonNaming(SnakeCaseStrategy.class)
record Listing<T>(String object, List<T> data, String firstId, String lastId, boolean hasMore) {

    /** @throws InvalidRequestException if the caller's limit is none */
    static int page(@Nullable Integer limit, int usual, int most) {
        if (limit != null && (limit < 1 || limit > most)) {
            throw new InvalidRequestException("limit must be from 1 to %d, got %d".formatted(most, limit));
        }
        return limit == null ? usual : limit;
    }

    /**
     * @param after the id that ended the page before; null for the first page
     * @param limit most of this page
     * @throws InvalidRequestException if there is no such id
     */
    static <T> Listing<T> of(List<T> all, Function<T, String> id, @Nullable String after, int limit) {
        int start = 0;
        if (after != null) {
            start = all.stream().map(id).toList().indexOf(after) + 1;
            if (start == 0) {
                throw new InvalidRequestException("after is not in this list, or not any more: begin again without it");
            }
        }
        int end = Math.min(all.size(), start + limit);
        List<T> page = List.copyOf(all.subList(start, end));
        return new Listing<>(
                "list",
                page,
                page.isEmpty() ? "" : id.apply(page.getFirst()),
                page.isEmpty() ? "" : id.apply(page.getLast()),
                end < all.size());
    }
}
