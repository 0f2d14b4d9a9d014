package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.Measured;
import ai.sphinxv.runtime.AnswerEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An answer as server-sent events: {@code token} and {@code mark} while it is written, then {@code done} with the whole
 * reply, or {@code error} with a problem. What is wrong before the first event is an ordinary problem response instead.
 */
final class AnswerStream {
    /** Ends the decoding of an answer that nobody reads any more. */
    private static final class Gone extends CancellationException {
        Gone() {
            super("the client is gone");
        }
    }

    /** Text of a {@code token} event. */
    record Token(String text) {}

    private final Sse sse;
    private final UnicastProcessor<OutboundSseEvent> client = UnicastProcessor.create();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private volatile boolean gone;

    private AnswerStream(Sse sse) {
        this.sse = sse;
    }

    /**
     * Begins the work on a thread of its own and waits for its first event, so that whatever is wrong with the request
     * still becomes a response with a status of its own. The thread is none of the workers': requests that wait here hold
     * those, and could hold all. Events wait for a slow reader: an answer has a bounded number of them.
     */
    static Multi<OutboundSseEvent> of(
            Sse sse, Measured measured, Function<Consumer<AnswerEvent>, UnderstandReply> work) {
        var stream = new AnswerStream(sse);
        Thread.ofPlatform().name("answer").daemon().start(() -> stream.run(work, measured));
        try {
            stream.begun.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return stream.client.onCancellation().invoke(() -> stream.gone = true);
    }

    private void run(Function<Consumer<AnswerEvent>, UnderstandReply> work, Measured measured) {
        try {
            var reply = work.apply(this::send);
            send("done", reply);
            client.onComplete();
        } catch (Gone e) {
            measured.cancelled(begun.isDone());
        } catch (Throwable e) { // an error too: who waits must hear of it
            if (!begun.completeExceptionally(e)) {
                send("error", Problem.of(e));
                client.onComplete();
            }
        }
    }

    private void send(AnswerEvent event) {
        if (gone) {
            throw new Gone();
        }
        switch (event) {
            case AnswerEvent.Token token -> send("token", new Token(token.text()));
            case AnswerEvent.Mark mark -> send("mark", mark.mark());
        }
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
