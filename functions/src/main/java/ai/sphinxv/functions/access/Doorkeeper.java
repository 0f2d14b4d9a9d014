package ai.sphinxv.functions.access;

import ai.sphinxv.functions.BusyException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Stands before everything, even before bodies are read: counts who is inside each door, lets no more in than may be, and sends
 * away at once whoever has nothing that could be a key.
 */
@Singleton
class Doorkeeper {
    /** A JSON web token, signed (RFC 7515, 7.1): no other is taken, and so none that only its issuer can read. */
    private static final Pattern TOKEN = Pattern.compile("[\\w-]{8,}\\.[\\w-]+\\.[\\w-]{8,}");

    private final AccessConfig config;
    private final Guard guard;
    private final Keys keys;
    private final MeterRegistry measured;
    private final Map<Door, AtomicInteger> inside = new EnumMap<>(Door.class);

    Doorkeeper(AccessConfig config, Guard guard, Keys keys, MeterRegistry measured) {
        this.config = config;
        this.guard = guard;
        this.keys = keys;
        this.measured = measured;
        for (Door door : Door.values()) {
            var here = new AtomicInteger();
            measured.gauge("sphinxv.door.inside", tags(door), here, AtomicInteger::get);
            inside.put(door, here);
        }
    }

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::meet);
    }

    private void meet(RoutingContext request) {
        Door door = Door.at(request.normalizedPath());
        AtomicInteger here = inside(door);
        request.addEndHandler(end -> {
            here.decrementAndGet();
            count(door, request.response().getStatusCode());
        });
        if (here.incrementAndGet() > config.atOnce()) {
            request.fail(new BusyException(
                    BusyException.Reason.QUEUE_FULL, "%d requests are in here already".formatted(config.atOnce())));
        } else if (guard.asks() && guard.role(door) != Role.ANYONE && !mayBeKnown(request)) {
            request.fail(new UnauthorizedException());
        } else {
            request.next();
        }
    }

    private AtomicInteger inside(Door door) {
        return Objects.requireNonNull(inside.get(door));
    }

    /** What is no key may be a token, which is checked later: after the body, since functions need that first. */
    private boolean mayBeKnown(RoutingContext request) {
        String credential = Keys.credential(request);
        return credential != null
                && (keys.tenant(credential).isPresent()
                        || guard.takesTokens() && TOKEN.matcher(credential).matches());
    }

    private void count(Door door, int status) {
        measured.counter("sphinxv.door.requests", tags(door).and("status", status / 100 + "xx"))
                .increment();
    }

    private static Tags tags(Door door) {
        return Tags.of("door", door.name().toLowerCase(Locale.ROOT));
    }
}
