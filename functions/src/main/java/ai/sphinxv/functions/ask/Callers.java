package ai.sphinxv.functions.ask;

import ai.sphinxv.runtime.cancel.Cancellation;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for the work on this thread, and for how long. Work for a client that closes its connection ends, and so does
 * work for one that does not wait as long.
 */
@Singleton
public class Callers {
    /** RFC 7240, 4.3: seconds that the client expects to wait. What cannot be read is ignored, as it says. */
    private static final String PREFER = "Prefer";

    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?([1-9][0-9]{0,5})\"?(?=[,;\\s]|$)");

    /** What Envoy, and so Knative and Istio, tell of their own patience, in milliseconds. */
    private static final String ENVOY = "x-envoy-expected-rq-timeout-ms";

    private static final Pattern MILLIS = Pattern.compile("[1-9][0-9]{0,8}");

    private final CurrentVertxRequest current;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("deadlines").daemon().factory());

    Callers(CurrentVertxRequest current) {
        this.current = current;
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
    }

    /**
     * Of the work on this thread: what ends it already, or what will when the client of the request on this thread leaves or
     * its patience ends. Of work without a request nothing does.
     */
    public Cancellation cancellation() {
        if (Cancellation.isThere()) {
            return Cancellation.current();
        }
        var cancellation = new Cancellation();
        RoutingContext request = request();
        if (request != null) {
            endWith(request, cancellation);
            patience(request.request()).ifPresent(patience -> endAfter(request, patience, cancellation));
        }
        return cancellation;
    }

    /** Does the work, which ends if it takes longer. */
    <T> T within(Duration time, Supplier<T> work) {
        var cancellation = Cancellation.current();
        Future<?> end = after(
                time,
                () -> cancellation.cancel(
                        new OutOfTimeException("the answer took longer than %d s: ask for less, or set maxTokens"
                                .formatted(time.toSeconds()))));
        try {
            return work.get();
        } finally {
            end.cancel(false);
        }
    }

    private @Nullable RoutingContext request() {
        return Arc.container().requestContext().isActive() ? current.getCurrent() : null;
    }

    private static void endWith(RoutingContext request, Cancellation cancellation) {
        request.addEndHandler(ended -> {
            if (ended.failed()) {
                cancellation.cancel(new GoneException());
            }
        });
        if (request.response().closed()) { // before anybody listened
            cancellation.cancel(new GoneException());
        }
    }

    private void endAfter(RoutingContext request, Duration patience, Cancellation cancellation) {
        Future<?> end = after(
                patience,
                () -> cancellation.cancel(new OutOfTimeException(
                        "the answer was not there within the %d ms that you wait".formatted(patience.toMillis()))));
        request.addEndHandler(ended -> end.cancel(false));
    }

    private Future<?> after(Duration time, Runnable end) {
        return clock.schedule(end, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How long the client says that it waits, from now on; the shortest time if it says more than one. */
    static Optional<Duration> patience(HttpServerRequest request) {
        Optional<Duration> preferred = request.headers().getAll(PREFER).stream()
                .map(WAIT::matcher)
                .filter(Matcher::find)
                .map(found -> Duration.ofSeconds(Long.parseLong(found.group(1))))
                .min(Duration::compareTo);
        Optional<Duration> gateway = Optional.ofNullable(request.getHeader(ENVOY))
                .filter(MILLIS.asMatchPredicate())
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)));
        return Stream.concat(preferred.stream(), gateway.stream()).min(Duration::compareTo);
    }
}
