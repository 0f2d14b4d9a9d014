package ai.sphinxv.functions.event;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.ask.GoneException;
import ai.sphinxv.functions.ask.InvalidRequestException;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.cloudevents.CloudEvent;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Replies to events, so that an event that is delivered again, be it while the first is still worked on, gets the same reply
 * and no second piece of work. What failed is not kept: delivered again, it is tried again. Where there is no memory for more,
 * the reply that was least recently asked for goes.
 */
@Singleton
class SeenEvents {
    private static final int KIB = 1024;

    /** By source and id an event is the same (CloudEvents 1.0, "id"), for one tenant. */
    record Key(String tenant, String source, String id) {}

    /** What was asked, and the reply. */
    private record Answered(String asked, CloudEvent reply) {}

    private final Cache<Key, CompletableFuture<Answered>> replies;
    private final Semaphore waiting;

    SeenEvents(SphinxConfig config) {
        this.waiting = new Semaphore(config.admission().waiting());
        this.replies = CacheBuilder.newBuilder()
                .concurrencyLevel(1) // memory that is not shared out: a part of it may be too little for one reply
                .maximumWeight(config.events().memory().asLongValue() / KIB)
                .weigher((Key key, CompletableFuture<Answered> answered) ->
                        answered.isDone() ? kib(key, answered.join().reply()) : 0) // which is not sent away
                .expireAfterWrite(config.events().remember())
                .build();
    }

    /**
     * Does the work, unless that was done.
     *
     * @param asked what the event asks for
     * @throws InvalidRequestException if an event of that key asked for something else
     * @throws BusyException if too many wait for what is worked on already: each holds a thread, and none has a place in the
     *     line
     */
    CloudEvent once(Key key, String asked, Supplier<CloudEvent> work) {
        var mine = new CompletableFuture<Answered>();
        var first = replies.asMap().putIfAbsent(key, mine);
        if (first != null) {
            try {
                return first.isDone() ? join(first, asked) : await(first, asked);
            } catch (GoneException e) { // who asked first did not wait for it
                return once(key, asked, work);
            }
        }
        try {
            CloudEvent reply = work.get();
            mine.complete(new Answered(asked, reply));
            replies.put(key, mine); // weighs it, and has the least recent go
            return reply;
        } catch (RuntimeException | Error e) { // an error too: whoever waits must hear of it
            replies.asMap().remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private CloudEvent await(CompletableFuture<Answered> first, String asked) {
        if (!waiting.tryAcquire()) {
            throw new BusyException(
                    BusyException.Reason.QUEUE_FULL,
                    "this event is worked on already, and as many wait for events' replies as may");
        }
        try {
            return join(first, asked);
        } finally {
            waiting.release();
        }
    }

    private static CloudEvent join(CompletableFuture<Answered> first, String asked) {
        try {
            Answered answered = first.join();
            if (!answered.asked().equals(asked)) {
                throw new InvalidRequestException("an event of this source and id came before and asked for something"
                        + " else: each event needs an id of its own");
            }
            return answered.reply();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** With what its sender called it and has in it to find it by, which may be as long as the data. */
    private static int kib(Key key, CloudEvent reply) {
        var data = reply.getData();
        long characters =
                (long) key.tenant().length() + key.source().length() + key.id().length();
        for (String name : reply.getAttributeNames()) {
            characters += String.valueOf(reply.getAttribute(name)).length();
        }
        for (String name : reply.getExtensionNames()) {
            characters +=
                    name.length() + String.valueOf(reply.getExtension(name)).length();
        }
        return Math.toIntExact(1 + (2 * characters + (data == null ? 0 : data.toBytes().length)) / KIB);
    }
}
