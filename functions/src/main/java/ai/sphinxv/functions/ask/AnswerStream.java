package ai.sphinxv.functions.ask;

import ai.sphinxv.runtime.AnswerEvent;
import ai.sphinxv.runtime.cancel.Cancellation;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An answer as server-sent events: {@code token} and {@code mark} while it is written, then {@code done} with the whole
 * reply, or {@code error} with a problem. What is wrong before the first event is an ordinary problem response instead.
 *
 * <p>So many events wait for a client that reads slowly; then the answer waits too, and ends with an {@code error} if the
 * client reads nothing for too long. Its turn is free again then.
 */
final class AnswerStream {
    /** Events that wait for the client, beside the last one. */
    static final int ROOM = 256;

    /** Text of a {@code token} event. */
    record Token(String text) {}

    private final Sse sse;
    private final Duration patience;
    private final Cancellation cancellation;
    private final UnicastProcessor<OutboundSseEvent> client = UnicastProcessor.create();
    private final Semaphore room = new Semaphore(ROOM);
    private final CompletableFuture<Void> begun = new CompletableFuture<>();

    /**
     * @param patience with a client that does not read
     * @param cancellation of the request
     */
    AnswerStream(Sse sse, Duration patience, Cancellation cancellation) {
        this.sse = sse;
        this.patience = patience;
        this.cancellation = cancellation;
    }

    /**
     * Begins the work on a thread of its own and waits for its first event, so that whatever is wrong with the request
     * still becomes a response with a status of its own. The thread is none of the workers': requests that wait here hold
     * those, and could hold all.
     */
    Multi<OutboundSseEvent> of(Function<Consumer<AnswerEvent>, UnderstandReply> work) {
        Thread.ofPlatform().name("answer").daemon().start(() -> run(work));
        try {
            begun.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return client.onItem()
                .invoke(() -> room.release())
                .onCancellation()
                .invoke(() -> cancellation.cancel(new GoneException()));
    }

    private void run(Function<Consumer<AnswerEvent>, UnderstandReply> work) {
        try {
            var reply = cancellation.during(() -> work.apply(this::send));
            send("done", reply);
            client.onComplete();
        } catch (Throwable e) { // an error too: who waits must hear of it
            if (!begun.completeExceptionally(e)) {
                send("error", Problem.of(e));
                client.onComplete();
            }
        }
    }

    private void send(AnswerEvent event) {
        awaitRoom();
        switch (event) {
            case AnswerEvent.Token token -> send("token", new Token(token.text()));
            case AnswerEvent.Mark mark -> send("mark", mark.mark());
        }
    }

    private void awaitRoom() {
        try (var _ = cancellation.onCancel(room::release)) {
            if (!room.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                cancellation.cancel(new SlowReaderException(
                        "nothing of the answer was read for %d ms: it ends here".formatted(patience.toMillis())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cancellation.check();
    }

    private void send(String name, Object data) {
        client.onNext(sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(data)
                .build());
        begun.complete(null);
    }
}
