package ai.sphinxv.functions.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to say an address inside, against a canary: a real server inside that nobody may ever connect to. The settings are
 * the widest there are: every host, both schemes, and the canary's own port.
 */
class ForbiddenUrlTest {
    private static final String NOBODY = ""; // tenants are not told apart
    private static final byte[] FILE = {1, 2, 3};
    private static final String GOOD = "images.example.com";

    /** Addresses that are nobody's on the open internet. */
    private static final List<String> NOT_PUBLIC = List.of(
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.254",
            "127.0.0.1",
            "127.1.2.3",
            "127.255.255.254",
            "169.254.169.254",
            "169.254.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.0.170",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "192.168.255.255",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::a00:1",
            "100::1",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:10::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:a00:1::",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "ff05::2",
            "2600:1::5efe:7f00:1",
            "2600:1::200:5efe:a00:1");

    private static Listener outside;
    private static Listener canary;
    private static Listener canary6;
    private static Fetching fetching;

    @BeforeAll
    static void listen() throws IOException {
        outside = new Listener(Fetching.OUTSIDE, 0, ForbiddenUrlTest::answer);
        canary = new Listener(Fetching.INSIDE, outside.port(), ForbiddenUrlTest::answer);
        canary6 = new Listener("::1", outside.port(), ForbiddenUrlTest::answer);
        fetching = new Fetching();
    }

    @AfterAll
    static void close() throws IOException {
        fetching.close();
        outside.close();
        canary.close();
        canary6.close();
    }

    /** Whoever asks for /to/X is led to X; everybody else gets the file. */
    private static void answer(List<String> request, OutputStream out) throws IOException {
        String target = request.getFirst().split(" ")[1];
        if (target.startsWith("/to/")) {
            String location = URLDecoder.decode(target.substring(4), StandardCharsets.UTF_8);
            Listener.write(out, "HTTP/1.1 302 Found\nLocation: " + location + "\nContent-Length: 0\n\n");
        } else {
            Listener.write(out, "HTTP/1.1 200 OK\nContent-Length: 3\n\n", FILE);
        }
    }

    @AfterEach
    void nobodyWasInside() {
        assertThat(canary.connections).hasValue(0);
        assertThat(canary6.connections).hasValue(0);
    }

    /** How a URL may say where the canary is, without a name. PORT is its port. */
    static Stream<String> literals() {
        return Stream.of(
                        "127.0.0.1",
                        "127.1",
                        "127.0.1",
                        "127.000.000.001",
                        "127.0.0.1.",
                        "2130706433",
                        "2130706433.",
                        "017700000001",
                        "0177.0.0.1",
                        "0177.0.0.01",
                        "00000177.0.0.1",
                        "0x7f000001",
                        "0x7f.0.0.1",
                        "0x7f.1",
                        "0x7F.0x0.0x0.0x1",
                        "0x7f.0.1",
                        "127.0x1",
                        "127.0.0.0x1",
                        "1.2.3.0x7f",
                        "a.0x7f",
                        "images.example.0x1",
                        "images.example.1",
                        "0",
                        "0.0.0.0",
                        "00.0.0.0",
                        "127.127.127.127",
                        "127.0.0.1%00",
                        "%31%32%37.0.0.1",
                        "127%2e0.0.1",
                        "127。0。0。1",
                        "127.0.0。1",
                        "１２７.0.0.1",
                        "①②⑦.⓪.⓪.①",
                        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
                        "localhost",
                        "LOCALHOST",
                        "localhost.",
                        "ip6-localhost",
                        "10.0.0.1",
                        "192.168.0.1",
                        "172.16.0.1",
                        "169.254.169.254",
                        "100.64.0.1",
                        "2852039166",
                        "0xA9FEA9FE",
                        "0251.0376.0251.0376",
                        "255.255.255.255",
                        "224.0.0.1",
                        "[::1]",
                        "[::]",
                        "[0:0:0:0:0:0:0:1]",
                        "[::0001]",
                        "[::127.0.0.1]",
                        "[::ffff:127.0.0.1]",
                        "[::ffff:7f00:1]",
                        "[::FFFF:7F00:0001]",
                        "[0:0:0:0:0:ffff:127.0.0.1]",
                        "[64:ff9b::127.0.0.1]",
                        "[64:ff9b::7f00:1]",
                        "[2002:7f00:1::]",
                        "[2002:7f00:0001::1]",
                        "[fe80::1]",
                        "[fe80::1%25lo]",
                        "[fe80::1%lo]",
                        "[::1%25lo]",
                        "[::1%1]",
                        "[fc00::1]",
                        "[fd00::1]",
                        "[ff02::1]",
                        "[::1",
                        "::1",
                        "[127.0.0.1]",
                        "[localhost]",
                        "",
                        ".",
                        "..",
                        "-",
                        "a",
                        "a.-b.c",
                        "under_score.example.com",
                        "a..example.com",
                        "xn--.",
                        "bücher.example",
                        "images.example.com%2f127.0.0.1",
                        "images.example.com%23",
                        "a".repeat(64) + ".example.com",
                        "a.".repeat(130) + "com")
                .map(host -> "http://" + host + ":PORT/");
    }

