package ai.sphinxv.functions.access;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Keeps what strangers make up out of the tags of {@code http.server.requests}: Quarkus takes a path that no resource has as it
 * came, until there are a hundred of them and no other path gets a meter, and any word as the method, without an end.
 */
@Singleton
class RequestTags implements MeterFilter {
    static final String OTHER = "other";

    private static final String REQUESTS = "http.server.";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "UNKNOWN");

    /** Paths with a part that is a name, as the resources have them, and what Quarkus says in place of a path. */
    private static final Set<String> PATHS = Set.of(
            "/v1/files/{id}",
            "/v1/files/{id}/content",
            "/v1/batches/{id}",
            "/v1/batches/{id}/cancel",
            "root",
            "NOT_FOUND",
            "REDIRECTION",
            "UNKNOWN",
            "/cors-preflight");

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().startsWith(REQUESTS)
                ? id.replaceTags(id.getTags().stream().map(RequestTags::known).toList())
                : id;
    }

    private static Tag known(Tag tag) {
        boolean isKnown = switch (tag.getKey()) {
            case "method" -> METHODS.contains(tag.getValue());
            case "uri" -> PATHS.contains(tag.getValue()) || Door.lists(tag.getValue());
            default -> true;
        };
        return isKnown ? tag : Tag.of(tag.getKey(), OTHER);
    }
}
