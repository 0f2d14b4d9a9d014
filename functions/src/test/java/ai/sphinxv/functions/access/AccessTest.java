package ai.sphinxv.functions.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes in where there are keys, and an issuer of tokens besides. */
@QuarkusTest
@TestProfile(AccessTest.Guarded.class)
class AccessTest {
    private static final String ONE = "key-of-one";
    private static final String TWO = "key-of-two";
    private static final String BOX = Drawn.request("{\"box\":[40,40,100,100]}");

    /** Two tenants, of whom the second may read metrics. */
    public static class Guarded implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sphinxv.access.keys.one",
                    Access.digest(ONE),
                    "sphinxv.access.keys.two",
                    Access.digest(TWO),
                    "sphinxv.access.operators",
                    "two",
                    "sphinxv.access.at-once",
                    "4",
                    "sphinxv.access.bodies",
                    "1M",
                    "quarkus.oidc.tenant-enabled",
                    "true",
                    "quarkus.oidc.auth-server-url",
                    Issuer.ADDRESS,
                    "quarkus.oidc.token.audience",
                    Issuer.AUDIENCE);
        }
    }

    @Inject
    LoadedModel model;

    @Inject
    MeterRegistry measured;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/understand",
                "/understand",
                "/encode-image",
                "/encode-prompts",
                "/generate",
                "/events",
                "/v1/files",
                "/v1/batches",
                "/v1/files/a/content",
                "/q/metrics",
                "/nothing",
                "/v1",
                "/q/health/../../v1/files",
                "/q/health%2f..%2f..%2fv1/files",
                "/index.html/../v1/files",
                "//v1/files",
                "/v1//files",
                "/v1/files/",
                "/V1/files/x",
                "/v1/files;x=/q/health",
                "/ask.js;/../v1/files",
                "/./v1/files",
                "/%2e/v1/files",
                "/v1/%75nderstand",
                "/v1/files%2f",
                "/q/health/%2e%2e/metrics",
                "/q%2fmetrics",
                "/q//metrics",
                "/Q/METRICS"
            })
    void withoutAKeyNothingOpens(String path) {
        for (String method : new String[] {"GET", "POST", "DELETE", "PUT", "HEAD", "OPTIONS", "PATCH"}) {
            refused(
                    given().urlEncodingEnabled(false)
                            .contentType("application/json")
                            .request(method, path),
                    401,
                    method);
        }
    }

    /** Headers that some gateways and frameworks go by, and places where a key is not looked for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://localhost/q/health/../../v1/files HTTP/1.1\r\n",
                "GET http://evil.example/v1/files HTTP/1.1\r\n",
                "GET http://a@/q/health/@/../../v1/files HTTP/1.1\r\n",
                "GET /v1/files HTTP/1.1\r\nX-Original-URL: /q/health\r\n",
                "GET /v1/files HTTP/1.1\r\nX-Rewrite-URL: /index.html\r\n",
                "POST /v1/files HTTP/1.1\r\nX-HTTP-Method-Override: OPTIONS\r\n",
                "GET /v1/files HTTP/1.1\r\nX-Forwarded-For: 127.0.0.1\r\nForwarded: for=127.0.0.1;host=localhost\r\n",
                "GET /v1/files?access_token=key-of-one&api_key=key-of-one HTTP/1.1\r\n",
                "GET /v1/files HTTP/1.1\r\nCookie: Authorization=key-of-one; q_session=key-of-one\r\n",
                "GET /v1/files HTTP/1.1\r\nAuthorization: Bearer wrong\r\nAuthorization: Bearer key-of-one\r\n",
                "OPTIONS /v1/understand HTTP/1.1\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n",
                "GET /v1/files HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZQ==\r\nSec-WebSocket-Version: 13\r\n",
                "GET /v1/files HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
                "POST /v1/understand HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"
            })
    void nothingElseOpensEither(String head) throws Exception {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            String connection = head.contains("Upgrade: ") ? "Connection: Upgrade, HTTP2-Settings\r\n" : "";
            socket.getOutputStream()
                    .write((head + "Host: localhost\r\n" + connection + "\r\n").getBytes(StandardCharsets.ISO_8859_1));

            byte[] reply = socket.getInputStream().readNBytes(12);

            assertThat(new String(reply, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 401");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/sphinxv.js",
                "/sphinxv.css",
                "/q/health/live",
                "/q/openapi",
                "/q/swagger-ui/"
            })
    void whatHoldsNothingOfAnyoneIsOpen(String path) {
        assertThat(given().get(path).statusCode()).isEqualTo(200);
    }

    /** The page that tries the API out has a field for the key then. */
    @Test
    void theDescriptionSaysHowAKeyIsSent() {
        var description = given().accept("application/json").get("/q/openapi").jsonPath();

        assertThat(description.getString("components.securitySchemes.key.type")).isEqualTo("http");
        assertThat(description.getString("components.securitySchemes.key.scheme"))
                .isEqualTo("bearer");
        Map<String, Map<String, Map<String, Object>>> paths = description.getMap("paths");
        assertThat(paths).hasSizeGreaterThan(4);
        paths.forEach((path, methods) ->
                methods.forEach((method, operation) -> assertThat(String.valueOf(operation.get("security")))
                        .as(method + " " + path)
                        .contains("key")));
    }

    @Test
    void aWrongKeyIsNoKey() {
        for (String header :
                new String[] {"Bearer wrong", "Bearer ", "Bearer " + Access.digest(ONE), "Basic b25lOg==", ONE}) {
            refused(post(given().header("Authorization", header), "{}"), 401, header);
        }
        refused(post(given().header("X-API-Key", "wrong"), "{}"), 401, "X-API-Key");
    }

    @Test
    void aKeyOpensWhatIsItsTenants() {
        assertThat(post(as(ONE), "{}").statusCode()).isEqualTo(400); // and so was read
        assertThat(post(given().header("X-API-Key", ONE), "{}").statusCode()).isEqualTo(400);
        assertThat(as(ONE).get("/nothing").statusCode()).isEqualTo(404);
        refused(as(ONE).get("/q/metrics"), 403, "metrics");
        assertThat(as(TWO).get("/q/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void aTenantsFilesAreItsOwn() {
        String id = as(ONE).multiPart("purpose", "vision")
                .multiPart("file", "a.png", Drawn.png())
                .post("/v1/files")
                .jsonPath()
                .getString("id");

        assertThat(as(ONE).get("/v1/files/" + id).statusCode()).isEqualTo(200);
        assertThat(as(TWO).get("/v1/files/" + id).statusCode()).isEqualTo(404);
        assertThat(as(token("one")).get("/v1/files/" + id).statusCode()).isEqualTo(404);
        assertThat(as(ONE).delete("/v1/files/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void aTenantsPictureIsItsOwn() throws InterruptedException {
        ModelAtHand.await(model);
        String digest = post(as(ONE), BOX).jsonPath().getString("image");
        String again = BOX.replaceFirst("\"image\":\"[^\"]*\"", "\"image\":\"" + digest + "\"");

        assertThat(post(as(ONE), again).statusCode()).isEqualTo(200);
        assertThat(post(as(TWO), again).statusCode()).isEqualTo(404);
        assertThat(post(as(token("ada")), again).statusCode()).isEqualTo(404);
        assertThat(post(as(token("ada")), BOX).statusCode()).isEqualTo(200);
        assertThat(post(as(token("ada")), again).statusCode()).isEqualTo(200);
        assertThat(post(as(token("bob")), again).statusCode()).isEqualTo(404);
    }

    @Test
    void aTokenOfTheIssuerIsTakenAndNoOther() throws Exception {
        JwtClaims expired = Issuer.claims("ada");
        expired.setExpirationTimeMinutesInTheFuture(-10);
        JwtClaims another = Issuer.claims("ada");
        another.setAudience("another");
        JwtClaims stranger = Issuer.claims("ada");
        stranger.setIssuer("https://stranger.example.com");
        String good = token("ada");
        String[] parts = good.split("\\.");
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(as(good).get("/v1/files").statusCode()).isEqualTo(200);
        for (String bad : new String[] {
            Issuer.signed(expired, Issuer.KEY),
            Issuer.signed(another, Issuer.KEY),
            Issuer.signed(stranger, Issuer.KEY),
            Issuer.signed(Issuer.claims("ada"), Issuer.FORGED),
            none + "." + parts[1] + ".",
            parts[0] + "." + parts[1] + ".",
            good.substring(0, good.length() - 8) + "AAAAAAAA"
        }) {
            refused(as(bad).get("/v1/files"), 401, bad);
        }
        refused(as(good).get("/q/metrics"), 403, "metrics");
    }

    static Stream<String> noKeys() {
        return Stream.of(
                "",
                "Authorization: Bearer garbage\r\n",
                "Authorization: Bearer a.b.c\r\n",
                "Authorization: Bearer 0123456789.0123456789\r\n",
                "Authorization: Bearer 0123456789.0123456789.0123456789\r\n",
                "Authorization: Bearer " + Issuer.signed(Issuer.claims("ada"), Issuer.FORGED) + "\r\n",
                "X-API-Key: no key\r\n",
                "X-API-Key: " + token("ada") + "\r\n");
    }

    /** Of a body of 20 MB that is announced, not a byte is sent. */
    @ParameterizedTest
    @MethodSource("noKeys")
    void whoHasNoKeyIsSentAwayBeforeABodyIsRead(String header) throws Exception {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST /v1/understand HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + header + "Content-Length: 20000000\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));

            byte[] reply = socket.getInputStream().readNBytes(12);

            assertThat(new String(reply, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 401");
        }
    }

    /** Nothing of the body is lost while the token is checked, whether it comes with the headers or long after. */
    @Test
    void theBodyBehindATokenIsReadToItsEnd() throws Exception {
        String body = "{\"image\":5," + " ".repeat(1_000_000) + "\"question\":\"what?\"}";
        for (int with : new int[] {0, 100, body.length()}) {
            try (var socket = new Socket("localhost", RestAssured.port)) {
                socket.setSoTimeout(10_000);
                var out = socket.getOutputStream();
                out.write(("POST /v1/understand HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Authorization: Bearer " + token("ada") + "\r\nConnection: close\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body.substring(0, with))
                        .getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                await(() -> inside("questions") == 1 || with == body.length());
                out.write(body.substring(with).getBytes(StandardCharsets.ISO_8859_1));

                String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

                assertThat(reply).startsWith("HTTP/1.1 400").contains("image needs to be text");
            }
            await(() -> inside("questions") == 0);
        }
    }

    /** Anybody, without a key, could have as many there as fit into no memory. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/q/health/live", "/q/openapi"})
    void whereNobodyReadsABodyNoneIsTaken(String path) throws Exception {
        for (String framing :
                new String[] {"Content-Length: 20000000", "Content-Length: 1", "Transfer-Encoding: chunked"}) {
            try (var socket = begin(path, framing)) {
                assertThat(status(socket)).isEqualTo("HTTP/1.1 413"); // not a byte of it was sent
            }
        }
    }

    @Test
    void bodiesAreReadWhileThereIsMemoryForAllOfThem() throws Exception {
        String large = "Content-Length: 900000";
        try (var first = begin("/v1/understand", large)) {
            await(() -> inside("questions") == 1);
            for (String framing : new String[] {"Content-Length: 200000", "Transfer-Encoding: chunked"}) {
                try (var another = begin("/v1/understand", framing)) {
                    assertThat(status(another)).isEqualTo("HTTP/1.1 503");
                }
            }
            Response refused = post(as(ONE), "{}" + " ".repeat(200_000));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotBlank();
            assertThat(refused.jsonPath().getString("detail"))
                    .isEqualTo("900000 bytes of requests are being read, and there is no memory for 200002 more");
            assertThat(post(as(ONE), "{}").statusCode()).isEqualTo(400); // and so was read

            first.getOutputStream().write(("{}" + " ".repeat(899_998)).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(status(first)).isEqualTo("HTTP/1.1 400");
        }
        await(() -> inside("questions") == 0);
        assertThat(post(as(ONE), "{}" + " ".repeat(2_000_000)).statusCode()).isEqualTo(400); // alone
    }

    private static Socket begin(String path, String framing) throws IOException {
        var socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write(
                        ("POST %s HTTP/1.1\r\nHost: localhost\r\nX-API-Key: %s\r\nContent-Type: application/json\r\n%s\r\n\r\n"
                                        .formatted(path, ONE, framing))
                                .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String status(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
    }

    /** Four callers begin a body and do not end it. */
    @Test
    void aDoorHoldsSoManyAndTheOthersStayOpen() throws Exception {
        var callers = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 4; i++) {
                var socket = new Socket("localhost", RestAssured.port);
                callers.add(socket);
                socket.getOutputStream()
                        .write(("POST /v1/understand HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + ONE
                                        + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                                .getBytes(StandardCharsets.ISO_8859_1));
            }
            await(() -> inside("questions") == 4);

            Response fifth = post(as(TWO), "{}");
            assertThat(fifth.statusCode()).isEqualTo(503);
            assertThat(fifth.header("Retry-After")).isNotBlank();
            assertThat(fifth.jsonPath().getString("detail")).isEqualTo("4 requests are in here already");
            assertThat(as(ONE).get("/v1/files").statusCode()).isEqualTo(200);
            assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
        } finally {
            for (Socket caller : callers) {
                caller.close();
            }
        }
        await(() -> inside("questions") == 0);
        assertThat(post(as(TWO), "{}").statusCode()).isEqualTo(400);
    }

    private double inside(String door) {
        return measured.get("sphinxv.door.inside").tag("door", door).gauge().value();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static String token(String subject) {
        return Issuer.signed(Issuer.claims(subject), Issuer.KEY);
    }

    private static RequestSpecification as(String credential) {
        return given().header("Authorization", "Bearer " + credential);
    }

    private static Response post(RequestSpecification request, String body) {
        return request.contentType("application/json").body(body).post("/v1/understand");
    }

    private static void refused(Response reply, int status, String what) {
        assertThat(reply.statusCode()).as(what).isEqualTo(status);
        assertThat(reply.asString()).as(what).doesNotContain("Exception", "java", "io.quarkus");
        if (!reply.asString().isEmpty()) { // which it is to HEAD
            assertThat(reply.contentType()).as(what).startsWith("application/problem+json");
            assertThat(reply.jsonPath().getInt("status")).isEqualTo(status);
        }
        if (status == 401) {
            assertThat(reply.header("WWW-Authenticate")).as(what).startsWith("Bearer");
        }
    }
}
