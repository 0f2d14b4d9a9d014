package ai.sphinxv.functions.picture;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;

/**
 * The fetcher in a world of two machines: 127.0.0.2 stands for the open internet, everything else that is not public stays
 * what it is. So what is reached, and what must not be, are both real servers.
 */
final class Fetching implements AutoCloseable {
    static final String OUTSIDE = "127.0.0.2";
    static final String INSIDE = "127.0.0.1";

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry measured = new SimpleMeterRegistry();

    /** With the defaults but for what is given. */
    PictureFetch with(Map<String, String> settings, PictureFetch.Names names) {
        return new PictureFetch(config(settings), vertx, measured, names, Fetching::isPublicHere);
    }

    static UrlConfig config(Map<String, String> settings) {
        var prefixed = new HashMap<String, String>();
        settings.forEach((key, value) -> prefixed.put("sphinxv.urls." + key, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(UrlConfig.class)
                .withDefaultValues(prefixed)
                .build()
                .getConfigMapping(UrlConfig.class);
    }

    private static boolean isPublicHere(InetAddress address) {
        return PublicAddress.is(address) || address.getHostAddress().equals(OUTSIDE);
    }

    static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
