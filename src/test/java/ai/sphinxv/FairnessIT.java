package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One tenant asks as much as it can, another one question after the other. */
class FairnessIT {
    private static final int QUESTIONS = 40;
    private static final int FLOOD = 40;
    private static final int TOKENS = 16;

    /**
     * What the calm tenant's p95 may be of that beside one other client: refusing the others takes the same two cores. Behind
     * all that may wait it would be more than ten.
     */
    private static final double SLOWER = 8;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private URI application = URI.create("http://localhost");

    @Test
    void aTenantThatFloodsKeepsNoOtherOut() throws Exception {
        int port = Packaged.freePort();
        application = URI.create("http://localhost:" + port);
        Process process = Packaged.start(
                folder.resolve("log"),
                "-Dquarkus.http.port=" + port,
                "-Dsphinxv.images.memory=0",
                "-Dsphinxv.images.tenant-header=X-Tenant");
        try {
            Ready.await(application);
            calmBeside(1, new AtomicInteger()); // warms up
            long beside = at95(calmBeside(1, new AtomicInteger()));
            var refused = new AtomicInteger();

            long flooded = at95(calmBeside(FLOOD, refused));

            System.out.printf(
                    "Fairness: p95 of a calm tenant %d ms beside one other client, %d ms beside %d of one tenant, of whom"
                            + " %d requests got 429%n",
                    beside, flooded, FLOOD, refused.get());
            assertThat(refused).hasPositiveValue();
            assertThat((double) flooded).isLessThan(SLOWER * beside);
        } finally {
            process.destroy();
            Packaged.end(process, 60);
            client.close();
        }
    }

    /** How long the calm tenant's answers took, milliseconds, beside so many clients of the other. */
    private List<Long> calmBeside(int others, AtomicInteger refused) throws Exception {
        var stop = new AtomicBoolean();
        List<Future<?>> flood = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        try (var threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < others; i++) {
                byte[] body = Asking.body(i, TOKENS);
                flood.add(threads.submit(() -> {
                    while (!stop.get()) {
                        int status = ask("flood", body).statusCode();
                        assertThat(status).isIn(200, 429);
                        if (status == 429) {
                            refused.incrementAndGet();
                            Thread.sleep(50); // a client that knows no better than to come back at once
                        }
                    }
                    return null;
                }));
            }
            try {
                for (int i = 0; i < QUESTIONS; i++) {
                    long asked = System.nanoTime();
                    var reply = ask("calm", Asking.body(1000 + i, TOKENS));
                    times.add(Duration.ofNanos(System.nanoTime() - asked).toMillis());
                    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
                }
            } finally {
                stop.set(true);
            }
        }
        for (Future<?> one : flood) {
            one.get();
        }
        return times;
    }

    private HttpResponse<String> ask(String tenant, byte[] body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(application.resolve("/v1/understand"))
                        .header("Content-Type", "application/json")
                        .header("X-Tenant", tenant)
                        .timeout(Duration.ofMinutes(1))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static long at95(List<Long> times) {
        return times.stream().sorted().toList().get(times.size() * 95 / 100);
    }
}
