package ai.sphinxv.functions.access;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.Inside;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every route, by every method, with requests that are nearly right: each is answered, none by a failure, and what is refused
 * tells nothing of what is inside. Routes are those that are registered when it runs. Needs no model.
 */
@QuarkusTest
@Timeout(1800)
class EveryRouteTest {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE");

    /** Of each route; infra/threat-model.md has the command for more. */
    private static final int MUTATIONS = Integer.getInteger("mutations", 160);

    private static final int MOST_SHOWN = 20;
    private static final int CLIENTS = 4;

    private static final List<String> TYPES = List.of(
            "application/json",
            "text/plain",
            "multipart/form-data; boundary=b",
            "multipart/form-data",
            "application/cbor",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/x-www-form-urlencoded",
            "application/octet-stream",
            "application/json; charset=utf-16",
            "*/*",
            "nonsense",
            "/");

    private static final List<String> HEADERS = List.of(
            "Accept",
            "Accept-Encoding",
            "Authorization",
            "Cookie",
            "Expect",
            "If-None-Match",
            "Range",
            "Origin",
            "Content-Encoding",
            "X-Forwarded-For",
            "X-Http-Method-Override",
            "Prefer",
            "traceparent",
            "ce-id",
            "ce-type",
            "ce-source",
            "ce-specversion",
            "Upgrade");

    private static final List<String> VALUES = List.of(
            "",
            "*",
            "-1",
            "text/event-stream",
            "gzip, br;q=nan",
            "Bearer a",
            "Basic !!!",
            "bytes=-1-99999999999999999999",
            "1.0",
            "ai.sphinxv.understand",
            "00-0-0-0",
            "a\tb",
            "\"",
            "h2c",
            "é",
            "x".repeat(3000));

    private static final List<byte[]> BODIES = Stream.of(
                    "",
                    "{}",
                    "[]",
                    "null",
                    "{\"image\":\"AAAA\",\"question\":\"What is <Mark 1>?\",\"marks\":[{\"point\":[5,5]}],\"maxTokens\":5}",
                    "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"ai.sphinxv.understand\",\"data\":{}}",
                    "{\"input_file_id\":\"file-1\",\"endpoint\":\"/v1/understand\",\"completion_window\":\"24h\"}",
                    "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatches\r\n--b\r\n"
                            + "Content-Disposition: form-data; name=\"file\"; filename=\"../../a\"\r\n\r\nx\r\n--b--\r\n",
                    "--b\r\nContent-Disposition: form-data; name=\"request\"\r\nContent-Type: application/json\r\n\r\n{}\r\n--b",
                    "{\"image\":\"%s\",\"question\":\"a\",\"marks\":[]}".formatted(Drawn.base64()))
            .map(body -> body.getBytes(UTF_8))
            .toList();

    @Inject
    Routes routes;

    /** How often there was each status. */
    private final Map<Integer, Integer> seen = new HashMap<>();

    @Test
    void nothingThatIsNearlyRightFailsOrHangs() throws Exception {
        List<String> all = Stream.of(routes.routed(), routes.resources(), routes.functions(), Routes.files())
                .flatMap(List::stream)
                .distinct()
                .toList();
        assertThat(all).hasSizeGreaterThan(15);
        List<String> wrong = new ArrayList<>();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (String route : all) {
                List<Callable<Void>> asked = new ArrayList<>();
                for (int i = 0; i < MUTATIONS; i++) {
                    var random = new Random(31L * route.hashCode() + i);
                    String method = METHODS.get(i % METHODS.size());
                    asked.add(() -> require(mutated(method, route, random)));
                }
                for (Future<Void> one : clients.invokeAll(asked)) {
                    try {
                        one.get();
                    } catch (ExecutionException e) {
                        wrong.add(String.valueOf(e.getCause()));
                    }
                }
                assertThat(given().get("/q/health/live").statusCode())
                        .as("after " + route)
                        .isEqualTo(200);
            }
        }
        assertThat(wrong.stream().limit(MOST_SHOWN))
                .as("%d of them", wrong.size())
                .isEmpty();
        System.out.printf("Every route: %d routes, %d requests each, %s%n", all.size(), MUTATIONS, seen);
        int refused = seen.entrySet().stream()
                .filter(status -> status.getKey() >= 400)
                .mapToInt(Map.Entry::getValue)
                .sum();
        assertThat(refused).isGreaterThan(all.size() * MUTATIONS / 2);
    }

    /** It is answered, not by a failure of ours, and not with what only a program would say. */
    private Void require(byte[] request) throws IOException {
        String reply;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request);
            reply = new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no end of the answer to " + new String(request, ISO_8859_1), e);
        }
        String told = "%s%n-> %s"
                .formatted(new String(request, ISO_8859_1), reply.substring(0, Math.min(500, reply.length())));
        assertThat(reply).as(told).startsWith("HTTP/1.1 ");
        int status = Integer.parseInt(reply.substring(9, 12));
        synchronized (seen) {
            seen.merge(status, 1, Integer::sum);
        }
        assertThat(status == 503 || status == 501 || status < 500).as(told).isTrue(); // 503: no model, or no turn
        if (status >= 400) {
            assertThat(reply.replaceAll("\"[^\"]* is not a field", "")).as(told).doesNotContainPattern(Inside.WORDS);
        }
        return null;
    }

    /** A whole request, whose framing is right: the server knows where it ends, so that it has to answer. */
    private static byte[] mutated(String method, String route, Random random) throws IOException {
        byte[] body = one(BODIES, random).clone();
        for (int i = random.nextInt(4); i > 0 && body.length > 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        String headers = random.ints(random.nextInt(4), 0, HEADERS.size())
                .mapToObj(HEADERS::get)
                .filter(name -> !name.equals("Expect") || body.length == 0) // who expects 100 waits for it
                .map(name -> name + ": " + one(VALUES, random) + "\r\n")
                .collect(Collectors.joining());
        var request = new ByteArrayOutputStream();
        request.write(
                "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n"
                        .formatted(method, path(route, random), one(TYPES, random), headers, body.length)
                        .getBytes(ISO_8859_1));
        request.write(body);
        return request.toByteArray();
    }

    private static String path(String route, Random random) {
        String path = route.replace("{id}", "file-1");
        return switch (random.nextInt(8)) {
            case 0 -> path + "/";
            case 1 -> path + "?" + one(VALUES, random).replaceAll("[^!-~]", "+") + "=%zz&limit=-1&after=%00";
            case 2 -> path + "/%2e%2e/" + random.nextInt();
            case 3 -> path + ";a=b";
            case 4 -> "/" + path;
            case 5 -> path + "/" + "a".repeat(random.nextInt(3000));
            default -> path;
        };
    }

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
