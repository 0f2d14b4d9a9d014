package ai.sphinxv.functions.access;

import ai.sphinxv.functions.BusyException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.vertx.core.Context;
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
 * away at once whoever has neither a key nor a token of the issuer.
 */
@Singleton
class Doorkeeper {
    /** A JSON web token, signed (RFC 7515, 7.1): no other is taken, and so none that only its issuer can read. */
    private static final Pattern TOKEN = Pattern.compile("[\\w-]{8,}\\.[\\w-]+\\.[\\w-]{8,}");

    private static final int TOO_LARGE = 413;

    private final AccessConfig config;
    private final Guard guard;
    private final Keys keys;
    private final HttpAuthenticator authenticator;
    private final OwnMachine ownMachine;
    private final Bodies bodies;
    private final MeterRegistry measured;
    private final Map<Door, AtomicInteger> inside = new EnumMap<>(Door.class);

    Doorkeeper(
            AccessConfig config,
            Guard guard,
            Keys keys,
            HttpAuthenticator authenticator,
            OwnMachine ownMachine,
            Bodies bodies,
            MeterRegistry measured) {
        this.config = config;
        this.guard = guard;
        this.keys = keys;
        this.authenticator = authenticator;
        this.ownMachine = ownMachine;
        this.bodies = bodies;
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
        } else if (guard.role(door) == Role.ANYONE) {
            letIn(request);
        } else if (guard.asks()) {
            identify(request);
        } else {
            admit(request);
        }
    }

    private AtomicInteger inside(Door door) {
        return Objects.requireNonNull(inside.get(door));
    }

    /** With a body only where one is read, and while there is memory for it. */
    private void letIn(RoutingContext request) {
        long bytes = bodies.announced(request.request().headers());
        if (bytes > 0 && !Door.at(request.normalizedPath()).takesBodies()) {
            request.fail(TOO_LARGE);
            return;
        }
        try {
            bodies.take(bytes, request);
        } catch (BusyException e) {
            request.fail(e);
            return;
        }
        request.next();
    }

    /** Whoever it is. */
    private void admit(RoutingContext request) {
        try {
            if (!config.open()) {
                ownMachine.require(request.request().headers());
            }
        } catch (ForeignPageException e) {
            request.fail(e);
            return;
        }
        letIn(request);
    }

    private void identify(RoutingContext request) {
        String credential = Keys.credential(request);
        if (credential != null && keys.tenant(credential).isPresent()) {
            letIn(request);
        } else if (credential != null
                && guard.takesTokens()
                && TOKEN.matcher(credential).matches()) {
            check(request);
        } else {
            request.fail(new UnauthorizedException());
        }
    }

    /**
     * Of a token: its signature and claims, while nothing of the body is read. Quarkus checks it too, but behind the body, which
     * functions need first.
     */
    private void check(RoutingContext request) {
        Context here = request.vertx().getOrCreateContext();
        request.request().pause();
        authenticator
                .attemptAuthentication(request)
                .emitOn(task -> here.runOnContext(turn -> task.run())) // the issuer's keys may come on another thread
                .subscribe()
                .with(
                        who -> {
                            request.request().resume();
                            if (who == null || who.isAnonymous()) {
                                request.fail(new UnauthorizedException());
                            } else {
                                letIn(request);
                            }
                        },
                        failure -> {
                            request.request().resume();
                            request.fail(failure);
                        });
    }

    private void count(Door door, int status) {
        measured.counter("sphinxv.door.requests", tags(door).and("status", status / 100 + "xx"))
                .increment();
    }

    private static Tags tags(Door door) {
        return Tags.of("door", door.name().toLowerCase(Locale.ROOT));
    }
}
