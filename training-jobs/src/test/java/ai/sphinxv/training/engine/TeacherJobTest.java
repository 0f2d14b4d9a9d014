package ai.sphinxv.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.training.source.AnnotatedPicture;
import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.PictureDomain;
import ai.sphinxv.training.source.SampleTask;
import ai.sphinxv.training.teacher.ChatConfig;
import ai.sphinxv.training.teacher.ChatEndpoint;
import ai.sphinxv.training.teacher.ChatException;
import ai.sphinxv.training.teacher.ChatServer;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
            Role 1\\n<Region 1>: The upper half is grey.\\nRole 2\\n{\\"question\\": \\"What is <Region 1>?\\", \\"answer\\": \\"A title.\\"}""";

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
            all.append(new AnnotatedPicture(
                                    "doclaynet",
                                    "page " + i,
                                    i + ".png",
                                    PictureDomain.DOCUMENT,
                                    60,
                                    40,
                                    "CDLA",
                                    List.of(Part.of(new double[] {5, 5, 50, 20}, "title")),
                                    List.of(),
                                    List.of(),
                                    List.of())
                            .line())
                    .append('\n');
        }
        lines = Files.writeString(folder.resolve("in.jsonl"), all);
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
