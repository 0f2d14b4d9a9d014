package ai.sphinxv.functions.access;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What strangers make up becomes no metric of its own, and takes none from the others. */
@QuarkusTest
class RequestTagsTest {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE");
    private static final int MADE_UP = 300;

    @Inject
    MeterRegistry measured;

    @Test
    void madeUpPathsShareATagAndLeaveTheListedTheirs() throws Exception {
        for (String method : METHODS) {
            pipelined(method, "/made-up/");
        }
        pipelined("OPTIONS", "/v1/files/made-up-");
        pipelined("PUT", "/v1/batches/made-up-");

        given().contentType("application/json").body("{}").post("/v1/understand");
        given().get("/v1/batches/none");

        await(() -> tags("uri").containsAll(Set.of("/v1/understand", "/v1/batches/{id}", RequestTags.OTHER)));
        assertThat(tags("uri")).hasSizeLessThan(100).noneMatch(uri -> uri.contains("made-up"));
    }

    @Test
    void madeUpMethodsShareATag() throws Exception {
        for (int i = 0; i < MADE_UP; i++) {
            pipelined("MADE-UP-" + i, "/index.html", 1);
        }

        await(() -> tags("method").contains(RequestTags.OTHER));
        assertThat(tags("method")).noneMatch(method -> method.startsWith("MADE"));
    }

    private Set<String> tags(String key) {
        return measured.find("http.server.requests").meters().stream()
                .map(Meter::getId)
                .map(id -> id.getTag(key))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static void pipelined(String method, String path) throws IOException {
        pipelined(method, path, MADE_UP);
    }

    /** All on one connection, which ends with the last. */
    private static void pipelined(String method, String path, int count) throws IOException {
        var requests = new StringBuilder();
        for (int i = 0; i < count; i++) {
            requests.append("%s %s%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
                    .formatted(
                            method, path, count == 1 ? "" : method + i, i == count - 1 ? "Connection: close\r\n" : ""));
        }
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(requests.toString().getBytes(ISO_8859_1));
            String replies = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(replies.split("HTTP/1.1 ", -1)).as(method).hasSizeGreaterThan(count);
        }
    }

    /** A request is measured a moment after it is answered. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
