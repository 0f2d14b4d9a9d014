package ai.sphinxv.functions.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.picture.PictureUrlException.Kind;
import ai.sphinxv.runtime.cancel.Cancellation;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JksOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is fetched, and where it is cut: bytes, time, and what servers say that are no good ones. */
class PictureFetchTest {
    private static final int LIMIT = 100_000;
    private static final String NOBODY = ""; // tenants are not told apart
    private static final PictureFetch.Names OUTSIDE = host -> new InetAddress[] {Fetching.address(Fetching.OUTSIDE)};

    private final Fetching fetching = new Fetching();

    @AfterEach
    void close() {
        fetching.close();
    }

    @Test
    void nothingIsFetchedUntilHostsAreNamed() {
        PictureFetch fetch = fetching.with(Map.of(), OUTSIDE);

        assertThatThrownBy(() -> fetch.fetch("https://images.example.com/cup.png", NOBODY, LIMIT))
                .isInstanceOfSatisfying(
                        PictureUrlException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessage(
                        "pictures are not fetched from URLs here: send the file's bytes as base64, or as a data URL");
    }

    @Test
    void aHostIsNamedWholeOrByItsEnd() {
        UrlConfig config = Fetching.config(Map.of("hosts", "images.example.com,*.cdn.example"));

        for (String good : List.of(
                "https://images.example.com", "https://IMAGES.example.com./a", "https://a.b.cdn.example:443/?q=1")) {
            assertThat(PictureUrl.parse(good, config).port()).isEqualTo(443);
        }
        for (String bad : List.of(
                "https://images.example.com.evil.example/",
                "https://evilimages.example.com/",
                "https://example.com/",
                "https://cdn.example/",
                "https://evilcdn.example/",
                "https://a.images.example.com/")) {
            assertThatThrownBy(() -> PictureUrl.parse(bad, config)).hasMessageContaining("not fetched from this host");
        }
        assertThatThrownBy(() -> PictureUrl.parse("http://images.example.com/", config))
                .hasMessage("the image's URL needs to begin with https://");
    }

    @Test
    void theFileIsFetchedFromTheAddressThatWasCheckedUnderItsName() throws IOException {
        try (var server = server((request, out) ->
                Listener.write(out, "HTTP/1.1 200 OK\nContent-Length: 3\n\n", new byte[] {7, 8, 9}))) {
            byte[] file = fetch(server, Map.of()).fetch(url(server, "/a%20b/ü.png?size=2&x=#top"), NOBODY, LIMIT);

            assertThat(file).containsExactly(7, 8, 9);
            List<String> request = server.requests.getFirst();
            assertThat(request.getFirst()).isEqualTo("GET /a%20b/%C3%BC.png?size=2&x= HTTP/1.1");
            assertThat(request).anyMatch(("host: images.example.com:" + server.port())::equalsIgnoreCase);
            assertThat(request)
                    .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT)
                            .matches("(cookie|authorization|referer|traceparent|proxy-.*):.*"));
            assertThat(fetching.measured
                            .counter("sphinxv.pictures.by.url", "result", "fetched")
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void anAddressThatCannotBeReachedIsPassedOver() throws IOException {
        try (var server = server(
                (request, out) -> Listener.write(out, "HTTP/1.1 200 OK\nContent-Length: 1\n\n", new byte[] {7}))) {
            PictureFetch fetch = new PictureFetch(
                    config(server, Map.of()),
                    fetching.vertx,
                    fetching.measured,
                    host -> new InetAddress[] {Fetching.address("127.0.0.3"), Fetching.address(Fetching.OUTSIDE)},
                    address -> true);

            assertThat(fetch.fetch(url(server, "/"), NOBODY, LIMIT)).containsExactly(7);
        }
    }

    @Test
    void whatTheServerSaysIsToldByItsStatusOnly() throws IOException {
        try (var server = server((request, out) -> Listener.write(
                out,
                "HTTP/1.1 403 Secret reason\nX-Secret: 1\nContent-Length: 6\n\n",
                "secret".getBytes(StandardCharsets.UTF_8)))) {
            assertThatThrownBy(() -> fetch(server, Map.of()).fetch(url(server, "/"), NOBODY, LIMIT))
                    .isInstanceOfSatisfying(
                            PictureUrlException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAILED))
                    .hasMessage("the image could not be fetched from its URL: its server answered with status 403; send"
                            + " the file itself, or a URL that anybody can open");
        }
    }

    @Test
    void aFileLargerThanTheLimitIsRefusedByItsLengthAlone() throws IOException {
        var written = new AtomicLong();
        try (var server = server((request, out) -> {
            Listener.write(out, "HTTP/1.1 200 OK\nContent-Length: 3000000000\n\n");
            pour(out, written);
        })) {
            tooLarge(server);
        }
    }

    @Test
    void anEndlessBodyIsCutAtTheLimit() throws IOException {
        var written = new AtomicLong();
        try (var server = server((request, out) -> {
            Listener.write(out, "HTTP/1.1 200 OK\nConnection: close\n\n");
            pour(out, written);
        })) {
            tooLarge(server);
            awaitGone(server);
            assertThat(written).hasValueLessThan(64_000_000); // what sockets hold besides
        }
    }

    @Test
    void endlessChunksAreCutAtTheLimitToo() throws IOException {
        try (var server = server((request, out) -> {
            Listener.write(out, "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n");
            while (true) {
                Listener.write(out, "1\nx\n");
            }
        })) {
            tooLarge(server);
            awaitGone(server);
        }
    }

    @Test
    void aBodyThatDripsIsCutByTheClock() throws IOException {
        try (var server = server((request, out) -> {
            Listener.write(out, "HTTP/1.1 200 OK\nContent-Length: 1000\n\n");
            drip(out);
        })) {
            tooLate(server);
            awaitGone(server);
        }
    }

    @Test
    void headersThatDripAreCutByTheClock() throws IOException {
        try (var server = server((request, out) -> {
            Listener.write(out, "HTTP/1.1 200 OK\nX-Long: ");
            drip(out);
        })) {
            tooLate(server);
        }
    }

    @Test
    void aServerThatSaysNothingIsLeft() throws IOException, InterruptedException {
        var end = new CountDownLatch(1);
        try (var server = server((request, out) -> end.await())) {
            tooLate(server);
        } finally {
            end.countDown();
        }
    }

    @Test
    void aNameServerThatSaysNothingIsLeft() throws IOException {
        var end = new CountDownLatch(1);
        try (var server = server((request, out) -> {})) {
            PictureFetch fetch = fetching.with(settings(server, Map.of("time", "PT0.3S")), host -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return OUTSIDE.addresses(host);
            });

            assertThatThrownBy(() -> fetch.fetch(url(server, "/"), NOBODY, LIMIT))
                    .hasMessageContaining("longer than 300 ms");
            assertThat(server.connections).hasValue(0);
        } finally {
            end.countDown();
        }
    }

