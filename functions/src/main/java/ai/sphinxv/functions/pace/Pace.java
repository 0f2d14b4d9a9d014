package ai.sphinxv.functions.pace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request comes too slowly. Sees its bytes as they come; {@link #messages} tells it what they were.
 * One of a connection, and on its event loop only.
 */
final class Pace extends ChannelInboundHandlerAdapter {
    private static final String DETAIL =
            "the request came too slowly: the rest of it was not waited for; send it again, or over a faster connection";
    private static final String BODY = "{\"status\":408,\"title\":\"Too slow\",\"detail\":\"%s\"}".formatted(DETAIL);
    private static final byte[] REPLY =
            "HTTP/1.1 408 Request Timeout\r\nContent-Type: application/problem+json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(BODY.length(), BODY)
                    .getBytes(US_ASCII);

    /** Bytes of a body that are read after its answer: most clients send all before they look for one. */
    private static final long MOST_AFTER = 64 << 20;

    private enum Awaited {
        NOTHING,
        HEADERS,
        BODY
    }

    private final Duration headers;
    private final Duration body;
    private final long fewestBytes;

    private Awaited awaited = Awaited.NOTHING;
    private long since;
    private long received;
    private @Nullable Future<?> check;

    /** Requests that came, but for responses that are sent. */
    private int unanswered;

    private boolean isAnswering;

    /** Of a body that was answered before its end. */
    private long after;

    Pace(PaceConfig config) {
        headers = config.headers();
        body = config.body();
        fewestBytes = config.bodyBytes().asLongValue();
    }

    ChannelHandler messages() {
        return new Messages();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        int count = ((ByteBuf) bytes).readableBytes();
        received += count;
        after = awaited == Awaited.BODY && unanswered == 0 ? after + count : 0;
        if (after > MOST_AFTER) {
            ReferenceCountUtil.release(bytes);
            context.close();
            return;
        }
        if (awaited == Awaited.NOTHING) {
            await(Awaited.HEADERS);
        }
        context.fireChannelRead(bytes);
        if (awaited != Awaited.NOTHING && check == null) {
            checkIn(left(), context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (check != null) {
            check.cancel(false);
        }
        context.fireChannelInactive();
    }

    private void await(Awaited next) {
        awaited = next;
        since = System.nanoTime();
        received = 0;
    }

    private Duration left() {
        return (awaited == Awaited.HEADERS ? headers : body).minusNanos(System.nanoTime() - since);
    }

    private void checkIn(Duration time, ChannelHandlerContext context) {
        check = context.executor().schedule(() -> check(context), time.toNanos(), NANOSECONDS);
    }

    private void check(ChannelHandlerContext context) {
        check = null;
        if (awaited == Awaited.NOTHING || !context.channel().isActive()) {
            return;
        }
        if (left().isPositive()) {
            checkIn(left(), context); // of a later request than the one it was meant for
        } else if (isOurs(context) || isFast()) {
            await(awaited);
            checkIn(left(), context);
        } else {
            cut(context);
        }
    }

    /** Nobody reads, or the client sent ahead while it waits for an answer. */
    private boolean isOurs(ChannelHandlerContext context) {
        return !context.channel().config().isAutoRead() || (awaited == Awaited.HEADERS && unanswered > 0);
    }

    private boolean isFast() {
        return awaited == Awaited.BODY && received >= fewestBytes;
    }

    private void cut(ChannelHandlerContext context) {
        boolean isTold = awaited == Awaited.HEADERS || (unanswered == 1 && !isAnswering);
        awaited = Awaited.NOTHING;
        if (isTold) {
            context.writeAndFlush(Unpooled.wrappedBuffer(REPLY)).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.close(); // the answer came before the whole question, or is on its way
        }
    }

    /** Behind the decoder and the encoder. */
    private final class Messages extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                unanswered++;
                await(Awaited.BODY);
            }
            if (message instanceof LastHttpContent) {
                awaited = Awaited.NOTHING;
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof HttpResponse response) {
                isAnswering = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
            }
            if (message instanceof LastHttpContent && isAnswering) {
                unanswered--;
                isAnswering = false;
            }
            context.write(message, promise);
        }
    }
}
