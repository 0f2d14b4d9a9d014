package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.SphinxConfig;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * A start for the JVM to learn from ({@code -XX:AOTCacheOutput}): the process asks itself over its own door what its users
 * will ask, and ends. What it loaded and linked meanwhile, later starts find ready.
 */
@Singleton
class Rehearsal {
    private static final Logger LOG = Logger.getLogger(Rehearsal.class);
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(20);
    /** Of its JPEG: large enough for all five views. */
    private static final int WIDTH = 800;

    private static final int HEIGHT = 600;

    private final boolean wanted;
    private final URI door;

    Rehearsal(SphinxConfig config, @ConfigProperty(name = "quarkus.http.port") int port) {
        this.wanted = config.rehearse();
        this.door = URI.create("http://localhost:%d/".formatted(port));
    }

    void start(@Observes StartupEvent event) {
        if (wanted) {
            Thread.ofPlatform().name("rehearsal").daemon().start(this::run);
        }
    }

    private void run() {
        try (var client = HttpClient.newHttpClient()) {
            awaitReady(client);
            for (String question : List.of(Examples.BOX, Examples.POINT, Examples.STROKE, photograph())) {
                require200(send(client, question(question).build()));
                require200(send(
                        client,
                        question(question).header("Accept", "text/event-stream").build()));
            }
            for (String page : List.of("", "q/metrics")) {
                require200(
                        send(client, HttpRequest.newBuilder(door.resolve(page)).build()));
            }
            LOG.info("Rehearsed; this start ends here");
            Quarkus.asyncExit(0);
        } catch (IOException | IllegalStateException e) {
            LOG.errorf("The rehearsal failed: %s", e);
            Quarkus.asyncExit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady(HttpClient client) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var ready = HttpRequest.newBuilder(door.resolve("q/health/ready")).build();
        while (!isReady(client, ready)) {
            if (System.nanoTime() - start > LONGEST_START.toNanos()) {
                throw new IllegalStateException("the model was not ready after " + LONGEST_START);
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Beans start before the doors open: nobody may listen yet. */
    private static boolean isReady(HttpClient client, HttpRequest ready) throws IOException, InterruptedException {
        try {
            return send(client, ready).statusCode() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    /** What most users send, a JPEG of some size, which other classes read than the examples' small PNG. */
    private static String photograph() throws IOException {
        var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[300];
        Arrays.fill(row, Color.RED.getRGB());
        picture.setRGB(100, 100, row.length, 200, row, 0, 0); // every row the same
        var file = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpeg", file);
        return """
                {"image": "%s", "question": "What is <Region 1>?", "marks": [{"box": [100, 100, 400, 300]}], "maxTokens": 32}
                """.formatted(Base64.getEncoder().encodeToString(file.toByteArray()));
    }

    private HttpRequest.Builder question(String json) {
        return HttpRequest.newBuilder(door.resolve("v1/understand"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private static void require200(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    "%s was answered %d: %s".formatted(response.uri(), response.statusCode(), response.body()));
        }
    }
}
