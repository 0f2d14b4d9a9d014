package ai.sphinxv.functions.ask;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.config.HttpClientConfig;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before a model is needed, at every door; so these pass in a build that carries none. */
@QuarkusTest
class RefusalTest {
    private static final String POINT = "{\"point\":[5,5]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                    | the body needs to be one JSON object",
                "{} {}                 | the body needs to be one JSON object",
                "null                  | the body is empty: send one JSON object",
                "{\"image\":           | the body is not JSON: line 1, column",
                "{\"question\":17}     | question needs to be text",
                "{\"marks\":{}}        | marks needs to be a list",
                "{\"marks\":[{\"point\":[\"1\",2]}]}    | marks[0].point[0] needs to be a number",
                "{\"marks\":[{\"bbox\":[1,2,3,4]}]}     | marks[0].bbox is not a field; there are",
                "{\"marks\":[{\"mask\":5}]}             | marks[0].mask needs to be a PNG as a data URL, or an object of size and counts",
                "{\"marks\":[{\"mask\":{\"rle\":\"6\"}}]} | marks[0].mask.rle is not a field; there are",
                "{\"marks\":[{\"mask\":{\"size\":[1,1],\"counts\":[1.5]}}]} | marks[0].mask.counts[0] needs to be a whole number",
                "{\"marks\":[{\"mask\":{\"size\":[1,1],\"counts\":{}}}]}    | marks[0].mask.counts needs to be a list",
                "{\"marks\":[{\"polygon\":[5]}]}        | marks[0].polygon[0] needs to be a list",
                "{\"scope\":5}         | scope needs to be text",
                "{\"maxTokens\":1.5}   | maxTokens needs to be a whole number",
                "{\"maxTokens\":99999999999}            | maxTokens",
                "{\"question\":\"a\",\"question\":\"b\"} | the body is not JSON",
                "{\"marks\":[{\"point\":[NaN,2]}]}      | the body is not JSON",
            })
    void aMistakeInTheJsonIsNamed(String body, String detail) {
        problem(post(body), 400, detail);
    }

    /** Found by fuzzing: what looks like UTF-32 and is none was told to be our fault. */
    @Test
    void charactersThatAreNoneAreRefused() {
        for (String bytes : new String[] {"0000007b09080909", "7b00000009090809", "7b22ff22", "feff007bd800"}) {
            problem(
                    given().contentType("application/json")
                            .body(HexFormat.of().parseHex(bytes))
                            .post("/v1/understand"),
                    400,
                    "the body is not JSON");
        }
    }

    /** Quarkus REST would wait for the body until its read timeout, and hold a thread for so long. */
    @Test
    void anEmptyBodyIsRefusedAtOnce() {
        for (String path : new String[] {"/v1/understand", "/understand"}) {
            var reply = given().contentType("application/json")
                    .config(RestAssured.config()
                            .httpClient(HttpClientConfig.httpClientConfig().setParam("http.socket.timeout", 10_000)))
                    .post(path);
            problem(reply, 400, "");
        }
    }

    /** It is read as a form before the resource looks for a body, of which nothing is left. */
    @Test
    void anEventThatIsAFormIsRefusedAtOnce() {
        var reply = given().config(RestAssured.config()
                        .httpClient(HttpClientConfig.httpClientConfig().setParam("http.socket.timeout", 10_000)))
                .multiPart("purpose", "batches")
                .post("/events");
        problem(reply, 400, "an event is no form");
    }

    /** Nobody answered it. */
    @Test
    void aFormThatEndsWithinAFileIsRefused() throws Exception {
        String body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n-_b--\r\n";
        try (var client = HttpClient.newHttpClient()) {
            var replies = Stream.of("/v1/understand", "/v1/files", "/understand", "/events", "/nothing")
                    .map(path -> form(path, body))
                    .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
                    .toList();
            for (var reply : replies) {
                assertThat(reply.get().statusCode()).isEqualTo(400);
                assertThat(reply.get().body()).contains("the form ends within a part");
            }
        }
    }

    /** Of those that were refused before their end, all parts stayed on the disk. */
    @Test
    void whateverAFormBringsIsDeletedAndNoneIsAFailure() throws Exception {
        String part = "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n%s\r\n";
        String large = part.formatted("x".repeat(1_000_000));
        String many = part.formatted("x").repeat(300);
        var bodies = List.of(
                many + "--b--\r\n",
                large + many + "--b--\r\n",
                many + large + "--b--\r\n",
                large + "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
                large + "--b\r\n\r\n\r\n--b\r\nnonsense",
                large.substring(0, large.length() - 2));
        try (var client = HttpClient.newHttpClient()) {
            var replies = bodies.stream()
                    .flatMap(body -> Stream.of("/v1/understand", "/v1/files", "/understand", "/events", "/nothing")
                            .map(path -> form(path, body)))
                    .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
                    .toList();
            for (var reply : replies) {
                assertThat(reply.get().statusCode())
                        .as(reply.get().request().uri() + " " + reply.get().body())
                        .isBetween(400, 499);
            }
        }
        for (int i = 0; i < 1000 && !uploads().isEmpty(); i++) {
            Thread.sleep(10); // each is deleted after its reply
        }
        assertThat(uploads()).isEmpty();
    }

    private static HttpRequest form(String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Content-Type", "multipart/form-data; boundary=b")
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static List<Path> uploads() throws IOException {
        Path folder = ConfigProvider.getConfig().getValue("quarkus.http.body.uploads-directory", Path.class);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith(".sphinxv-lock")).toList();
        }
    }

    @Test
    void aBodyThatTwoReadersReadDifferentlyIsRefusedAndWhatFollowsIsNoRequest() throws IOException {
        for (String framing : List.of(
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Transfer-Encoding : chunked",
                "Content-Length: 4\r\nContent-Length: 44",
                "Content-Length: 4, 44",
                "Content-Length: +4",
                "Content-Length: 0x4",
                "Content-Length: -4",
                "Host: another\r\nContent-Length: 4")) {
            String replies =
                    send("POST /v1/understand HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + framing + "\r\n\r\n0\r\n\r\nGET /index.html HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(replies).as(framing).startsWith("HTTP/1.1 400").doesNotContain("HTTP/1.1 200", "<html");
        }
    }

    /** Up to where the server ends the connection. */
    private static String send(String requests) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(requests.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (SocketTimeoutException e) {
            return "no end";
        }
    }

    @Test
    void jsonThatIsTooDeepIsRefused() {
        problem(post("[".repeat(100_000)), 400, "the body");
        problem(post("{\"marks\":" + "[".repeat(100_000)), 400, "");
    }

    @Test
    void aPictureThatCannotBeReadIsRefused() {
        String text = Base64.getEncoder().encodeToString("hello, I am no picture".getBytes());
        problem(post(request(text, POINT)), 400, "the image is not a JPEG, PNG, GIF or BMP file");
        problem(post(request("", POINT)), 400, "image");
    }

    @Test
    void aPictureByUrlIsNotFetchedUnlessTheDeploymentSaysFromWhere() {
        String refusal = "pictures are not fetched from URLs here: send the file's bytes as base64, or as a data URL";
        for (String url :
                new String[] {"https://images.example.com/a.png", "http://127.0.0.1/", "file:///etc/passwd"}) {
            problem(post(request(url, POINT)), 400, refusal);
            problem(
                    post("{\"image\":{\"url\":\"%s\"},\"question\":\"a\",\"marks\":[%s]}".formatted(url, POINT)),
                    400,
                    refusal);
        }
    }

    /** By their headers: a few bytes that ask for gigabytes, and what is cut off. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iVBORw0KGgoAAAANSUhEUgAAnEAAAJxACAIAAADebplS | the image has 40000x40000 pixels; at most 30000 on a side",
                "iVBORw0KGgoAAAANSUhEUgAAH0AAAB9ACAIAAACJkzqjAAAAAElEQVQ1rwYe | 8000x8000 pixels, which take at least 186046 bytes, and has 45",
                "R0lGODlh////H4AAAAAAAAAAACwAAAAA////HwACADs= | the image has 65535x8191 pixels",
                "/9j/4AAQSkZJRg== | the image is damaged: its JPEG data cannot be decoded",
            })
    void aPictureThatIsABombIsRefusedInOurWords(String image, String detail) {
        problem(post(request(image, POINT)), 400, detail);
    }

    @Test
    void marksThatTheModelCannotTakeAreRefused() {
        problem(post(Drawn.request("")), 400, "a question takes 1 to 10 visual prompts, got 0");
        problem(post(Drawn.request((POINT + ",").repeat(10) + POINT)), 400, "got 11");
        problem(post(Drawn.request(POINT + ",{\"box\":[10,10,999,20]}")), 400, "mark 2 lies outside the picture");
        problem(post(Drawn.request("{\"point\":[1e400,1]}")), 400, "mark 1: x must be a finite number");
    }

    @Test
    void aMaskOfAnotherPictureIsRefused() {
        problem(
                post(Drawn.request(POINT + ",{\"mask\":{\"size\":[160,140],\"counts\":[0,22400]}}")),
                400,
                "mark 2 is a mask of 140x160 pixels, the picture has 160x140 (its size is height, then width)");
    }

    @Test
    void aPolygonIsRefusedByItsNumberAndPlace() {
        problem(
                post(Drawn.request(POINT + ",{\"polygon\":[[0,0],[9,9],[9,0],[0,9]]}")),
                400,
                "mark 2: a polygon's edges may not cross: edge 1 of ring 1");
        problem(
                post(Drawn.request("{\"polygon\":[[0,0],[999,9],[9,0]]}")),
                400,
                "mark 1 lies outside the picture: polygon corner (999.0, 9.0)");
    }

    @Test
    void theWholePictureIsMeantOnPurposeOrNotAtAll() {
        String marks = "\"marks\":[" + POINT + "]";
        String whole = Drawn.request(POINT).replace(marks, "\"scope\":\"image\"," + marks);

        problem(post(whole), 400, "scope is image, so the question is about the whole picture");
        problem(post(whole.replace("\"image\"," + marks, "\"all\"")), 400, "scope needs to be marks or image");
        problem(post(Drawn.request("").replace(",\"marks\":[]", "")), 400, "marks is missing: send 1 to 10 of them");
    }

    @Test
    void aFormIsCheckedPartByPart() {
        problem(given().multiPart("image", "a.png", Drawn.png()).post("/v1/understand"), 400, "request");
        problem(given().multiPart("request", "{}").post("/v1/understand"), 400, "image");
        problem(
                given().multiPart("image", "a.png", new byte[0])
                        .multiPart("request", "{\"question\":\"a\",\"marks\":[" + POINT + "]}")
                        .post("/v1/understand"),
                400,
                "0 bytes");
    }

    @Test
    void aStreamIsRefusedWithAStatusAsLongAsItHasNotBegun() {
        var reply = given().contentType("application/json")
                .accept("text/event-stream")
                .body(request("AAAA", POINT))
                .post("/v1/understand");
        problem(reply, 400, "the image is not a JPEG");
    }

    @Test
    void theFunctionRefusesInTheSameWords() {
        problem(
                given().contentType("application/json")
                        .body(request("AAAA", POINT))
                        .post("/understand"),
                400,
                "the image is not a JPEG");
        problem(given().contentType("application/json").body("{").post("/understand"), 400, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/v1/nothing", "/v1/understand/more", "/%7Eroot/.ssh"})
    void thereIsNothingElsewhere(String path) {
        problem(given().urlEncodingEnabled(false).get(path), 404, "there is nothing at this path");
    }

    @Test
    void otherMethodsMediaTypesAndSizesAreRefused() {
        problem(given().delete("/v1/understand"), 405, "another method");
        problem(given().contentType("text/plain").body("a").post("/v1/understand"), 415, "send application/json");
        problem(post("\"" + "a".repeat(30_000_000) + "\""), 413, "more bytes");
    }

    /** They were told to be our failure, with an entry in the log each. */
    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "/", "application/", "a/b/c"})
    void aMediaTypeThatIsNoneIsRefused(String none) throws Exception {
        for (String path : new String[] {"/v1/understand", "/v1/batches"}) {
            var sent = typed(path, none, "*/*");
            assertThat(sent.statusCode()).as(path).isEqualTo(415);
            assertThat(sent.body()).contains("\"detail\":\"send application/json");

            assertThat(typed(path, "application/json", none).statusCode())
                    .as(path)
                    .isBetween(400, 499);
        }
    }

    /** Functions take JSON whatever it is called; and there is nothing elsewhere, whatever type it is asked with. */
    @Test
    void aMediaTypeThatIsNoneChangesNothingWhereNoTypeIsAskedFor() throws Exception {
        assertThat(typed("/understand", "nonsense", "nonsense").body()).contains("image is missing");
        assertThat(typed("/nothing", "nonsense", "nonsense").statusCode()).isEqualTo(404);
    }

    @Test
    void whatJavasOwnClientAcceptsIsATypeToo() throws Exception {
        String wanted = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"; // HttpURLConnection's

        assertThat(typed("/v1/understand", "application/json", wanted).body()).contains("image is missing");
    }

    /** RestAssured sends no types that are none. */
    private static HttpResponse<String> typed(String path, String type, String wanted) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                            .header("Content-Type", type)
                            .header("Accept", wanted)
                            .POST(BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    /** A stream's request thread waits for its first event; were that to come from the same threads, none would come. */
    @Test
    void manyStreamsAtOnceDoNotWaitForEachOther() throws Exception {
        Callable<Integer> stream = () -> given().contentType("application/json")
                .accept("text/event-stream")
                .body(request("AAAA", POINT))
                .post("/v1/understand")
                .statusCode();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var replies = clients.invokeAll(
                    IntStream.range(0, 60).mapToObj(i -> stream).toList(), 60, TimeUnit.SECONDS);
            for (var reply : replies) {
                assertThat(reply.get()).isIn(400, 503);
            }
        }
    }

    private static String request(String image, String marks) {
        return "{\"image\":\"%s\",\"question\":\"a\",\"marks\":[%s]}".formatted(image, marks);
    }

    /** Before it sends a body that is JSON, RestAssured would lay it out for its log, which takes seconds for a deep one. */
    private static Response post(String body) {
        var log = RestAssured.config().getLogConfig().enablePrettyPrinting(false);
        return given(new RequestSpecBuilder()
                        .setConfig(RestAssured.config().logConfig(log))
                        .build())
                .contentType("application/json")
                .body(body)
                .post("/v1/understand");
    }

    private static void problem(Response reply, int status, String detail) {
        assertThat(reply.statusCode()).as(reply.asString()).isEqualTo(status);
        assertThat(reply.contentType()).startsWith("application/problem+json");
        assertThat(reply.jsonPath().getInt("status")).isEqualTo(status);
        assertThat(reply.jsonPath().getString("title")).isNotBlank();
        assertThat(reply.jsonPath().getString("detail")).contains(detail);
        assertThat(reply.asString()).doesNotContain("Exception", "ai.sphinxv", "jackson", "java.", "\\tat ");
    }
}
