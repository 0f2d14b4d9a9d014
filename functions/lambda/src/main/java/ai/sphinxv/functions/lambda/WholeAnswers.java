package ai.sphinxv.functions.lambda;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Answers whole where events are asked for. The bridge between Lambda and the doors waits for the end of a response and never
 * sees that of a stream, so a caller would wait until the function's time is over.
 */
@Singleton
class WholeAnswers {
    private static final String EVENTS = "text/event-stream";
    private static final String JSON = "application/json";

    void install(@Observes Router router) {
        router.route("/v1/*").order(Integer.MIN_VALUE).handler(WholeAnswers::ask);
    }

    private static void ask(RoutingContext context) {
        @Nullable String accepted = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accepted != null && accepted.contains(EVENTS)) {
            context.request().headers().set(HttpHeaders.ACCEPT, JSON);
        }
        context.next();
    }
}
