package ai.sphinxv.functions.ask;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.Inside;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that broke other servers (infra/threat-model.md has the list), each by its name. Needs no model. */
@QuarkusTest
class AdvisoriesTest {
    private static final String POINT = "{\"point\":[5,5]}";

    /** CVE-2026-0599: a picture's address in markdown was fetched out of the text. */
    @Test
    void cve20260599AnAddressInTheTextIsNotFetched() throws IOException {
        try (var canary = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:%d/a.png".formatted(canary.getLocalPort());
            String question = "What is ![this](%s) <img src='%s'> %s <Mark 1>?".formatted(address, address, address);
            post("{\"image\":\"%s\",\"question\":\"%s\",\"marks\":[%s]}".formatted(Drawn.base64(), question, POINT));

            canary.setSoTimeout(300);
            assertThat(nobodyCalls(canary)).isTrue();
        }
    }

    private static boolean nobodyCalls(ServerSocket canary) throws IOException {
        try (Socket caller = canary.accept()) {
            return caller == null;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    /** CVE-2025-23310 and -23311: each piece of a chunked body cost stack, and a million of them the server. */
    @Test
    void cve202523310AMillionPiecesAreOneBody() throws IOException {
        int pieces = 1_000_000;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(60_000);
            var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            out.write(
                    "POST /v1/understand HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(US_ASCII));
            for (int i = 0; i < pieces; i++) {
                char piece = i == 0 ? '{' : i == pieces - 1 ? '}' : ' ';
                out.write(new byte[] {'1', '\r', '\n', (byte) piece, '\r', '\n'});
            }
            out.write("0\r\n\r\n".getBytes(US_ASCII));
            out.flush();
            byte[] status = socket.getInputStream().readNBytes(12);

            assertThat(new String(status, US_ASCII)).isEqualTo("HTTP/1.1 400"); // a request that asks nothing
        }
        stillAnswers();
    }

    /** CVE-2025-33201 and CVE-2026-24173: sizes and numbers at the end of their range. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"maxTokens\":2147483647",
                "\"maxTokens\":2147483648",
                "\"maxTokens\":-2147483648",
                "\"maxTokens\":1e400",
                "\"temperature\":1e400",
                "\"temperature\":-0.1",
                "\"temperature\":NaN",
                "\"topP\":-4.9e-324",
                "\"topP\":0",
                "\"seed\":9223372036854775808",
                "\"seed\":1e99",
                "\"marks\":[{\"point\":[1e400,1]}]",
                "\"marks\":[{\"point\":[1.7976931348623157e308,1]}]",
                "\"marks\":[{\"box\":[-1.7e308,-1.7e308,1.7e308,1.7e308]}]",
                "\"marks\":[{\"stroke\":[[9007199254740993,1]]}]"
            })
    void cve202533201NumbersAtTheEndOfTheirRangeAreRefused(String field) {
        String marks = field.contains("marks") ? "" : ",\"marks\":[" + POINT + "]";

        Response reply = post("{\"image\":\"%s\",\"question\":\"a\",%s%s}".formatted(Drawn.base64(), field, marks));

        assertThat(reply.statusCode()).as(reply.asString()).isEqualTo(400);
        assertThat(reply.asString()).doesNotContainPattern(Inside.WORDS);
    }

    /** CVE-2026-7020 and CVE-2024-37032: a digest that is a path. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:../../../../etc/passwd",
                "sha256:%2e%2e%2fetc%2fpasswd",
                "sha256:/etc/passwd",
                "sha256:0000000000000000000000000000000000000000000000000000000000000000/../../x",
                "sha256:\\u0000",
                "sha512:0000000000000000000000000000000000000000000000000000000000000000",
                "/etc/passwd",
                "file:///etc/passwd",
                "..\\\\..\\\\boot.ini"
            })
    void cve20267020ADigestLeadsToNoFile(String image) {
        Response reply = post("{\"image\":\"%s\",\"question\":\"a\",\"marks\":[%s]}".formatted(image, POINT));

        assertThat(reply.statusCode()).as(reply.asString()).isIn(400, 404);
        assertThat(reply.asString()).doesNotContain("root:").doesNotContainPattern(Inside.WORDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2f..%2fetc%2fpasswd", "%2e%2e", "%00", "file-..%5c..%5cx", "/../../etc/passwd"})
    void cve20267020AFilesNameLeadsNowhereElse(String id) {
        for (String end : new String[] {"", "/content"}) {
            Response reply = given().urlEncodingEnabled(false).get("/v1/files/" + id + end);

            assertThat(reply.statusCode()).as(reply.asString()).isIn(400, 404, 405);
            assertThat(reply.asString()).doesNotContain("root:").doesNotContainPattern(Inside.WORDS);
        }
    }

    /** exo and SGLang (vuldb 848737, 831438): a cache's key was of the pixels and not of their shape. */
    @Test
    void vuldb848737TheSamePixelsInAnotherShapeAreAnotherPicture() throws IOException {
        byte[] pixels = new byte[3 * 36];
        new Random(1).nextBytes(pixels);

        assertThat(ImageDigest.of(png(9, 4, pixels))).isNotEqualTo(ImageDigest.of(png(4, 9, pixels)));
    }

    private static byte[] png(int width, int height, byte[] pixels) throws IOException {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        picture.getRaster().setDataElements(0, 0, width, height, pixels);
        var file = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", file);
        return file.toByteArray();
    }

    /** CVE-2026-22778, CVE-2025-23319: what a library says of a mistake was told, an address in memory with it. */
    @Test
    void cve202622778NoErrorTellsWhatIsInside() {
        var random = new Random(22778);
        String whole = "{\"image\":\"%s\",\"question\":\"What is <Mark 1>?\",\"marks\":[%s],\"maxTokens\":5}"
                .formatted(Drawn.base64().substring(0, 400), POINT);
        for (int i = 0; i < 300; i++) {
            var body = new StringBuilder(whole);
            for (int change = 0; change <= i % 3; change++) {
                body.setCharAt(random.nextInt(body.length()), (char) (random.nextInt(95) + ' '));
            }
            Response reply =
                    post(body.substring(0, random.nextBoolean() ? body.length() : random.nextInt(body.length())));
            assertThat(reply.statusCode()).as("%s: %s", body, reply.asString()).isBetween(400, 499);
            assertThat(reply.jsonPath().getString("detail").replaceFirst("^.* is not a field", ""))
                    .doesNotContainPattern(Inside.WORDS);
        }
    }

    private static void stillAnswers() {
        assertThat(post("{}").statusCode()).isEqualTo(400);
    }

    private static Response post(String body) {
        return given().contentType("application/json").body(body).post("/v1/understand");
    }
}
