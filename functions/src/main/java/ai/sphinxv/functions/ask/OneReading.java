package ai.sphinxv.functions.ask;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Refuses what two readers read differently, so that what a gateway in front takes for a body is no request here (RFC 9112, 3.2
 * and 6.1). Netty refuses two lengths, and a length beside chunks; of a transfer coding that it does not know it makes an empty
 * body, and the next request of what follows.
 */
@Singleton
class OneReading {
    /** Before anybody answers: who is only told that it has no key goes on with the same connection. */
    private static final int FIRST = 1;

    void install(@Observes @Priority(FIRST) Router router) {
        router.route().order(Integer.MIN_VALUE).handler(OneReading::refuse);
    }

    private static void refuse(RoutingContext context) {
        MultiMap headers = context.request().headers();
        List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        if (!codings.isEmpty()
                && !(codings.size() == 1 && codings.getFirst().strip().equalsIgnoreCase("chunked"))) {
            close(context, "the body may come in chunks, but in no other transfer coding");
        } else if (headers.getAll(HttpHeaders.HOST).size() > 1) {
            close(context, "the request names more than one host");
        } else {
            context.next();
        }
    }

    private static void close(RoutingContext context, String why) {
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        context.addEndHandler(end -> context.request().connection().close());
        context.fail(new InvalidRequestException(why));
    }
}
