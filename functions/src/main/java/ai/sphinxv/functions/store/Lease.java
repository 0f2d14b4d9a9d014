package ai.sphinxv.functions.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says in an object that someone is at work, again and again while it is so. Who else wants to work watches the object: if it
 * changes, someone is; if it stays the same for long enough, whoever wrote it is gone. No two clocks are compared. It saves
 * work that would be done twice; that no result is written twice is up to {@link SegmentLog}.
 */
final class Lease implements AutoCloseable {
    private static final String FREE = "free";
    private static final int RENEWALS = 3;
    private static final int LOOKS = 5; // at the object between two renewals

    private final Bucket bucket;
    private final String key;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread renewing;
    private String version;

    private Lease(Bucket bucket, String key, String version, Duration time) {
        this.bucket = bucket;
        this.key = key;
        this.version = version;
        this.renewing = Thread.ofPlatform().name("lease").daemon().unstarted(() -> renew(time.dividedBy(RENEWALS)));
    }

    /** Nothing if someone else is at work. Waits until that is sure, at most for the time. */
    static Optional<Lease> take(Bucket bucket, String key, Duration time) throws IOException {
        bucket.requireConditions(key + ".probe"); // beside it: elsewhere in the bucket we may not be allowed to write
        Optional<Bucket.Seen> first = bucket.see(key);
        long start = System.nanoTime();
        while (first.isPresent()
                && !new String(first.get().bytes(), UTF_8).equals(FREE)
                && System.nanoTime() - start < time.toNanos()) {
            pause(time.dividedBy(RENEWALS * LOOKS));
            Optional<Bucket.Seen> now = bucket.see(key);
            if (now.isEmpty() || !now.get().version().equals(first.get().version())) {
                return Optional.empty();
            }
        }
        @Nullable String seen = first.map(Bucket.Seen::version).orElse(null);
        Optional<Lease> mine = bucket.replace(key, mark(), seen).map(version -> new Lease(bucket, key, version, time));
        mine.ifPresent(lease -> lease.renewing.start());
        return mine;
    }

    /** Never the same twice, so that its version is not either. */
    private static byte[] mark() {
        return UUID.randomUUID().toString().getBytes(UTF_8);
    }

    private void renew(Duration pause) {
        try {
            while (!over.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                Optional<String> mine = renewed();
                if (mine.isEmpty()) {
                    return; // somebody has taken it: the next line of the log will fail
                }
                version = mine.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the bucket is not to be reached, nobody else can take it either; it is tried again. */
    private Optional<String> renewed() {
        try {
            return bucket.replace(key, mark(), version);
        } catch (IOException e) {
            return Optional.of(version);
        }
    }

    /** Lets go at once. */
    @Override
    public void close() throws IOException {
        over.countDown();
        try {
            renewing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // it is found to be gone later
        }
        bucket.replace(key, FREE.getBytes(UTF_8), version);
    }

    private static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
