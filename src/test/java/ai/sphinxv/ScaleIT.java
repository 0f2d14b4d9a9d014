package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From no process to many requests, and from many requests to no process: none is lost. */
class ScaleIT {
    private static final int REQUESTS = 50;
    /** As infra/knative/service.yaml: sphinxv.admission.concurrent + waiting. */
    private static final int CONCURRENCY = 18;

    @TempDir
    Path folder;

    @Test
    void fiftyRequestsThatCameBeforeTheProcessAreAllAnswered() throws Exception {
        int port = Packaged.freePort();
        URI application = URI.create("http://localhost:" + port);
        Process process = null;
        try (var proxy = new QueueingProxy(CONCURRENCY);
                var client = HttpClient.newHttpClient()) {
            List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                replies.add(client.sendAsync(ask(proxy.address(), 8), BodyHandlers.ofString()));
            }
            while (proxy.arrived() < REQUESTS) {
                Thread.sleep(10);
            }
            process = Packaged.start(
                    folder.resolve("log"), "-Dquarkus.http.port=" + port, "-Dsphinxv.admission.patience=PT2M");
            Ready.await(application);
            proxy.ready(application);

            for (var reply : replies) {
                assertThat(reply.get().statusCode()).as(reply.get().body()).isEqualTo(200);
                assertThat(reply.get().body()).contains("\"answer\"");
            }
        } finally {
            if (process != null) {
                process.destroy();
                Packaged.end(process, 60);
            }
        }
    }

    @Test
    void onSigtermAcceptedRequestsAreAnsweredNewOnesRefusedAndTheProcessEnds() throws Exception {
        int port = Packaged.freePort();
        URI application = URI.create("http://localhost:" + port);
        Process process = Packaged.start(
                folder.resolve("log"), "-Dquarkus.http.port=" + port, "-Dsphinxv.admission.patience=PT2M");
        try (var client = HttpClient.newHttpClient()) {
            Ready.await(application);
            List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
            for (int i = 0; i < CONCURRENCY; i++) {
                replies.add(client.sendAsync(ask(application, 200), BodyHandlers.ofString()));
            }
            awaitAccepted(client, application, CONCURRENCY);

            process.destroy();
            String ready = Ready.ask(application);
            while (ready.startsWith("200")) {
                ready = Ready.ask(application);
            }
            for (var reply : replies) {
                assertThat(reply.get().statusCode()).as(reply.get().body()).isEqualTo(200);
            }

            assertThat(ready).startsWith("503");
            assertThat(Packaged.end(process, 60)).as(log()).isTrue();
            assertThat(process.exitValue()).as(log()).isEqualTo(143);
            assertThat(log()).doesNotContain("SIGSEGV", "ERROR");
        } catch (ExecutionException e) {
            throw new AssertionError("an accepted request was lost: " + log(), e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The requests that run and wait, as the metrics say. */
    private static void awaitAccepted(HttpClient client, URI application, int count) throws Exception {
        for (int tries = 0; tries < 600; tries++) {
            var metrics = Metrics.of(client, application);
            if (metrics.value("sphinxv_num_requests_running") + metrics.value("sphinxv_num_requests_waiting") == count
                    || metrics.value("sphinxv_request_success_total") > 0) {
                return;
            }
            Thread.sleep(5);
        }
        throw new AssertionError("the requests were not accepted");
    }

    private static HttpRequest ask(URI application, int tokens) throws Exception {
        var request = Map.of(
                "image",
                Pictures.base64(Pictures.shapes()),
                "question",
                "Please provide a brief description of each marked region in the image.",
                "marks",
                new Object[] {Map.of("box", new int[] {45, 35, 115, 105})},
                "maxTokens",
                tokens);
        return HttpRequest.newBuilder(application.resolve("/v1/understand"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(3))
                .POST(BodyPublishers.ofByteArray(new ObjectMapper().writeValueAsBytes(request)))
                .build();
    }

    private String log() throws Exception {
        return Files.readString(folder.resolve("log"));
    }
}
