package ai.sphinxv.functions.picture;

import ai.sphinxv.functions.Drawn;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An application that fetches pictures, from a server of the test that stands for the open internet. */
public final class Outside {
    /** For as long as the tests run. */
    private static final Listener SERVER = start();

    private Outside() {}

    /** URL of a file there: {@code /square.png} is a picture, {@code /words.txt} is none, and nothing else is there. */
    public static String url(String path) {
        return "http://images.example.com:%d%s".formatted(SERVER.port(), path);
    }

    private static Listener start() {
        try {
            return new Listener(Fetching.OUTSIDE, 0, Outside::answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(List<String> request, OutputStream out) throws IOException {
        String target = request.getFirst().split(" ")[1];
        if (target.equals("/square.png")) {
            byte[] file = Drawn.png();
            Listener.write(out, "HTTP/1.1 200 OK\nContent-Length: %d\n\n".formatted(file.length), file);
        } else if (target.equals("/words.txt")) {
            Listener.write(out, "HTTP/1.1 200 OK\nContent-Type: image/png\nContent-Length: 5\n\nhello");
        } else {
            Listener.write(out, "HTTP/1.1 404 Not Found\nContent-Length: 6\n\nsecret");
        }
    }

    /** Names the hosts. */
    public static class Fetched implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sphinxv.urls.hosts",
                    "images.example.com",
                    "sphinxv.urls.schemes",
                    "http",
                    "sphinxv.urls.ports",
                    String.valueOf(SERVER.port()));
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(Pictures.class);
        }
    }

    /** The fetcher, for whom all names are the server's. */
    @Alternative
    @Singleton
    public static class Pictures extends PictureFetch {
        @Inject
        Pictures(UrlConfig config, Vertx vertx, MeterRegistry measured) {
            super(
                    config,
                    vertx,
                    measured,
                    host -> new InetAddress[] {Fetching.address(Fetching.OUTSIDE)},
                    address -> address.getHostAddress().equals(Fetching.OUTSIDE));
        }
    }
}
