package ai.sphinxv.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.training.source.AnnotatedPicture;
import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.Outline;
import ai.sphinxv.training.source.PictureDomain;
import ai.sphinxv.training.source.SampleTask;
import ai.sphinxv.training.teacher.ChatConfig;
import ai.sphinxv.training.teacher.ChatEndpoint;
import ai.sphinxv.training.teacher.ChatException;
import ai.sphinxv.training.teacher.ChatServer;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherJobTest {
    private static final PrintStream QUIET =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private static final String ANSWER = """
        Role 1\\n<Region 1>: The upper half is grey.\\nRole 2\\n{\\"question\\": \\"What is <Region 1>?\\", \\"answer\\": \\"A title.\\"}\
        """;

    @TempDir
    Path folder;

    private Path lines;

    @BeforeEach
    void threePagesAndOneThatIsNotThere() throws IOException {
        var all = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            var page = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
            page.setRGB(i, 0, 0xffffff);
            if (i < 3) {
                ImageIO.write(page, "png", folder.resolve(i + ".png").toFile());
            }
            var part = Part.of(new double[] {5, 5, 50, 20}, "title");
            all.append(page("page " + i, i + ".png", part).line()).append('\n');
        }
        lines = Files.writeString(folder.resolve("in.jsonl"), all);
    }

    private static AnnotatedPicture page(String id, String image, Part part) {
        return new AnnotatedPicture(
                "doclaynet",
                id,
                image,
                PictureDomain.DOCUMENT,
                60,
                40,
                "CDLA",
                List.of(part),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void aLineThatIsNoPictureIsCountedAndTheOthersAreAsked() throws IOException {
        Files.writeString(lines, "no picture\n{}\n" + Files.readAllLines(lines).getFirst() + "\n");
        try (var server = new ChatServer(ChatServer.raw(200, ChatServer.reply(ANSWER, "stop")));
                var teacher = open(server.url())) {

            assertThat(run(folder.resolve("out.jsonl"), teacher, 1))
                    .isEqualTo(Map.of("in", 3L, "kept", 1L, "dropped: its line is no annotated picture", 2L));
        }
    }

    @Test
    void whatTheTeacherSaysBecomesAnnotationsAndWhatIsOfNoUseIsPutAside() throws IOException {
        String reply = ChatServer.reply(ANSWER, "stop");
        try (var server = new ChatServer(
                        ChatServer.raw(200, reply),
                        ChatServer.fails(500),
                        ChatServer.says("I cannot."),
                        ChatServer.raw(200, reply));
                var teacher = open(server.url())) {
            Path out = folder.resolve("out.jsonl");

            Map<String, Long> counts = run(out, teacher, 1);

            assertThat(counts)
                    .isEqualTo(Map.of(
                            "in",
                            4L,
                            "kept",
                            2L,
                            "quarantined: of no use",
                            1L,
                            "dropped: its picture is not there",
                            1L));
            List<AnnotatedPicture> taught =
                    Files.readAllLines(out).stream().map(TeacherJobTest::parsed).toList();
            assertThat(taught).extracting(AnnotatedPicture::id).containsExactly("doclaynet/page 0", "doclaynet/page 2");
            assertThat(taught.getFirst().dialogues())
                    .extracting(Dialogue::task)
                    .containsExactly(SampleTask.DETAILED, SampleTask.QA);
            var quarantined = new ObjectMapper().readTree(Files.readString(TeacherJob.quarantine(out)));
            assertThat(quarantined.path("id").asText()).isEqualTo("page 1");
            assertThat(quarantined.path("reason").asText()).isEqualTo("there is no Role 1");
            assertThat(quarantined.path("answer").asText()).isEqualTo("I cannot.");
            String asked = new ObjectMapper()
                    .readTree(server.bodies.getFirst())
                    .path("messages")
                    .path(0)
                    .path("content")
                    .asText();
            assertThat(asked).contains("<Region 1>: title", "green rectangle");
        }
    }

    @Test
    void partsWhosePixelsAreKnownAreOutlinedInRedOnEveryOtherPicture() throws IOException {
        var runs = new int[] {60 * 20, 20, 20, 20, 60 * 40 - 60 * 20 - 60}; // the upper half of columns 30 and 31
        var outlines = List.of(
                new Outline(List.of(new double[] {5, 5, 50, 5, 50, 20, 5, 20}), new int[0]),
                new Outline(List.of(), runs));
        var all = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            var part = new Part(new double[] {5, 5, 50, 20}, "title", null, List.of(), outlines.get(i % 2));
            all.append(page("outlined " + i, "0.png", part).line()).append('\n');
        }
        Files.writeString(lines, all);
        try (var server = new ChatServer(ChatServer.raw(200, ChatServer.reply(ANSWER, "stop")));
                var teacher = open(server.url())) {
            run(folder.resolve("out.jsonl"), teacher, 1);

            int outlined = 0;
            for (String body : server.bodies) {
                boolean isRed = body.contains("red polygon");
                outlined += isRed ? 1 : 0;
                assertThat(body.contains("green rectangle")).isNotEqualTo(isRed);
                assertThat(has(picture(body), isRed ? 16 : 8)).isTrue();
                assertThat(has(picture(body), isRed ? 8 : 16)).isFalse();
            }
            // of twelve alike three are different: outlined in two ways, and boxed
            assertThat(server.requests()).isEqualTo(3);
            assertThat(outlined).isEqualTo(2);
        }
    }

    /** The picture that was sent. */
    private static BufferedImage picture(String body) throws IOException {
        String data = body.substring(body.indexOf("base64,") + "base64,".length());
        byte[] bytes = Base64.getDecoder().decode(data.substring(0, data.indexOf('"')));
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    /** Whether somewhere the colour at that bit is bright and the other of red and green is not. */
    private static boolean has(BufferedImage picture, int shift) {
        for (int i = 0; i < picture.getWidth() * picture.getHeight(); i++) {
            int rgb = picture.getRGB(i % picture.getWidth(), i / picture.getWidth());
            if ((rgb >> shift & 0xff) > 150 && (rgb >> (24 - shift) & 0xff) < 80) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aRerunGivesTheSameFilesWithNobodyThere() throws IOException {
        URI url;
        Path out = folder.resolve("out.jsonl");
        try (var server = new ChatServer(ChatServer.raw(200, ChatServer.reply(ANSWER, "stop")));
                var teacher = open(server.url())) {
            url = server.url();
            run(out, teacher, 4);
        }
        try (var teacher = open(url, "chat.token-budget", "0")) {
            Path again = folder.resolve("again.jsonl");
            run(again, teacher, 1);

            assertThat(again).hasSameBinaryContentAs(out);
            assertThat(Files.readAllLines(again)).hasSize(3);
        }
    }

    /** Settings as users have them but for the delays, a second process, and rc as a pipeline reads it. */
    @Test
    void aTeacherWhoIsNotThereEndsTheRunWithAnErrorAndTheNextRunGoesOn() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path out = Files.writeString(folder.resolve("out.jsonl"), "of an earlier run\n");
        Path settings =
                Files.writeString(folder.resolve("teacher.properties"), """
                chat.url=http://localhost:%d/v1
                chat.model=teacher
                chat.first-delay=PT0.01S
                chat.longest-delay=PT0.05S
                chat.cache=%s
                """.formatted(port, folder.resolve("cache")));

        Said dead = teach(out, settings);

        assertThat(dead.rc).as(dead.words).isEqualTo(1);
        assertThat(dead.words)
                .contains(
                        "teach ends here: the teacher does not answer: http://localhost:%d/v1/chat/completions, attempt 5"
                                .formatted(port))
                .contains("no server listens there")
                .contains(out + " is untouched")
                .contains("run the same command again");
        assertThat(out).hasContent("of an earlier run");
        assertThat(TeacherJob.quarantine(out)).doesNotExist();

        try (var server = new ChatServer(port, ChatServer.raw(200, ChatServer.reply(ANSWER, "stop")))) {
            Said alive = teach(out, settings);

            assertThat(alive.rc).as(alive.words).isZero();
            assertThat(Files.readAllLines(out)).hasSize(3);
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    private record Said(int rc, String words) {}

    private Said teach(Path out, Path settings) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DataMain.class.getName(),
                        "teach",
                        lines.toString(),
                        out.toString(),
                        "--pictures",
                        folder.toString(),
                        "--chat",
                        settings.toString())
                .redirectErrorStream(true)
                .start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), words);
    }

    @Test
    void whereNothingComesOutOfAnyPictureTheRunFailsAndWhatWasThereStays() throws IOException {
        Path out = Files.writeString(folder.resolve("out.jsonl"), "of an earlier run");
        try (var server = new ChatServer(ChatServer.says("I cannot."));
                var teacher = open(server.url())) {

            assertThatThrownBy(() -> TeacherJob.run(
                            lines, out, Pictures.parse(temporary().toString()), teacher, 100, 1, QUIET))
                    .hasMessageContaining(
                            "of no picture there is an answer to keep: {dropped: its picture is not there=4,");
            assertThatThrownBy(() -> run(out, teacher, 1)).hasMessageContaining("quarantined: of no use=3");

            assertThat(out).hasContent("of an earlier run");
            assertThat(Files.readAllLines(TeacherJob.quarantine(out))).hasSize(3);
        }
    }

    private Path temporary() throws IOException {
        return Files.createDirectory(folder.resolve("no-pictures"));
    }

    @Test
    void aKeyThatIsRefusedEachTimeEndsTheRunThoughSomebodyIsThere() throws IOException {
        try (var server = new ChatServer(ChatServer.fails(401));
                var teacher = open(server.url())) {
            Path out = folder.resolve("out.jsonl");

            assertThatThrownBy(() -> run(out, teacher, 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("401: not now")
                    .hasMessageContaining("out.jsonl is untouched");
            assertThat(out).doesNotExist();
        }
    }

    @Test
    void aTeacherWhoGoesHalfwayIsGivenUpAfterFiveQuestionsInARow() throws IOException {
        var page = Files.readAllLines(lines).getFirst();
        var all = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            var picture = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(2 * i, 2, 0xffffff);
            ImageIO.write(picture, "png", folder.resolve("many" + i + ".png").toFile());
            all.append(page.replace("0.png", "many" + i + ".png")).append('\n');
        }
        Files.writeString(lines, all);
        Path out = folder.resolve("out.jsonl");
        String reply = ChatServer.reply(ANSWER, "stop");
        try (var server =
                        new ChatServer(ChatServer.raw(200, reply), ChatServer.raw(200, reply), ChatServer.fails(503));
                var teacher = open(server.url())) {

            assertThatThrownBy(() -> run(out, teacher, 1)).hasMessageContaining("503: not now");
            // two answers, five questions asked twice each, and at most what was on its way meanwhile
            assertThat(server.requests()).isBetween(12, 14);
        }
    }

    @Test
    void whatAFewQuestionsLackIsSaidAndTheRestIsWritten() throws IOException {
        String reply = ChatServer.reply(ANSWER, "stop");
        Path out = folder.resolve("out.jsonl");
        URI url;
        try (var server = new ChatServer(
                        ChatServer.raw(200, reply),
                        ChatServer.fails(500),
                        ChatServer.fails(500),
                        ChatServer.raw(200, reply));
                var teacher = open(server.url())) {
            url = server.url();

            assertThatThrownBy(() -> run(out, teacher, 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("1 of 4 pictures are without an answer")
                    .hasMessageContaining("500: not now");
            assertThat(Files.readAllLines(out)).hasSize(2);
        }
        try (var server = new ChatServer(url.getPort(), ChatServer.raw(200, reply));
                var teacher = open(url)) {
            run(out, teacher, 1);

            assertThat(server.requests()).isEqualTo(1);
            assertThat(Files.readAllLines(out)).hasSize(3);
        }
    }

    @Test
    void aRunWithoutMoneyEndsAndLeavesNoHalfFile() throws IOException {
        try (var server = new ChatServer(ChatServer.says("x"));
                var teacher = open(server.url(), "chat.token-budget", "10")) {
            Path out = folder.resolve("out.jsonl");

            assertThatThrownBy(() -> run(out, teacher, 1))
                    .isInstanceOf(ChatException.class)
                    .hasMessageContaining("of chat.token-budget=10 are spent: raise it and run again");
            assertThat(out).doesNotExist();
            assertThat(server.requests()).isZero();
        }
    }

    private Map<String, Long> run(Path out, ChatEndpoint teacher, int threads) throws IOException {
        return TeacherJob.run(lines, out, Pictures.parse(folder.toString()), teacher, 100, threads, QUIET);
    }

    private static AnnotatedPicture parsed(String line) {
        try {
            return AnnotatedPicture.parse(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private ChatEndpoint open(URI url, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "chat.url", url.toString(),
                "chat.model", "teacher",
                "chat.timeout", "PT5S",
                "chat.attempts", "2",
                "chat.first-delay", "PT0.01S",
                "chat.longest-delay", "PT0.05S",
                "chat.cache", folder.resolve("cache").toString()));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return ChatEndpoint.open(ChatConfig.of(settings));
    }
}
