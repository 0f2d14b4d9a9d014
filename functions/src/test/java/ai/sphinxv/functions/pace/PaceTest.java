package ai.sphinxv.functions.pace;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send a byte at a time, on real connections. */
@QuarkusTest
@TestProfile(PaceTest.Impatient.class)
@Timeout(120)
class PaceTest {
    private static final int CLIENTS = 1000;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** How much later than at the limit a connection may be closed on a machine that does other things too. */
    private static final Duration SLACK = Duration.ofSeconds(6);

    private static final String START =
            "POST /v1/understand HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String LATE = "test.late";

    /** Two seconds in place of ten and of twenty. */
    public static class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sphinxv.pace.headers",
                    LIMIT.toString(),
                    "sphinxv.pace.body",
                    LIMIT.toString(),
                    "sphinxv.pace.body-bytes",
                    "1K",
                    "sphinxv.access.at-once", // else most of them are sent away at once
                    String.valueOf(2 * CLIENTS),
                    "sphinxv.access.bodies", // likewise
                    "16G",
                    LATE,
                    "true");
        }
    }

    /** An answer that takes longer than a request may. */
    @Path("/test/late")
    @IfBuildProperty(name = LATE, stringValue = "true")
    public static class LateResource {
        @GET
        @Blocking
        public String answer() throws InterruptedException {
            Thread.sleep(LIMIT.multipliedBy(2));
            return "late";
        }
    }

    /** What became of one connection. */
    private record Closed(Duration after, String reply) {}

    @Test
    void aThousandThatTrickleAreClosedAtTheLimitWhileOthersAreAnswered() throws Exception {
        ask(200); // warms up
        List<Long> alone = ask(200);
        var open = new CountDownLatch(CLIENTS);
        List<Future<Closed>> trickling = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                String start = switch (i % 3) {
                    case 0 -> "P"; // the first line
                    case 1 -> START + "X-Trickle: "; // a header
                    default -> START + "Content-Length: 5000000\r\n\r\n{";
                };
                trickling.add(threads.submit(() -> trickle(start, open)));
            }
            open.await();
            List<Long> among = ask(200);
            System.out.printf(
                    "Slow clients: of 200 requests the slowest of 99 %% took %.1f ms alone, %.1f ms beside %d of them%n",
                    p99(alone) / 1e6, p99(among) / 1e6, CLIENTS);
            assertThat(p99(among)).isLessThan(3 * p99(alone) + 200_000_000);
        }
        Duration longest = Duration.ZERO;
        for (Future<Closed> one : trickling) {
            Closed closed = one.get();
            assertThat(closed.after).isBetween(LIMIT.minusMillis(100), LIMIT.plus(SLACK));
            assertThat(closed.reply).startsWith("HTTP/1.1 408 ").contains("the request came too slowly");
            longest = longest.compareTo(closed.after) > 0 ? longest : closed.after;
        }
        System.out.printf("Slow clients: all %d were closed, the last after %d ms%n", CLIENTS, longest.toMillis());
    }

    @Test
    void aSlowBodyThatGoesOnIsRead() throws Exception {
        try (var socket = connect()) {
            send(socket, START + "Content-Length: 4001\r\n\r\n{");
            for (int i = 0; i < 8; i++) { // as many bytes in a second as are asked for in two
                Thread.sleep(500);
                send(socket, " ".repeat(500));
            }
            assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 400"); // it asks nothing
        }
    }

    @Test
    void aBodyThatStopsIsNotWaitedForHoweverMuchOfItCame() throws Exception {
        try (var socket = connect()) {
            send(socket, START + "Content-Length: 5000000\r\n\r\n{" + " ".repeat(100_000));

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void whoSendsAheadIsNotCutOffFromItsAnswer() throws Exception {
        try (var socket = connect()) {
            send(socket, "GET /test/late HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Thread.sleep(500); // by then it is being answered
            send(socket, "GET");
            byte[] reply = socket.getInputStream().readAllBytes();

            assertThat(new String(reply, US_ASCII)).startsWith("HTTP/1.1 200 ").contains("late");
        }
    }

    private static Closed trickle(String start, CountDownLatch open) throws Exception {
        try (var socket = connect()) {
            socket.setSoTimeout(500);
            send(socket, start);
            long since = System.nanoTime();
            open.countDown();
            var reply = new StringBuilder();
            while (true) {
                try {
                    int next = socket.getInputStream().read();
                    if (next < 0) {
                        return new Closed(Duration.ofNanos(System.nanoTime() - since), reply.toString());
                    }
                    reply.append((char) next);
                } catch (SocketTimeoutException e) {
                    send(socket, "a");
                } catch (SocketException e) { // it was reset by a byte that crossed the reply
                    return new Closed(Duration.ofNanos(System.nanoTime() - since), reply.toString());
                }
            }
        }
    }

    /** Nanoseconds that each took. */
    private static List<Long> ask(int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> {
                    long start = System.nanoTime();
                    assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
                    return System.nanoTime() - start;
                })
                .toList();
    }

    private static long p99(List<Long> times) {
        return times.stream()
                .sorted()
                .skip(times.size() * 99L / 100)
                .findFirst()
                .orElseThrow();
    }

    private static Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }
}
