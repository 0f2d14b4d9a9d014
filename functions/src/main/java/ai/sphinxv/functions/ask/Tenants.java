package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.access.Callers;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Whose request is being served, as its key or token says and, where the deployment names a header, the gateway in front:
 * pictures, files and batches of one tenant are never known to another.
 */
@Singleton
public class Tenants {
    /** The batch folder's, which no request can name: a header's value has no line break. */
    public static final String BATCH = "\nbatch";

    private static final String EVERYBODY = "";

    private final Optional<String> header;
    private final CurrentVertxRequest current;
    private final Callers callers;

    Tenants(SphinxConfig config, CurrentVertxRequest current, Callers callers) {
        this.header = config.images().tenantHeader();
        this.current = current;
        this.callers = callers;
    }

    /**
     * Of the request on this thread.
     *
     * @throws InvalidRequestException if the deployment names a header and the request lacks it
     */
    public String current() {
        String named = header.map(this::named).orElse(EVERYBODY);
        return callers.current().map(caller -> caller + "\n" + named).orElse(named);
    }

    private String named(String name) {
        String tenant = current.getCurrent().request().getHeader(name);
        if (tenant == null || tenant.isBlank()) {
            throw new InvalidRequestException(
                    "the header %s is missing: it says whose request this is".formatted(name));
        }
        return tenant;
    }
}
