package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.Measured;
import ai.sphinxv.runtime.AnswerEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.concurrent.CancellationException;
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
    private final MultiEmitter<? super OutboundSseEvent> client;
    private boolean begun;

    private AnswerStream(Sse sse, MultiEmitter<? super OutboundSseEvent> client) {
        this.sse = sse;
        this.client = client;
    }

    /** The work runs on a worker thread. Events may wait for a slow reader: an answer has a bounded number of them. */
    static Multi<OutboundSseEvent> of(
            Sse sse, Measured measured, Function<Consumer<AnswerEvent>, UnderstandReply> work) {
        return Multi.createFrom()
                .<OutboundSseEvent>emitter(
                        client -> new AnswerStream(sse, client).run(work, measured), BackPressureStrategy.BUFFER)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private void run(Function<Consumer<AnswerEvent>, UnderstandReply> work, Measured measured) {
        try {
            var reply = work.apply(this::send);
            send("done", reply);
            client.complete();
        } catch (Gone e) {
            measured.cancelled();
        } catch (RuntimeException e) {
            if (begun) {
                send("error", Problem.of(e));
                client.complete();
            } else {
                client.fail(e);
            }
        }
    }

    private void send(AnswerEvent event) {
        if (client.isCancelled()) {
            throw new Gone();
        }
        switch (event) {
            case AnswerEvent.Token token -> send("token", new Token(token.text()));
            case AnswerEvent.Mark mark -> send("mark", mark.mark());
        }
    }

    private void send(String name, Object data) {
        begun = true;
        client.emit(sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(data)
                .build());
    }
}
