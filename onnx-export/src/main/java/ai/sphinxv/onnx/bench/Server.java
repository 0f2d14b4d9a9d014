package ai.sphinxv.onnx.bench;

import ai.sphinxv.runtime.Answer.Usage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
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
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged application in a process of its own, and one who asks it over HTTP. */
final class Server implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI door;

    /** @param application its quarkus-run.jar */
    Server(Path application, Path bundle, Path log, String... options) throws IOException, InterruptedException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        door = URI.create("http://localhost:%d/".formatted(port));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(options));
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dsphinxv.bundle=" + bundle.toAbsolutePath());
        command.add("-jar");
        command.add(application.toString());
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        awaitReady(log);
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        var ready = HttpRequest.newBuilder(door.resolve("q/health/ready")).build();
        long start = System.nanoTime();
        while (!isReady(ready)) {
            if (!process.isAlive() || System.nanoTime() - start > LONGEST_START.toNanos()) {
                close();
                throw new IllegalStateException("the application does not start: " + log + " says why");
            }
            Thread.sleep(50);
        }
    }

    private boolean isReady(HttpRequest ready) throws IOException, InterruptedException {
        try {
            return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    /** @param image digest of the picture, by which it may be asked about again */
    record Reply(String image, String answer, Usage usage) {}

    Reply ask(byte[] body) {
        try {
            HttpResponse<byte[]> reply = client.send(
                    HttpRequest.newBuilder(door.resolve("v1/understand"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofByteArray());
            JsonNode json = JSON.readTree(reply.body());
            if (reply.statusCode() != 200) {
                throw new IllegalStateException("the application answers %d: %s".formatted(reply.statusCode(), json));
            }
            var usage = json.path("usage");
            return new Reply(
                    json.path("image").asText(),
                    json.path("answer").asText(),
                    new Usage(
                            usage.path("promptTokens").asInt(),
                            usage.path("answerTokens").asInt()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Memory that the process has, in MB; 0 where the system does not tell. */
    double resident() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        var found = RESIDENT.matcher(Files.readString(status));
        return found.find() ? Long.parseLong(found.group(1)) * 1024 / 1e6 : 0;
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