    /** URLs that readers of URLs understand in more than one way, and such of other kinds. */
    static Stream<String> tricks() {
        return Stream.of(
                "http://user@127.0.0.1:PORT/",
                "http://user:pass@images.example.com:PORT/",
                "http://images.example.com@127.0.0.1:PORT/",
                "http://images.example.com:80@127.0.0.1:PORT/",
                "http://127.0.0.1:PORT@images.example.com:PORT/",
                "http://@127.0.0.1:PORT/",
                "http://:@127.0.0.1:PORT/",
                "http://a@b@127.0.0.1:PORT/",
                "http://images.example.com%40127.0.0.1:PORT/",
                "http://images.example.com\\@127.0.0.1:PORT/",
                "http://127.0.0.1:PORT\\@images.example.com/",
                "http:\\\\127.0.0.1:PORT/",
                "http:/127.0.0.1:PORT/",
                "http:127.0.0.1:PORT/",
                "http:///127.0.0.1:PORT/",
                "http:////127.0.0.1:PORT/",
                "://127.0.0.1:PORT/",
                " http://127.0.0.1:PORT/",
                "http ://127.0.0.1:PORT/",
                "\thttp://127.0.0.1:PORT/",
                "http://\t127.0.0.1:PORT/",
                "http://127.0.0.1\t:PORT/",
                "http://images.example.com\r\n:PORT/",
                "http://images.example.com:PORT/\r\nHost: inside\r\n\r\n",
                "http://images.example.com:PORT/ HTTP/1.1",
                "http://images.example.com:PORT/\u0000",
                "http://images.example.com :PORT/",
                "http://images.example.com,127.0.0.1:PORT/",
                "http://images.example.com;127.0.0.1:PORT/",
                "http://images.example.com|127.0.0.1:PORT/",
                "http://images.example.com:PORT:PORT/",
                "http://images.example.com:22/",
                "http://images.example.com:6379/",
                "http://images.example.com:0/",
                "http://images.example.com:65536/",
                "http://images.example.com:-1/",
                "http://images.example.com:+80/",
                "http://images.example.com:0x50/",
                "http://images.example.com:99999999999/",
                "http://images.example.com:8o/",
                "file:///etc/passwd",
                "FILE:///etc/passwd",
                "file://127.0.0.1/etc/passwd",
                "file:/etc/passwd",
                "ftp://127.0.0.1:PORT/",
                "ftps://127.0.0.1:PORT/",
                "gopher://127.0.0.1:PORT/_GET%20/",
                "dict://127.0.0.1:PORT/",
                "ldap://127.0.0.1:PORT/",
                "sftp://127.0.0.1:PORT/",
                "tftp://127.0.0.1:PORT/",
                "jar:http://127.0.0.1:PORT/a.jar!/",
                "jar:file:///etc/passwd!/",
                "netdoc:///etc/passwd",
                "ws://127.0.0.1:PORT/",
                "unix:///var/run/docker.sock",
                "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
                "view-source:http://127.0.0.1:PORT/",
                "javascript:fetch('http://127.0.0.1:PORT/')",
                "mailto:a@b.c",
                "blob:http://127.0.0.1:PORT/",
                "about:blank",
                "url:http://127.0.0.1:PORT/",
                "feed:http://127.0.0.1:PORT/",
                "php://input",
                "httpx://127.0.0.1:PORT/",
                "https+http://127.0.0.1:PORT/",
                "hTtP:",
                "http://images.example.com:PORT/" + "a".repeat(5000));
    }

