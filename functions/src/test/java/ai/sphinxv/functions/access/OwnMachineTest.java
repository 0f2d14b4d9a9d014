package ai.sphinxv.functions.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that asks nobody who they are, and the pages that its own machine's browser shows. */
@QuarkusTest
class OwnMachineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LOCALHOST",
                "localhost.",
                "sphinxv.localhost:1",
                "127.0.0.1:8080",
                "127.1.2.3",
                "[::1]:8080",
                "[::ffff:127.0.0.1]"
            })
    void itsOwnNamesLeadHere(String host) throws IOException {
        assertThat(status("GET /v1/files", "Host: " + host)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil.example:127.0.0.1",
                "evillocalhost",
                "localhost@evil.example",
                "evil.example/localhost",
                "[::1].evil.example"
            })
    void aNameThatWasTurnedHereDoesNot(String host) throws IOException {
        for (String request : new String[] {"GET /v1/files", "POST /v1/understand", "POST /understand", "GET /none"}) {
            String reply = send(request, "Host: " + host);
            assertThat(status(reply)).as(reply).isIn(400, 403); // 400 where it is no host at all
            assertThat(reply).doesNotContain("\"data\"");
        }
    }

    @Test
    void aSecondHostIsNoWayAround() throws IOException {
        assertThat(status("GET /v1/files", "Host: localhost\r\nHost: evil.example"))
                .isIn(400, 403);
        assertThat(status("GET http://evil.example/v1/files", "Host: evil.example"))
                .isEqualTo(403);
    }

    @Test
    void ourPageMaySendAndNoOther() throws IOException {
        assertThat(status("GET /v1/files", "Host: localhost:80\r\nOrigin: http://localhost:80"))
                .isEqualTo(200);
        for (String origin :
                new String[] {"http://evil.example", "null", "http://localhost:81", "http://localhost", ""}) {
            String reply = send("POST /understand", "Host: localhost:80\r\nOrigin: " + origin);
            assertThat(status(reply)).as(origin).isEqualTo(403);
            assertThat(reply).contains("this server answers no pages but its own");
        }
    }

    @Test
    void whatHoldsNothingOfAnyoneIsThereByAnyName() throws IOException {
        for (String path : new String[] {"/index.html", "/q/health/live", "/q/openapi"}) {
            assertThat(status("GET " + path, "Host: sphinxv.example")).as(path).isEqualTo(200);
        }
    }

    private static int status(String request, String headers) throws IOException {
        return status(send(request, headers));
    }

    private static int status(String reply) {
        return Integer.parseInt(reply.substring(9, 12));
    }

    private static String send(String request, String headers) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("%s HTTP/1.1\r\n%s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                            .formatted(request, headers)
                            .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
