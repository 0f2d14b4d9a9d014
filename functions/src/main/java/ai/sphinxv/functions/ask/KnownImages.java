package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.runtime.SeenImage;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Pictures that the model has seen, least recently asked about first out. They live in the one process with the one model
 * that saw them, so tenant and digest are all that tells them apart.
 */
@Singleton
public class KnownImages {
    private static final int KIB = 1024;

    private record Key(String tenant, ImageDigest digest) {}

    private final Cache<Key, SeenImage> images;

    KnownImages(SphinxConfig config, MeterRegistry registry) {
        this.images = Caffeine.newBuilder()
                .maximumWeight(config.images().memory().asLongValue() / KIB)
                .<Key, SeenImage>weigher((key, seen) -> Math.toIntExact(1 + seen.bytes() / KIB))
                .recordStats()
                .build();
        CaffeineCacheMetrics.monitor(registry, images, "sphinxv.images");
        FunctionCounter.builder(
                        "sphinxv.image.embedding.cache.queries",
                        images,
                        cache -> cache.stats().requestCount())
                .register(registry);
        FunctionCounter.builder(
                        "sphinxv.image.embedding.cache.hits",
                        images,
                        cache -> cache.stats().hitCount())
                .register(registry);
    }

    public Optional<SeenImage> find(String tenant, ImageDigest digest) {
        return Optional.ofNullable(images.getIfPresent(new Key(tenant, digest)));
    }

    /** @throws UnknownImageException if this tenant's pictures have it not, or not any more */
    public SeenImage require(String tenant, ImageDigest digest) {
        return find(tenant, digest).orElseThrow(() -> new UnknownImageException(digest));
    }

    /** Keeps it while there is room. */
    public void keep(String tenant, ImageDigest digest, SeenImage seen) {
        images.put(new Key(tenant, digest), seen);
    }
}