    @ParameterizedTest
    @MethodSource({"literals", "tricks"})
    void aUrlThatNamesNoPublicHostIsRefusedBeforeAnythingIsLookedUp(String url) {
        var looked = new AtomicInteger();
        PictureFetch fetch = wide(host -> {
            looked.incrementAndGet();
            return InetAddress.getAllByName(host);
        });

        assertThatThrownBy(() -> fetch.fetch(here(url), NOBODY, 1000))
                .isInstanceOfSatisfying(
                        PictureUrlException.class,
                        e -> assertThat(e.kind()).isEqualTo(PictureUrlException.Kind.REFUSED))
                .hasMessageNotContainingAny("127", "passwd", "Exception", "java");
        assertThat(looked).hasValue(0);
    }

    static List<String> notPublic() {
        return NOT_PUBLIC;
    }

    @ParameterizedTest
    @MethodSource("notPublic")
    void aNameOfAnAddressThatIsNotPublicIsNotConnectedTo(String address) throws IOException {
        assertThat(PublicAddress.is(Fetching.address(address))).isFalse();
        PictureFetch fetch = wide(host -> new InetAddress[] {InetAddress.getByName(address)});

        failsAsIfItWereNotThere(fetch, "http://rebound.example.com:PORT/");
    }

    @ParameterizedTest
    @MethodSource("notPublic")
    void oneSuchAddressAmongPublicOnesIsEnough(String address) {
        PictureFetch fetch =
                wide(host -> new InetAddress[] {Fetching.address(Fetching.OUTSIDE), Fetching.address(address)});

        failsAsIfItWereNotThere(fetch, "http://rebound.example.com:PORT/");
    }

    @Test
    void aNameThatIsNotThereSoundsTheSame() {
        failsAsIfItWereNotThere(
                wide(host -> {
                    throw new UnknownHostException(host);
                }),
                "http://nobody.example.com:PORT/");
    }

    @Test
    void aNameThatAnswersOtherwiseTheNextTimeIsAskedOnce() {
        var looked = new AtomicInteger();
        PictureFetch fetch = wide(rebinding(looked));

        assertThat(fetch.fetch(here("http://rebound.example.com:PORT/cup.png"), NOBODY, 1000))
                .isEqualTo(FILE);
        assertThat(looked).hasValue(1);
    }

    @Test
    void aRedirectToTheSameNameIsCheckedAgain() {
        PictureFetch fetch = wide(rebinding(new AtomicInteger()));

        failsAsIfItWereNotThere(fetch, "http://rebound.example.com:PORT/to//cup.png");
    }

    /** Outside the first time, inside from then on. */
    private static PictureFetch.Names rebinding(AtomicInteger looked) {
        return host ->
                new InetAddress[] {Fetching.address(looked.getAndIncrement() == 0 ? Fetching.OUTSIDE : Fetching.INSIDE)
                };
    }

