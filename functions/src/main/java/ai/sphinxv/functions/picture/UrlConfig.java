package ai.sphinxv.functions.picture;

import ai.sphinxv.functions.Range;
import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pictures by URL. None is fetched until {@link #hosts} says from where. */
@StaticInitSafe // as SphinxConfig, which has the same prefix
@ConfigMapping(prefix = "sphinxv.urls")
public interface UrlConfig {

    /**
     * Where pictures may be fetched from: {@code images.example.com}, {@code *.example.com} for all names under it, {@code *}
     * for every host. Whatever it says, only public addresses are connected to.
     */
    Optional<List<String>> hosts();

    @WithDefault("https")
    Set<Scheme> schemes();

    @WithDefault("80,443")
    Set<Integer> ports();

    /** How long a fetch may take, with all its redirects. */
    @WithDefault("PT10S")
    Duration time();

    /** Redirects that are followed; each has to lead where pictures may be fetched from. */
    @WithDefault("3")
    @Range(min = 0, max = 20)
    int redirects();

    /**
     * Fetches at a time; the next request gets 503 at once. Where tenants are told apart, one of them has at most half of them,
     * and its next request gets 429.
     */
    @WithDefault("8")
    @Range(min = 1, max = 1024)
    int concurrent();

    /** PEM file of authorities to trust in place of the JVM's. */
    Optional<Path> certificates();

    /** What a URL begins with. */
    enum Scheme {
        HTTP(80),
        HTTPS(443);

        private final int port;

        Scheme(int port) {
            this.port = port;
        }

        int port() {
            return port;
        }
    }
}
