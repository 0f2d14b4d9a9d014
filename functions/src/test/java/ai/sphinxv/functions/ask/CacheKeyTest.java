package ai.sphinxv.functions.ask;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.TestConfig;
import ai.sphinxv.runtime.SeenImage;
import ai.sphinxv.runtime.image.RgbImage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The cache gives what was kept under just these names, or nothing: never another's. */
class CacheKeyTest {
    private static final int TUPLES = 1_000_000;
    private static final int STEPS = 10_000;

    /** Names that run into each other if they are only written one after the other. */
    private static final List<String> NAMES =
            List.of("", "a", "aa", "a:", ":a", "nano", "nano@1", "nano@11", "1", "11", "a\0");

    private record Kept(String model, String tenant, ImageDigest digest) {}

    /** What was seen of it says which of the tuples it was kept under. */
    @Test
    void ofAMillionTuplesEachIsItsOwn() {
        var images = images("2G");
        var random = new Random(15);
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < TUPLES; i++) {
            var digest = ImageDigest.of(ByteBuffer.allocate(4)
                    .putInt(i / (NAMES.size() * NAMES.size()))
                    .array());
            int names = i % (NAMES.size() * NAMES.size());
            var key = new Kept(NAMES.get(names / NAMES.size()), NAMES.get(names % NAMES.size()), digest);
            kept.add(key);
            images.keep(key.model, key.tenant, key.digest, seen(i));
        }
        for (int look = 0; look < TUPLES; look++) {
            int i = random.nextInt(TUPLES);
            Kept key = kept.get(i);
            assertThat(images.require(key.model, key.tenant, key.digest).embeds()[0])
                    .isEqualTo(i);
        }
    }

    /** llama-cpp-python #90: the third picture was answered as the second. Against a map that forgets nothing. */
    @Test
    void whateverIsKeptForgottenAndAskedForNothingElseIsFound() {
        var images = images("60K"); // about as many as there are in two tenants
        var oracle = new HashMap<Kept, Integer>();
        var random = new Random(90);
        int found = 0;
        int missed = 0;
        for (int step = 0; step < STEPS; step++) {
            var key =
                    new Kept(NAMES.get(5 + random.nextInt(3)), NAMES.get(random.nextInt(3)), ImageDigest.of(new byte[] {
                        (byte) random.nextInt(20)
                    }));
            if (random.nextInt(3) == 0) {
                images.keep(key.model, key.tenant, key.digest, seen(step));
                oracle.put(key, step);
            } else {
                var known = images.find(key.model, key.tenant, key.digest);
                if (known.isPresent()) {
                    assertThat(oracle).containsKey(key);
                    assertThat((int) known.get().embeds()[0]).isEqualTo(oracle.get(key));
                    found++;
                } else {
                    missed++;
                }
            }
        }
        assertThat(found).isGreaterThan(STEPS / 20);
        assertThat(missed).isGreaterThan(STEPS / 20);
    }

    private static SeenImage seen(int number) {
        return new SeenImage(new RgbImage(1, 1, new byte[3]), new float[] {number}, null, null);
    }

    private static KnownImages images(String memory) {
        return new KnownImages(TestConfig.with(Map.of("sphinxv.images.memory", memory)), new SimpleMeterRegistry());
    }
}
