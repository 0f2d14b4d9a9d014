package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.LoadedModel.Lease;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.runtime.SeenImage;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.GuavaCacheMetrics;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Pictures that a model has seen, least recently asked about first out. What one model saw is nothing to another that takes
 * its place, nor to another tenant. By Guava and not by Caffeine, which weighs up who is asked for more often and would often
 * not keep the picture that just came: its sender asks about it next.
 */
@Singleton
public class KnownImages {
    private static final int KIB = 1024;
    private static final long MOST = 64L * KIB * KIB;
    private static final int OF_HEAP = 5;

    private record Key(String model, String tenant, ImageDigest digest) {}

    private final Cache<Key, SeenImage> images;

    KnownImages(SphinxConfig config, MeterRegistry registry) {
        this.images = CacheBuilder.newBuilder()
                .concurrencyLevel(1) // memory that is not shared out: a part of it may be too little for one picture
                .maximumWeight(config.images()
                                .memory()
                                .map(MemorySize::asLongValue)
                                .orElse(usual(Runtime.getRuntime().maxMemory()))
                        / KIB)
                .weigher((Key key, SeenImage seen) -> Math.toIntExact(1 + seen.bytes() / KIB))
                .recordStats()
                .build();
        GuavaCacheMetrics.monitor(registry, images, "sphinxv.images");
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

    /** Bytes for them where no setting says how many. */
    static long usual(long heap) {
        return Math.min(MOST, heap / OF_HEAP);
    }

    /** @param model that would have seen it: {@link Lease#name} */
    public Optional<SeenImage> find(String model, String tenant, ImageDigest digest) {
        return Optional.ofNullable(images.getIfPresent(new Key(model, tenant, digest)));
    }

    /** @throws UnknownImageException if this tenant's pictures have it not, or not any more */
    public SeenImage require(String model, String tenant, ImageDigest digest) {
        return find(model, tenant, digest).orElseThrow(() -> new UnknownImageException(digest));
    }

    /** Keeps it while there is room. */
    public void keep(String model, String tenant, ImageDigest digest, SeenImage seen) {
        images.put(new Key(model, tenant, digest), seen);
    }
}
