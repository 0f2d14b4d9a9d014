package ai.sphinxv.functions.ask;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.Inside;
import io.netty.util.internal.PlatformDependent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that are too deep, too long, too many, or no text, over real connections. Needs no model. */
@QuarkusTest
@Timeout(300)
class ExtremeBodiesTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final long MOST_GROWTH = 64L * MEBIBYTE;

    /** {@code quarkus.http.limits.max-body-size}. */
    private static final long LIMIT = 28L * MEBIBYTE;

    /** What is read of a body after its refusal, and what a client and a server keep between them that is not yet read. */
    private static final long AFTER = (64L + 32) * MEBIBYTE;

    private static final int PIECES = 1_000_000;

    /** How many such bodies; infra/threat-model.md has the command for more. */
    private static final int BODIES = Integer.getInteger("bodies", 4);

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private static final String MARKS = "\"marks\":[{\"point\":[5,5]}]";

    /** A status and what was said with it. */
    private record Reply(int status, String text) {}

    /** What is told of a body that is sent while nobody knows how long it will be. */
    private interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    @Test
    void extremeJsonIsRefusedAndLeavesNothing() throws IOException {
        Map<String, String> bodies = extremes();
        bodies.forEach((what, body) -> post(body)); // what is loaded once
        long before = live();
        bodies.forEach((what, body) -> {
            Reply reply = post(body);
            assertThat(reply.status).as(what + ": " + reply.text).isBetween(400, 499);
            assertThat(reply.text).as(what).doesNotContainPattern(Inside.WORDS);
        });
        assertThat(live() - before).isLessThan(MOST_GROWTH);
    }

    private static Map<String, String> extremes() {
        var bodies = new LinkedHashMap<String, String>();
        bodies.put("10,000 lists deep", "{\"marks\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
        bodies.put("10,000 objects deep", "{\"marks\":".repeat(10_000) + "1" + "}".repeat(10_000));
        bodies.put(
                "a million marks",
                "{\"question\":\"a\",\"image\":\"AA==\",\"marks\":[" + "{},".repeat(999_999) + "{}]}");
        bodies.put(
                "100,000 fields",
                IntStream.range(0, 100_000)
                        .mapToObj(i -> "\"f" + i + "\":1")
                        .collect(Collectors.joining(",", "{", "}")));
        bodies.put("a field twice", asked("a", ",\"question\":\"b\""));
        bodies.put("1e400", asked("a", ",\"temperature\":1e400"));
        bodies.put("a number of 100,000 digits", asked("a", ",\"seed\":" + "9".repeat(100_000)));
        bodies.put("NaN", asked("a", ",\"topP\":NaN"));
        bodies.put("Infinity", asked("a", ",\"topP\":-Infinity"));
        bodies.put("half a character", asked("a \\ud800 b", ""));
        bodies.put("the other half", asked("a \\udc00", ""));
        bodies.put("an escaped NUL", asked("a \\u0000 b", ""));
        bodies.put("a bare NUL", asked("a \0 b", ""));
        bodies.put("a question of 20 MB", asked("a".repeat(20_000_000), ""));
        bodies.put("a field's name of 20 MB", "{\"" + "a".repeat(20_000_000) + "\":1}");
        return bodies;
    }

    private static String asked(String question, String more) {
        return "{\"image\":\"%s\",\"question\":\"%s\",%s%s}".formatted(Drawn.base64(), question, MARKS, more);
    }

    @Test
    void aBodyThatSaysItIsTooLongIsRefusedBeforeItIsRead() throws IOException {
        for (long length : new long[] {LIMIT + 1, 64_000_000, 1_900_000_000L, 3_000_000_000L, Long.MAX_VALUE}) {
            try (var socket = connect("Content-Length: " + length)) {
                assertThat(read(socket).status).isEqualTo(413); // not a byte of it was sent
            }
        }
    }

    @Test
    void aBodyThatDoesNotEndIsRefusedAtTheLimit() throws IOException {
        byte[] piece = new byte[64 << 10];
        Arrays.fill(piece, (byte) ' ');
        var sent = new AtomicLong();
        Reply reply = send(out -> {
            while (sent.get() < 3_000_000_000L) {
                out.write((Integer.toHexString(piece.length) + "\r\n").getBytes(US_ASCII));
                out.write(piece);
                out.write("\r\n".getBytes(US_ASCII));
                sent.addAndGet(piece.length);
            }
            out.write("0\r\n\r\n".getBytes(US_ASCII));
        });

        assertThat(reply.status).isIn(413, 0); // which a reset may overtake
        assertThat(sent.get()).isLessThan(LIMIT + AFTER);
        assertThat(post("{}").status).isEqualTo(400);
    }

    /** Triton's advisory. */
    @Test
    void bodiesInAMillionPiecesLeaveNoMemoryBehind() {
        inPieces(); // warms up
        inPieces();
        long before = live();
        long native_ = PlatformDependent.usedDirectMemory();
        for (int i = 0; i < BODIES; i++) {
            assertThat(inPieces().status).isEqualTo(400); // it asks nothing
        }
        long heap = live() - before;
        long direct = PlatformDependent.usedDirectMemory() - native_;

        System.out.printf(
                "Pieces: %d bodies of %,d pieces left %,d bytes in the heap and %,d outside%n",
                BODIES, PIECES, heap, direct);
        assertThat(heap).as("a byte of each piece").isLessThan((long) BODIES * PIECES);
        assertThat(direct).isLessThan(4 * MEBIBYTE); // Netty takes an arena's pieces of that size, and keeps them
    }

    private static Reply inPieces() {
        return send(out -> {
            for (int i = 0; i < PIECES; i++) {
                char piece = i == 0 ? '{' : i == PIECES - 1 ? '}' : ' ';
                out.write(new byte[] {'1', '\r', '\n', (byte) piece, '\r', '\n'});
            }
            out.write("0\r\n\r\n".getBytes(US_ASCII));
        });
    }

    private static Reply send(Body body) {
        try (var socket = connect("Transfer-Encoding: chunked")) {
            try {
                var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
                body.writeTo(out);
                out.flush();
            } catch (SocketException e) {
                // it was refused before its end
            }
            return read(socket);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Reply post(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        try (var socket = connect("Content-Length: " + bytes.length)) {
            try {
                socket.getOutputStream().write(bytes);
            } catch (SocketException e) {
                // it was refused before its end
            }
            return read(socket);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Socket connect(String framing) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(
                        "POST /v1/understand HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n%s\r\n\r\n"
                                .formatted(framing)
                                .getBytes(US_ASCII));
        return socket;
    }

    /** Up to the end of the reply, not of the connection; status 0 if that was reset before. */
    private static Reply read(Socket socket) throws IOException {
        try {
            var in = socket.getInputStream();
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return new Reply(0, "");
                }
                head.append((char) next);
            }
            return new Reply(Integer.parseInt(head.substring(9, 12)), head + new String(body(in, head), UTF_8));
        } catch (SocketException e) {
            return new Reply(0, "");
        }
    }

    private static byte[] body(InputStream in, CharSequence head) throws IOException {
        var length = LENGTH.matcher(head);
        return length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
    }

    /** Bytes of the heap that something still refers to. */
    private static long live() {
        var memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
