package ai.sphinxv.functions.access;

import ai.sphinxv.functions.BusyException;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What bodies may take of the memory together. Funqy has them read into it on all paths, and those of as many requests as may be
 * inside would be more than there is. Each counts with what it says of its length, before any of it is read.
 */
@Singleton
class Bodies {
    private static final String HELD = Bodies.class.getName();

    private final long most;
    private final long longest;
    private final AtomicLong taken = new AtomicLong();

    Bodies(AccessConfig config, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longest) {
        this.most = config.bodies()
                .map(MemorySize::asLongValue)
                .orElse(Runtime.getRuntime().maxMemory()
                        / 4); // a body is a text and a file's bytes too while it is read
        this.longest = longest.asLongValue();
    }

    /** Bytes that a request's body will take; of one in chunks, as many as it may. One that is too long is not read. */
    long announced(MultiMap headers) {
        if (headers.contains(HttpHeaders.TRANSFER_ENCODING)) {
            return longest;
        }
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        long bytes = length == null ? 0 : Long.parseLong(length); // Netty takes no other
        return bytes > longest ? 0 : bytes;
    }

    /**
     * Takes the memory for a request's body until the request is over. One alone has it, however long it is.
     *
     * @throws BusyException if others have it
     */
    void take(long bytes, RoutingContext request) {
        if (bytes == 0) {
            return; // there is always memory for none
        }
        long before = taken.getAndAdd(bytes);
        if (before > 0 && before + bytes > most) {
            taken.addAndGet(-bytes);
            throw new BusyException(
                    BusyException.Reason.QUEUE_FULL,
                    "%d bytes of requests are being read, and there is no memory for %d more".formatted(before, bytes));
        }
        request.put(HELD, bytes);
        request.addEndHandler(end -> taken.addAndGet(-held(request)));
    }

    private static long held(RoutingContext request) {
        Long held = request.get(HELD);
        return held == null ? 0 : held;
    }
}
