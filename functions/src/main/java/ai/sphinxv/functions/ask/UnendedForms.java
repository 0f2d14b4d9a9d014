package ai.sphinxv.functions.ask;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Refuses a form whose request ends within a file. Vert.x 4.5 waits for the rest of the file, which cannot come any more: it would
 * be answered by nobody, and hold its place at the door until the connection is idle for too long.
 */
@Singleton
class UnendedForms {
    private static final String READ = UnendedForms.class.getName();

    /** As BareRefusals has it: behind the reading of bodies. */
    private static final int BODY_IS_READ = -1;

    /** Within which a file that is whole is on disk. */
    private static final Duration WRITTEN = Duration.ofSeconds(5);

    private final Vertx vertx;

    UnendedForms(Vertx vertx) {
        this.vertx = vertx;
    }

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::watch);
        router.route().order(BODY_IS_READ).handler(context -> {
            context.put(READ, true);
            context.next();
        });
    }

    private void watch(RoutingContext context) {
        if (LeftUploads.isForm(context)) {
            look(context, false);
        }
        context.next();
    }

    /** @param whole whether all of the request had come when it was looked at before */
    private void look(RoutingContext context, boolean whole) {
        vertx.setTimer(WRITTEN.toMillis(), timer -> {
            var response = context.response();
            if (context.get(READ) != null || response.ended() || response.closed()) {
                return;
            }
            if (whole) {
                context.fail(
                        new InvalidRequestException(
                                "the form ends within a part: behind the last one there has to be its boundary, with two hyphens at the end"));
            } else {
                look(context, context.request().isEnded());
            }
        });
    }
}
