package ai.sphinxv.functions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the bundle's folder by the clock. What has changed and then stayed the same for one look, and so is not being
 * copied any more, is told once.
 */
final class BundleWatch {
    private static final Logger LOG = Logger.getLogger(BundleWatch.class);

    /** What can be seen of a folder without reading its files. */
    private record Look(Path folder, List<String> files) {
        /** @param bundle a folder, or a link to one */
        static Look at(Path bundle) throws IOException {
            Path folder = bundle.toRealPath();
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> sorted = files.sorted().toList();
                var seen = new String[sorted.size()];
                for (int i = 0; i < seen.length; i++) {
                    Path file = sorted.get(i);
                    seen[i] = "%s %d %s".formatted(file, Files.size(file), Files.getLastModifiedTime(file));
                }
                return new Look(folder, List.of(seen));
            }
        }
    }

    private final Path bundle;
    private final Duration every;
    private final Consumer<Path> changed;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("bundle-watch").daemon().factory());
    private @Nullable Look last;
    private @Nullable Look told;

    /** @param changed gets the real folder; what it throws is logged */
    BundleWatch(Path bundle, Duration every, Consumer<Path> changed) {
        this.bundle = bundle;
        this.every = every;
        this.changed = changed;
    }

    void start() {
        var _ = clock.scheduleWithFixedDelay(this::look, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Returns when nothing is being told any more. */
    void end() throws InterruptedException {
        clock.shutdown();
        while (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
            LOG.info("A new bundle is still being opened; this server stops when that is over");
        }
    }

    private void look() {
        try {
            var now = Look.at(bundle);
            boolean settled = now.equals(last);
            last = now;
            if (settled && !now.equals(told)) {
                told = now;
                changed.accept(now.folder());
            }
        } catch (IOException e) {
            LOG.debugf("The bundle cannot be looked at now: %s", e); // a link that is just being replaced
        } catch (RuntimeException | Error e) { // an error too: nobody would look again
            LOG.errorf(e, "The new bundle is not served, the one before still is: %s", e.getMessage());
        }
    }
}
