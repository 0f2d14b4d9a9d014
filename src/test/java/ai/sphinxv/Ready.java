package ai.sphinxv;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** Waits until an application has its model loaded, as a load balancer does. */
final class Ready {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Ready() {}

    static void await(URI application) throws InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        String last = "nothing";
        while (Instant.now().isBefore(until)) {
            last = ask(application);
            if (last.startsWith("200")) {
                return;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("not ready after %s, last heard: %s".formatted(PATIENCE, last));
    }

    /** Status and body of the reply about readiness, or why there is none. */
    static String ask(URI application) throws InterruptedException {
        var probe = HttpRequest.newBuilder(application.resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var reply = client.send(probe, HttpResponse.BodyHandlers.ofString());
            return reply.statusCode() + " " + reply.body();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
