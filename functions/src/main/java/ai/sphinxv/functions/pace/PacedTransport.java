package ai.sphinxv.functions.pace;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxServiceProvider;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The JDK's sockets, where each connection to this server has a {@link Pace}. Vert.x' own limits are of silence only: a byte a
 * second is none, and it asks no handler before a request's headers are complete.
 */
public final class PacedTransport extends JDKTransport {

    /** Found by Vert.x, as a service, whenever it starts. */
    public static final class Provider implements VertxServiceProvider {
        @Override
        public void init(VertxBuilder builder) {
            if (builder.findTransport() instanceof JDKTransport) {
                builder.findTransport(new PacedTransport());
            }
        }
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap server) {
        super.configure(options, domainSocket, server);
        config().ifPresent(config -> server.handler(new Accepted(config)));
    }

    /** None where the server is another's, as that in front of a Lambda function under test. */
    private static Optional<PaceConfig> config() {
        try {
            return Optional.of(
                    ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(PaceConfig.class));
        } catch (NoSuchElementException e) {
            return Optional.empty();
        }
    }

    /** Of the socket that listens; what it reads are connections. */
    @Sharable
    private static final class Accepted extends ChannelInboundHandlerAdapter {
        private final PaceConfig config;

        Accepted(PaceConfig config) {
            this.config = config;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object connection) {
            ((Channel) connection).pipeline().addFirst(new OnceHttpIsSpoken(config));
            context.fireChannelRead(connection);
        }
    }

    /** Waits for Vert.x to lay the connection's handlers, which under TLS is after the handshake. */
    private static final class OnceHttpIsSpoken extends ChannelInboundHandlerAdapter {
        private static final String DECODER = "httpDecoder";
        private static final String ENCODER = "httpEncoder";
        private final PaceConfig config;

        OnceHttpIsSpoken(PaceConfig config) {
            this.config = config;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            var handlers = context.pipeline();
            if (handlers.get(DECODER) != null && handlers.get(ENCODER) != null) {
                var pace = new Pace(config);
                handlers.addBefore(DECODER, "paceOfBytes", pace);
                handlers.addAfter(ENCODER, "paceOfMessages", pace.messages());
                context.fireChannelRead(bytes);
                handlers.remove(this);
            } else {
                context.fireChannelRead(bytes);
            }
        }
    }
}