    /** Only those that can be written in a Location header. */
    static Stream<String> redirects() {
        return Stream.of(literals(), tricks(), Stream.of("//127.0.0.1:PORT/", "//[::1]:PORT/", "//localhost:PORT/"))
                .flatMap(urls -> urls)
                .filter(url -> url.chars().allMatch(c -> c > ' ' && c < 127))
                .filter(url -> url.length() < 1000)
                .filter(url -> !url.equals("://127.0.0.1:PORT/")); // relative to a URL this is a path
    }

    @ParameterizedTest
    @MethodSource("redirects")
    void aRedirectIsJudgedAsTheFirstUrl(String url) {
        PictureFetch fetch = wide(host -> new InetAddress[] {Fetching.address(Fetching.OUTSIDE)});
        String encoded = here(url)
                .replace("%", "%25")
                .replace("\\", "%5C")
                .replace("#", "%23")
                .replace("|", "%7C");

        assertThatThrownBy(() -> fetch.fetch(
                        here("http://" + GOOD + ":PORT/to/")
                                + encoded.replace("[", "%5B").replace("]", "%5D"),
                        NOBODY,
                        1000))
                .isInstanceOfSatisfying(
                        PictureUrlException.class, e -> assertThat(e.kind()).isEqualTo(PictureUrlException.Kind.FAILED))
                .hasMessageContaining("redirect");
    }

    @Test
    void aRedirectToANameInsideIsNotFollowed() {
        PictureFetch fetch = wide(
                host -> new InetAddress[] {Fetching.address(host.equals(GOOD) ? Fetching.OUTSIDE : Fetching.INSIDE)});

        failsAsIfItWereNotThere(fetch, "http://" + GOOD + ":PORT/to/http://inside.example.com:PORT/");
    }

    @Test
    void redirectsEndSomewhere() {
        PictureFetch fetch = wide(host -> new InetAddress[] {Fetching.address(Fetching.OUTSIDE)});
        String step = "/to/";

        assertThat(fetch.fetch(here("http://" + GOOD + ":PORT" + step.repeat(3) + "/cup.png"), NOBODY, 1000))
                .isEqualTo(FILE);
        assertThatThrownBy(
                        () -> fetch.fetch(here("http://" + GOOD + ":PORT" + step.repeat(5) + "/cup.png"), NOBODY, 1000))
                .hasMessageContaining("redirects more than 3 times");
    }

    /** The control: were the address not checked, the canary would have been reached. */
    @Test
    void aCanaryThatMayBeReachedIs() throws IOException {
        try (var reachable = new Listener(Fetching.INSIDE, 0, ForbiddenUrlTest::answer)) {
            var unchecked = new PictureFetch(
                    Fetching.config(Map.of("hosts", "*", "schemes", "http", "ports", "" + reachable.port())),
                    fetching.vertx,
                    fetching.measured,
                    host -> new InetAddress[] {Fetching.address(Fetching.INSIDE)},
                    address -> true);

            unchecked.fetch("http://rebound.example.com:%d/".formatted(reachable.port()), NOBODY, 1000);

            assertThat(reachable.connections).hasValue(1);
        }
    }

    @Test
    void thereAreEnoughCases() {
        var all = new ArrayList<String>();
        Stream.of(literals(), tricks(), redirects(), NOT_PUBLIC.stream()).forEach(cases -> cases.forEach(all::add));

        assertThat(all).hasSizeGreaterThan(250);
    }

    private static void failsAsIfItWereNotThere(PictureFetch fetch, String url) {
        assertThatThrownBy(() -> fetch.fetch(here(url), NOBODY, 1000))
                .isInstanceOf(PictureUrlException.class)
                .hasMessage("the image could not be fetched from its URL: its host has no public address; send the file"
                        + " itself, or a URL that anybody can open");
    }

    private static String here(String url) {
        return url.replace("PORT", "" + outside.port());
    }

    private static PictureFetch wide(PictureFetch.Names names) {
        return fetching.with(Map.of("hosts", "*", "schemes", "http,https", "ports", "80,443," + outside.port()), names);
    }
}
