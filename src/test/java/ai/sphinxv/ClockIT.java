package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of a running server jumps, by libfaketime. What is waited for and measured goes on by the other clock. */
class ClockIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final int TOKENS = 16;

    /** Seconds; nothing here takes as long. */
    private static final long LONG = 600;

    /** To the day after tomorrow, back over today, beyond the 32 bits of 2038, to years ago, and right again. */
    private static final List<Duration> JUMPS = List.of(
            Duration.ofDays(2), Duration.ofDays(-1), Duration.ofDays(4200), Duration.ofDays(-5000), Duration.ZERO);

    @TempDir
    Path folder;

    private URI application = URI.create("http://localhost");
    private HttpClient client = HttpClient.newHttpClient();

    @Test
    @Timeout(300)
    void whateverTheClockSaysQuestionsAreAnsweredInTheirTime() throws Exception {
        Optional<Path> library = library();
        assumeTrue(library.isPresent(), "no libfaketime under " + LIBRARIES + ": apt-get install faketime");
        Path night = Files.createDirectory(folder.resolve("night"));
        Files.write(night.resolve("shapes.png"), Pictures.shapes());
        set(Duration.ZERO);
        int port = Packaged.freePort();
        application = URI.create("http://localhost:" + port);
        Process process = Packaged.start(
                List.of(
                        "env",
                        "LD_PRELOAD=" + library.get(),
                        "FAKETIME_TIMESTAMP_FILE=" + folder.resolve("offset"),
                        "FAKETIME_CACHE_DURATION=1", // seconds until it looks into that file again
                        "FAKETIME_DONT_FAKE_MONOTONIC=1",
                        "FAKETIME_FORCE_MONOTONIC_FIX=0",
                        "NO_FAKE_STAT=1"),
                folder.resolve("log"),
                "-Dquarkus.http.port=" + port,
                "-Dsphinxv.batch.folder=" + night,
                "-Dsphinxv.batch.cron=* * * * * ?");
        try {
            Ready.await(application);
            for (Duration jump : JUMPS) {
                jumpAndAsk(jump, night);
            }
            assertThat(Files.readString(folder.resolve("log"))).doesNotContain("ERROR", "Exception");
        } finally {
            process.destroy();
            assertThat(Packaged.end(process, 60)).isTrue();
        }
    }

    private void jumpAndAsk(Duration jump, Path night) throws Exception {
        CompletableFuture<HttpResponse<String>> under = client.sendAsync(
                Asking.request(application, Asking.body((int) jump.toDays(), TOKENS)), BodyHandlers.ofString());
        set(jump);
        awaitOffset(jump);

        requireAnswer(jump, under.join());
        requireAnswer(jump, client.send(Asking.request(application, Asking.body(-1, TOKENS)), BodyHandlers.ofString()));
        requireNightlyAnswer(jump, night);
        assertThat(Ready.ask(application)).as("%s", jump).startsWith("200");
        assertThat(Metrics.of(client, application).text().lines().filter(ClockIT::isADuration))
                .as("%s", jump)
                .hasSizeGreaterThan(10)
                .allMatch(line -> value(line) >= 0 && value(line) < LONG);
    }

    private static void requireAnswer(Duration jump, HttpResponse<String> reply) throws IOException {
        assertThat(reply.statusCode()).as("%s: %s", jump, reply.body()).isEqualTo(200);
        JsonNode timings = JSON.readTree(reply.body()).path("timings");
        assertThat(timings.size()).isPositive();
        timings.forEach(
                time -> assertThat(time.asLong()).as("%s: %s", jump, timings).isBetween(0L, LONG * 1000));
    }

    /** The batch folder is looked into by cron, every second, whether the clock went ahead or back. */
    private void requireNightlyAnswer(Duration jump, Path night) throws Exception {
        String name = "after" + jump.toDays();
        Files.writeString(
                folder.resolve("new"),
                "{\"custom_id\":\"a\",\"image\":\"shapes.png\",\"question\":\"What is <Region 1>?\","
                        + "\"marks\":[{\"box\":[45,35,115,105]}],\"maxTokens\":4}\n");
        Files.move(folder.resolve("new"), night.resolve(name + ".jsonl"));
        for (int tries = 0; tries < 300 && !Files.exists(night.resolve(name + ".jsonl.done")); tries++) {
            Thread.sleep(100);
        }
        assertThat(night.resolve(name + ".jsonl.done")).as("%s", jump).exists();
        JsonNode result = JSON.readTree(Files.readString(night.resolve(name + ".results.jsonl")));
        assertThat(result.path("status").asInt()).as(result.toString()).isEqualTo(200);
    }

    private void set(Duration jump) throws IOException {
        Path written = Files.writeString(folder.resolve("written"), "%+d\n".formatted(jump.toSeconds()));
        Files.move(written, folder.resolve("offset"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The server's replies are dated by its clock. */
    private void awaitOffset(Duration jump) throws Exception {
        Duration off = Duration.ofDays(1);
        for (int tries = 0; tries < 100 && off.abs().toMinutes() > 10; tries++) {
            Thread.sleep(100);
            var page = client.send(HttpRequest.newBuilder(application).build(), BodyHandlers.discarding());
            String date = page.headers().firstValue("date").orElseThrow();
            Instant told = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            off = Duration.between(Instant.now().plus(jump), told);
        }
        assertThat(off.abs()).isLessThan(Duration.ofMinutes(10));
    }

    private static boolean isADuration(String line) {
        return line.matches("sphinxv_\\w+_seconds_(sum|max)[ {].*");
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static Optional<Path> library() throws IOException {
        try (Stream<Path> all =
                Files.find(LIBRARIES, 3, (file, found) -> file.endsWith("faketime/libfaketimeMT.so.1"))) {
            return all.findFirst();
        }
    }
}
