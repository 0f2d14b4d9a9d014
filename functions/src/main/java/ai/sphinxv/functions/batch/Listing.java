package ai.sphinxv.functions.batch;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of a list, as OpenAI's API has it, whose clients take no null for the ids of an empty one. */
@JsonNaming(SnakeCaseStrategy.class)
record Listing<T>(String object, List<T> data, String firstId, String lastId, boolean hasMore) {

    /**
     * @param after the id that ended the page before; null for the first page
     * @param limit most of this page
     */
    static <T> Listing<T> of(List<T> all, Function<T, String> id, @Nullable String after, int limit) {
        int start = 0;
        while (after != null && start < all.size()) {
            if (id.apply(all.get(start++)).equals(after)) {
                break;
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