    @Test
    void endlessHeadersAreCut() throws IOException {
        try (var server = server((request, out) -> {
            Listener.write(out, "HTTP/1.1 200 OK\n");
            while (true) {
                Listener.write(out, "X-More: 0123456789\n");
            }
        })) {
            assertThatThrownBy(() -> fetch(server, Map.of()).fetch(url(server, "/"), NOBODY, LIMIT))
                    .isInstanceOf(PictureUrlException.class);
            awaitGone(server);
        }
    }

    /** 100 MB of nothing are 100 kB of gzip; none of it is unpacked. */
    @Test
    void aCompressedBodyIsNotUnpacked() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[100_000_000]);
        }
        for (String encoding : List.of("gzip", "deflate", "br", "identity, gzip")) {
            try (var server = server((request, out) -> Listener.write(
                    out,
                    "HTTP/1.1 200 OK\nContent-Encoding: %s\nContent-Length: %d\n\n".formatted(encoding, bomb.size()),
                    bomb.toByteArray()))) {
                assertThatThrownBy(() -> fetch(server, Map.of()).fetch(url(server, "/"), NOBODY, 1_000_000_000))
                        .hasMessageContaining("compressed file, which is not unpacked");
                assertThat(server.requests.getFirst()).anyMatch("accept-encoding: identity"::equalsIgnoreCase);
            }
        }
    }

    @Test
    void aBodyThatEndsBeforeItsLengthIsNoFile() throws IOException {
        try (var server = server(
                (request, out) -> Listener.write(out, "HTTP/1.1 200 OK\nContent-Length: 10\n\n", new byte[] {1, 2}))) {
            assertThatThrownBy(() -> fetch(server, Map.of()).fetch(url(server, "/"), NOBODY, LIMIT))
                    .hasMessageContaining("only a part");
        }
    }

    @Test
    void aBodyBeyondItsLengthIsNotRead() throws IOException {
        try (var server = server((request, out) ->
                Listener.write(out, "HTTP/1.1 200 OK\nContent-Length: 2\n\n", new byte[] {1, 2, 3, 4}))) {
            assertThat(fetch(server, Map.of()).fetch(url(server, "/"), NOBODY, LIMIT))
                    .containsExactly(1, 2);
        }
    }

    @Test
    void whatIsNoHttpIsNoFile() throws IOException {
        try (var server = server((request, out) -> Listener.write(out, "+OK redis\n$5\nhello\n"))) {
            assertThatThrownBy(() -> fetch(server, Map.of()).fetch(url(server, "/"), NOBODY, LIMIT))
                    .isInstanceOf(PictureUrlException.class)
                    .hasMessageNotContaining("redis");
        }
    }

    @Test
    void soManyAreFetchedAtOnceAndNoMore() throws Exception {
        var end = new CountDownLatch(1);
        var begun = new CountDownLatch(2);
        try (var server = server((request, out) -> {
                    begun.countDown();
                    end.await();
                    Listener.write(out, "HTTP/1.1 200 OK\nContent-Length: 1\n\n", new byte[] {7});
                });
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            PictureFetch fetch = fetch(server, Map.of("concurrent", "2"));
            var first = callers.submit(() -> fetch.fetch(url(server, "/"), NOBODY, LIMIT));
            var second = callers.submit(() -> fetch.fetch(url(server, "/"), NOBODY, LIMIT));
            begun.await();

            assertThatThrownBy(() -> fetch.fetch(url(server, "/"), NOBODY, LIMIT))
                    .isInstanceOf(BusyException.class)
                    .hasMessage("2 pictures are being fetched already");

            end.countDown();
            assertThat(first.get()).hasSize(1);
            assertThat(second.get()).hasSize(1);
            assertThat(fetch.fetch(url(server, "/"), NOBODY, LIMIT)).hasSize(1);
        }
    }

    /** Its server takes every request and answers none; the other tenant's pictures are there at once. */
    @Test
    void aTenantWhoseServersNeverAnswerLeavesTurnsToTheOthers() throws Exception {
        var end = new CountDownLatch(1);
        var held = new CountDownLatch(4);
        try (var slow = server((request, out) -> {
                    if (request.getFirst().contains("/slow")) {
                        held.countDown();
                        end.await();
                    }
                    Listener.write(out, "HTTP/1.1 200 OK\nContent-Length: 1\n\n", new byte[] {7});
                });
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            PictureFetch fetch = fetch(slow, Map.of("concurrent", "8"));
            var all = new ArrayList<Future<byte[]>>();
            for (int i = 0; i < 4; i++) {
                all.add(callers.submit(() -> fetch.fetch(url(slow, "/slow"), "slow", LIMIT)));
            }
            held.await();

            assertThatThrownBy(() -> fetch.fetch(url(slow, "/slow"), "slow", LIMIT))
                    .isInstanceOfSatisfying(
                            BusyException.class, e -> assertThat(e.reason()).isEqualTo(BusyException.Reason.OVER_SHARE))
                    .hasMessage("4 of your pictures are being fetched already, which is your share of the 8 that may");
            for (int i = 0; i < 20; i++) {
                assertThat(fetch.fetch(url(slow, "/"), "other", LIMIT)).containsExactly(7);
            }
            end.countDown();
            for (Future<byte[]> one : all) {
                assertThat(one.get()).containsExactly(7);
            }
        }
    }

    @Test
    void eachOfSeveralTenantsHasATurnThatLeavesOneToTheNext() {
        var turns = new FetchTurns(8);
        var had = new ArrayList<Integer>();
        for (String tenant : List.of("a", "b", "c", "d")) {
            had.add(takeAll(turns, tenant));
        }

        assertThat(had).containsExactly(4, 2, 1, 1);
        assertThatThrownBy(() -> turns.take("e")).hasMessage("8 pictures are being fetched already");
        for (int i = 0; i < 4; i++) {
            turns.giveBack("a");
        }
        assertThat(takeAll(turns, "e")).isEqualTo(2);
        assertThat(takeAll(new FetchTurns(1), "a")).isEqualTo(1);
        assertThat(takeAll(new FetchTurns(8), NOBODY)).isEqualTo(8);
    }

    private static int takeAll(FetchTurns turns, String tenant) {
        for (int count = 0; ; count++) {
            try {
                turns.take(tenant);
            } catch (BusyException e) {
                return count;
            }
        }
    }

    @Test
    void whoIsCancelledHangsUpAndGivesItsTurnBack() throws Exception {
        var asked = new CountDownLatch(1);
        try (var server = server((request, out) -> {
                    if (!request.getFirst().contains("/slow")) {
                        Listener.write(out, "HTTP/1.1 200 OK\nContent-Length: 1\n\n", new byte[] {7});
                        return;
                    }
                    Listener.write(out, "HTTP/1.1 200 OK\nConnection: close\n\n");
                    asked.countDown();
                    while (true) {
                        Listener.write(out, "", new byte[] {7});
                        Thread.sleep(10);
                    }
                });
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            PictureFetch fetch = fetch(server, Map.of("concurrent", "1", "time", "PT1M"));
            var cancellation = new Cancellation();
            var left = callers.submit(
                    () -> cancellation.during(() -> fetch.fetch(url(server, "/slow"), NOBODY, 1_000_000_000)));
            asked.await();

            cancellation.cancel(new IllegalStateException("nobody is there any more"));

            assertThatThrownBy(left::get).hasMessageContaining("nobody is there any more");
            awaitGone(server);
            assertThat(fetchOnceThereIsATurn(fetch, url(server, "/"))).containsExactly(7);
        }
    }

    /** It is given back a moment after the caller is told. */
    private static byte[] fetchOnceThereIsATurn(PictureFetch fetch, String url) throws InterruptedException {
        for (int i = 0; ; i++) {
            try {
                return fetch.fetch(url, NOBODY, LIMIT);
            } catch (BusyException e) {
                if (i == 1000) {
                    throw e;
                }
                Thread.sleep(10);
            }
        }
    }

    @Test
    void aCertificateHasToBeTheNames(@TempDir Path folder) throws Exception {
        Path right = certificate(folder, "images.example.com");
        Path wrong = certificate(folder, "other.example.com");
        var name = new AtomicReference<String>();
        for (Path keys : List.of(right, wrong)) {
            var options = new HttpServerOptions()
                    .setSsl(true)
                    .setSni(true)
                    .setKeyCertOptions(new JksOptions().setPath(keys.toString()).setPassword("changeit"));
            var server = fetching.vertx
                    .createHttpServer(options)
                    .requestHandler(request -> {
                        name.set(request.connection().indicatedServerName() + " " + request.getHeader("Host"));
                        request.response().end("file");
                    })
                    .listen(0, Fetching.OUTSIDE)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            var settings = Map.of(
                    "hosts", "*", "ports", "" + server.actualPort(), "certificates", keys + ".pem", "time", "PT5S");
            String url = "https://images.example.com:%d/".formatted(server.actualPort());
            PictureFetch fetch = fetching.with(settings, OUTSIDE);
            if (keys.equals(right)) {
                assertThat(fetch.fetch(url, NOBODY, LIMIT)).asString().isEqualTo("file");
                assertThat(name).hasValue("images.example.com images.example.com:" + server.actualPort());
                PictureFetch distrusting = fetching.with(
                        Map.of("hosts", "*", "ports", "" + server.actualPort(), "certificates", wrong + ".pem"),
                        OUTSIDE);
                assertThatThrownBy(() -> distrusting.fetch(url, NOBODY, LIMIT))
                        .hasMessageContaining("cannot be reached");
            } else {
                assertThatThrownBy(() -> fetch.fetch(url, NOBODY, LIMIT)).hasMessageContaining("cannot be reached");
            }
        }
    }

    /** A key store, with the certificate beside it, made by the JDK's own tool. */
    private static Path certificate(Path folder, String host) throws IOException, InterruptedException {
        Path keys = folder.resolve(host);
        keytool(
                "-genkeypair",
                "-keystore",
                keys,
                "-storepass",
                "changeit",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host);
        keytool(
                "-exportcert",
                "-rfc",
                "-keystore",
                keys,
                "-storepass",
                "changeit",
                "-alias",
                "a",
                "-file",
                keys + ".pem");
        return keys;
    }

    private static void keytool(Object... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Path log = Files.createTempFile("keytool", ".log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        Files.delete(log);
    }

    private static Listener server(Listener.Behaviour behaviour) throws IOException {
        return new Listener(Fetching.OUTSIDE, 0, behaviour);
    }

    private PictureFetch fetch(Listener server, Map<String, String> more) {
        return fetching.with(settings(server, more), OUTSIDE);
    }

    private static UrlConfig config(Listener server, Map<String, String> more) {
        return Fetching.config(settings(server, more));
    }

    private static Map<String, String> settings(Listener server, Map<String, String> more) {
        var settings = new HashMap<>(Map.of("hosts", "*", "schemes", "http", "ports", "" + server.port()));
        settings.putAll(more);
        return settings;
    }

    private static String url(Listener server, String target) {
        return "http://images.example.com:%d%s".formatted(server.port(), target);
    }

    private void tooLarge(Listener server) {
        assertThatThrownBy(() -> fetch(server, Map.of()).fetch(url(server, "/"), NOBODY, LIMIT))
                .isInstanceOfSatisfying(
                        PictureUrlException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE))
                .hasMessage("the image at this URL has more than 100000 bytes, which is all that is read");
    }

    private void tooLate(Listener server) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> fetch(server, Map.of("time", "PT0.5S")).fetch(url(server, "/"), NOBODY, LIMIT))
                .isInstanceOf(PictureUrlException.class)
                .hasMessageContaining("it took longer than 500 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(10));
    }

    private static void pour(OutputStream out, AtomicLong written) throws IOException {
        byte[] piece = new byte[8192];
        while (true) {
            out.write(piece);
            written.addAndGet(piece.length);
        }
    }

    private static void drip(OutputStream out) throws IOException, InterruptedException {
        while (true) {
            out.write('x');
            out.flush();
            Thread.sleep(20);
        }
    }

    /** The server notices that its client hung up. */
    private static void awaitGone(Listener server) {
        for (int i = 0; i < 1000 && server.gone.get() == 0; i++) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        assertThat(server.gone).hasPositiveValue();
    }
}
