package ai.sphinxv.training.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.Mask;
import ai.sphinxv.runtime.prompt.Polygon;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import ai.sphinxv.training.benchmark.run.Understanding.Reply;
import ai.sphinxv.training.benchmark.task.Item;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UnderstandEndpointTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Picture PICTURE =
            new Picture(Path.of("a.png"), new byte[] {1, 2, 3}, new RgbImage(20, 20, new byte[1200]));
    private static final Item ITEM = new Item(
            "1",
            "group",
            Path.of("a.png"),
            List.of(new Box(1, 2, 30, 4), new Point(5, 6)),
            "What?",
            256,
            NullNode.instance);

    @Test
    void theQuestionIsSentAsTheServerTakesItAndTheModelIsKnownBefore() throws Exception {
        try (var server = Understanding.saying(request -> Reply.answer("<Region 1>: cup"));
                var model = new UnderstandEndpoint(server.uri(), PATIENCE)) {
            assertThat(model.name()).isEqualTo("model@1");

            assertThat(model.ask(Pointing.ENCODED.ask(ITEM, PICTURE))).isEqualTo("<Region 1>: cup");

            assertThat(server.questions()).singleElement().hasToString("""
                {"image":"AQID","question":"What?","maxTokens":256,"marks":[{"box":[1.0,2.0,20.0,4.0]},{"point":[5.0,6.0]}]}\
                """);
        }
    }

    @Test
    void everyFormOfMarksIsSentAsTheServerTakesIt() throws Exception {
        var triangle = List.of(new Point(1, 1), new Point(9, 1), new Point(9, 9));
        var item = new Item(
                "1",
                "group",
                Path.of("a.png"),
                List.of(
                        new Stroke(List.of(new Point(1, 2))),
                        new Polygon(List.of(triangle)),
                        new Mask(20, 20, new int[] {30, 5, 365})),
                "What?",
                256,
                NullNode.instance);
        try (var server = Understanding.saying(request -> Reply.answer("cup"));
                var model = new UnderstandEndpoint(server.uri(), PATIENCE)) {
            model.ask(Pointing.ENCODED.ask(item, PICTURE));

            assertThat(server.questions().getFirst().path("marks")).hasToString("""
                    [{"stroke":[[1.0,2.0]]},{"polygons":[[[1.0,1.0],[9.0,1.0],[9.0,9.0]]]},\
                    {"mask":{"size":[20,20],"counts":[30,5,365]}}]""");
        }
    }

    @Test
    void moreAboutTheSamePictureIsAskedByItsDigestUntilTheServerForgetsIt() throws Exception {
        var asked = new AtomicInteger();
        try (var server = Understanding.saying(
                        request -> asked.incrementAndGet() == 3 ? Reply.forgotten() : Reply.of("cup", "sha256:ab"));
                var model = new UnderstandEndpoint(server.uri(), PATIENCE)) {
            for (int i = 0; i < 3; i++) {
                assertThat(model.ask(Pointing.ENCODED.ask(ITEM, PICTURE))).isEqualTo("cup");
            }

            assertThat(server.questions().stream()
                            .map(question -> question.path("image").asText()))
                    .containsExactly("AQID", "sha256:ab", "sha256:ab", "AQID");
        }
    }

    @Test
    void aBusyServerIsAskedAgain() throws Exception {
        var tried = new AtomicInteger();
        try (var server = Understanding.saying(request -> tried.incrementAndGet() < 3
                        ? Reply.problem(tried.get() == 1 ? 503 : 429, "busy")
                        : Reply.answer("cup"));
                var model = new UnderstandEndpoint(server.uri(), PATIENCE)) {
            assertThat(model.ask(Pointing.ENCODED.ask(ITEM, PICTURE))).isEqualTo("cup");
            assertThat(tried).hasValue(3);
        }
    }

    @Test
    void whatTheServerRefusesIsARefusalWithItsWords() throws Exception {
        try (var server = Understanding.saying(
                        request -> Reply.problem(400, "the picture, the marks and the words take 900 tokens"));
                var model = new UnderstandEndpoint(server.uri(), PATIENCE)) {
            assertThatThrownBy(() -> model.ask(Pointing.ENCODED.ask(ITEM, PICTURE)))
                    .isInstanceOf(InvalidPromptException.class)
                    .hasMessage("HTTP 400 the picture, the marks and the words take 900 tokens");
            assertThat(server.questions()).hasSize(1);
        }
    }

    @Test
    void aServerThatWantsAKeyEndsTheRunAtOnce() throws Exception {
        try (var server = Understanding.saying(request -> Reply.problem(401, "no key"));
                var model = new UnderstandEndpoint(server.uri(), PATIENCE)) {
            assertThatThrownBy(() -> model.ask(Pointing.ENCODED.ask(ITEM, PICTURE)))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessage(server.uri() + "/v1/understand: HTTP 401 no key");
            assertThat(server.questions()).hasSize(1);
        }
    }

    @Test
    void aServerThatChangesItsModelEndsTheRun() throws Exception {
        try (var server = Understanding.saying(request -> Reply.answer("cup", "model@2"));
                var model = new UnderstandEndpoint(server.uri(), PATIENCE)) {
            assertThatThrownBy(() -> model.ask(Pointing.ENCODED.ask(ITEM, PICTURE)))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("began to answer with another model, model@2 in place of model@1");
        }
    }

    @Test
    void noServerIsToldBeforeAnythingIsAsked() throws IOException {
        URI nobody;
        try (var server = Understanding.saying(request -> Reply.answer(""))) {
            nobody = server.uri();
        }
        assertThatThrownBy(() -> new UnderstandEndpoint(nobody, PATIENCE).close())
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("did not answer in 3 tries");
    }
}
