package ai.sphinxv.training.benchmark.run;

import static ai.sphinxv.training.benchmark.run.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.training.benchmark.run.Understanding.Reply;
import ai.sphinxv.training.benchmark.task.Published;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that knows no marks, asked in the two ways of Table 9, over real HTTP. */
class ChatModelTest {
    private static final String QUESTION = "Please identify the labels of each marked region in the image.";

    @TempDir
    private Path folder;

    @BeforeEach
    void data() throws IOException {
        new Published(folder.resolve("data"))
                .picture("a.png")
                .file(
                        "COCOText_box.json",
                        "[" + Published.region(1, "a.png", "[10, 5, 40, 20]", "Region 1: EXIT") + "]");
    }

    private Map<String, String> settings(URI server, String marks) {
        var settings = new Runs(folder).settings("coco-text-box", "out-" + marks);
        settings.put("benchmark.server", server.toString());
        settings.put("benchmark.model", "vlm-1");
        settings.put("benchmark.marks", marks);
        return settings;
    }

    private static RgbImage shown(Chatting server) {
        String url = Chatting.picture(server.requests().getFirst());
        return ImageDecoder.decode(Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1)));
    }

    /** Whether there is green where the box's right edge is, a pixel more or less. */
    private static boolean hasDrawnEdge(RgbImage image) {
        return IntStream.rangeClosed(48, 52)
                .map(x -> 3 * (20 * image.width() + x))
                .anyMatch(at -> (image.rgb()[at + 1] & 0xff) > 200 && (image.rgb()[at] & 0xff) < 100);
    }

    @Test
    void marksAreDrawnOnThePicture() throws Exception {
        try (var server = Chatting.saying(question -> "<Region 1>: exit")) {
            run(settings(server.uri(), "drawn"));

            assertThat(Chatting.text(server.requests().getFirst())).isEqualTo(QUESTION);
            assertThat(hasDrawnEdge(shown(server))).isTrue();
            assertThat(Files.readString(folder.resolve("out-drawn/report.md")))
                    .contains("| vlm-1, marks drawn, `strict` | 100.00 (");
        }
    }

    @Test
    void marksAreWrittenBeforeTheQuestion() throws Exception {
        try (var server = Chatting.saying(question -> "<Region 1>: exit")) {
            run(settings(server.uri(), "written"));

            assertThat(Chatting.text(server.requests().getFirst()))
                    .isEqualTo("<Region 1>: [0.10, 0.10, 0.50, 0.50]\n" + QUESTION);
            assertThat(hasDrawnEdge(shown(server))).isFalse();
        }
    }

    @Test
    void aModelOfMarksCanBeAskedThatWayTooAndGetsOneAroundAll() throws Exception {
        try (var server = Understanding.saying(request -> Reply.answer("<Region 1>: exit"))) {
            var settings = new Runs(folder).settings("coco-text-box", "out");
            settings.put("benchmark.endpoint", server.uri().toString());
            settings.put("benchmark.marks", "written");
            run(settings);

            assertThat(server.questions()).singleElement().satisfies(request -> {
                assertThat(request.path("marks")).hasToString("[{\"box\":[0.0,0.0,100.0,50.0]}]");
                assertThat(request.path("question").asText()).startsWith("<Region 1>: [0.10,");
            });
        }
    }

    @Test
    void aServerThatKnowsNoMarksCannotGetThemEncoded() {
        assertThatThrownBy(() -> run(settings(URI.create("http://localhost:1/v1"), "encoded")))
                .hasMessage("-Dserver needs -Dmodel=NAME, and -Dmarks=drawn or written");
    }
}
