package ai.sphinxv.training.teacher;

import static ai.sphinxv.training.teacher.ChatException.Reason.BROKEN_OFF;
import static ai.sphinxv.training.teacher.ChatException.Reason.BUSY;
import static ai.sphinxv.training.teacher.ChatException.Reason.DAMAGED;
import static ai.sphinxv.training.teacher.ChatException.Reason.OVER_BUDGET;
import static ai.sphinxv.training.teacher.ChatException.Reason.REFUSED;
import static ai.sphinxv.training.teacher.ChatException.Reason.REJECTED;
import static ai.sphinxv.training.teacher.ChatException.Reason.TIMED_OUT;
import static ai.sphinxv.training.teacher.ChatServer.breaksOff;
import static ai.sphinxv.training.teacher.ChatServer.fails;
import static ai.sphinxv.training.teacher.ChatServer.isSilent;
import static ai.sphinxv.training.teacher.ChatServer.raw;
import static ai.sphinxv.training.teacher.ChatServer.reply;
import static ai.sphinxv.training.teacher.ChatServer.says;
import static ai.sphinxv.training.teacher.ChatServer.stalls;
import static ai.sphinxv.training.teacher.ChatServer.tooMuch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.sphinxv.runtime.image.RgbImage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatEndpointTest {
    private static final ChatQuestion QUESTION = new ChatQuestion(null, "What is <Mark 1>?", List.of());

    @TempDir
    Path cache;

    @Test
    void aQuestionIsAskedOnceAndThenAnsweredFromTheDiskWithNoServerThere() throws IOException {
        URI url;
        try (var server = new ChatServer(says("a dog"));
                var chat = open(server.url())) {
            url = server.url();
            assertThat(chat.ask(QUESTION)).isEqualTo(new ChatAnswer("a dog", true, 100, false, ""));
            assertThat(chat.ask(QUESTION)).isEqualTo(new ChatAnswer("a dog", true, 100, true, ""));
            assertThat(server.requests()).isEqualTo(1);
        }

        try (var offline = open(url, "chat.token-budget", "0")) {
            assertThat(offline.ask(QUESTION).text()).isEqualTo("a dog");
            assertThat(offline.spent()).isZero();
        }
    }

    @Test
    void whatIsAskedGoesOverTheWireInTheEndpointsOwnForm() throws IOException {
        var dot = new RgbImage(1, 1, new byte[] {10, 20, 30});
        var picture = ChatQuestion.Picture.png(dot);
        try (var server = new ChatServer(says("x"));
                var chat = open(server.url(), "chat.key", "secret")) {
            chat.ask(new ChatQuestion("You describe.", "And?", List.of(picture)));

            JsonNode body = new ObjectMapper().readTree(server.bodies.getFirst());
            assertThat(body.path("model").textValue()).isEqualTo("teacher");
            assertThat(body.path("messages").path(0).path("content").textValue())
                    .isEqualTo("You describe.");
            JsonNode content = body.path("messages").path(1).path("content");
            assertThat(content.path(0).path("text").textValue()).isEqualTo("And?");
            assertThat(content.path(1).path("image_url").path("url").textValue())
                    .isEqualTo("data:image/png;base64," + Base64.getEncoder().encodeToString(picture.bytes()));
            assertThat(server.keys).containsExactly("Bearer secret");
        }
        assertThat(Files.readString(only(cache))).doesNotContain("secret");
    }

    @Test
    void aBusyServerIsAskedAgain() throws IOException {
        try (var server = new ChatServer(fails(500), fails(503), fails(429), says("at last"));
                var chat = open(server.url(), "chat.attempts", "4")) {
            assertThat(chat.ask(QUESTION).text()).isEqualTo("at last");
            assertThat(server.requests()).isEqualTo(4);
            assertThat(chat.spent()).isEqualTo(100); // who did not work is not paid
        }
    }

    @Test
    void aServerThatStaysBusyIsGivenUpAfterTheLastAttempt() throws IOException {
        try (var server = new ChatServer(fails(500));
                var chat = open(server.url(), "chat.attempts", "3")) {
            assertFails(chat, BUSY, server.url() + "/chat/completions, attempt 3 of 3: 500: not now");
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @Test
    void noQuestionComesBackBeforeTheServerAskedItTo() throws IOException {
        try (var server = new ChatServer(fails(429, "Retry-After", "1"), says("now"));
                var chat = open(server.url(), "chat.longest-delay", "PT2S")) {
            long start = System.nanoTime();
            chat.ask(QUESTION);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void aServerThatAsksForAnHourEndsTheQuestion() throws IOException {
        try (var server = new ChatServer(fails(429, "Retry-After", "3600"));
                var chat = open(server.url())) {
            assertFails(chat, BUSY, "it asks to wait PT1H, chat.longest-delay=PT0.05S: run again later");
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void whatTheServerWillNeverTakeIsAskedOnceAndTheKeyIsNotTold() throws IOException {
        for (int status : new int[] {400, 401, 404, 413}) {
            try (var server = new ChatServer(fails(status));
                    var chat = open(server.url(), "chat.key", "secret")) {
                assertFails(chat, REJECTED, "attempt 1 of 2: %d: not now".formatted(status));
                assertThat(server.requests()).isEqualTo(1);
            }
        }
        String poor = "{\"error\": {\"message\": \"pay first\", \"code\": \"insufficient_quota\"}}";
        try (var server = new ChatServer(raw(429, poor));
                var chat = open(server.url(), "chat.key", "secret")) {
            assertFails(chat, REJECTED, "429: pay first");
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsElsewhereIsNotFollowedWithTheKey() throws IOException {
        try (var server = new ChatServer(fails(307, "Location", "https://example.org/v1"));
                var chat = open(server.url())) {
            assertFails(chat, REJECTED, "it is elsewhere: set chat.url to https://example.org/v1");
        }
    }

    @Test
    void silenceAndABodyThatStallsBothEndInTime() throws IOException {
        for (var order : List.of(isSilent(), stalls())) {
            try (var server = new ChatServer(order);
                    var chat = open(server.url(), "chat.timeout", "PT0.2S")) {
                assertFails(chat, TIMED_OUT, "attempt 2 of 2: no whole reply within chat.timeout=PT0.2S");
            }
        }
    }

    @Test
    void aReplyThatBreaksOffIsAskedForAgain() throws IOException {
        try (var server = new ChatServer(breaksOff(), says("whole"));
                var chat = open(server.url())) {
            assertThat(chat.ask(QUESTION).text()).isEqualTo("whole");
        }
        try (var server = new ChatServer(breaksOff());
                var chat = open(server.url())) {
            assertFails(chat, BROKEN_OFF, "the connection failed or broke");
        }
    }

    @Test
    void anEndlessReplyIsCutShort() throws IOException {
        try (var server = new ChatServer(tooMuch());
                var chat = open(server.url(), "chat.attempts", "1")) {
            assertFails(chat, BROKEN_OFF, "the connection failed or broke");
        }
    }

    @Test
    void whereNobodyListensNothingIsPaid() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (var chat = open(URI.create("http://localhost:" + free))) {
            assertFails(chat, BROKEN_OFF, "attempt 2 of 2: the connection failed or broke");
            assertThat(chat.spent()).isZero();
        }
    }

    @Test
    void aReplyThatIsNoAnswerIsShownAndNotKept() throws IOException {
        Map<String, String> damaged = Map.of(
                "<html>", "the reply is not JSON: <html>",
                "{\"choices\": [{\"mess", "the reply is not JSON: {\"choices\": [{\"mess",
                "{\"choices\": []}", "the reply has no choices[0].message.content: {\"choices\": []}",
                "", "the reply has no choices[0].message.content: (empty)");
        for (var one : damaged.entrySet()) {
            try (var server = new ChatServer(raw(200, one.getKey()));
                    var chat = open(server.url())) {
                assertFails(chat, DAMAGED, "attempt 2 of 2: " + one.getValue());
            }
        }
        assertThat(files(cache)).isEmpty();
    }

    @Test
    void aRefusalIsKeptAndNotArguedWith() throws IOException {
        String refusal =
                "{\"choices\": [{\"message\": {\"content\": null, \"refusal\": \"I cannot help with that.\"}}]}";
        try (var server = new ChatServer(raw(200, refusal));
                var chat = open(server.url())) {
            assertFails(chat, REFUSED, "the model refused: I cannot help with that.");
            assertFails(chat, REFUSED, "the model refused: I cannot help with that.");
            assertThat(server.requests()).isEqualTo(1);
        }
        try (var server = new ChatServer(raw(200, reply("", "content_filter")));
                var chat = open(server.url())) {
            assertFails(chat, REFUSED, "content filter");
        }
    }

    @Test
    void anAnswerThatTheLimitCutSaysSo() throws IOException {
        try (var server = new ChatServer(raw(200, reply("a very long", "length")));
                var chat = open(server.url())) {
            assertThat(chat.ask(QUESTION).isWhole()).isFalse();
        }
    }

    @Test
    void aRunStopsBeforeItSpendsMoreThanItMay() throws IOException {
        try (var server = new ChatServer(says("x"));
                var chat = open(server.url(), "chat.max-tokens", "50", "chat.token-budget", "150")) {
            chat.ask(new ChatQuestion(null, "one", List.of()));
            assertThat(chat.spent()).isEqualTo(100);

            var failure = catchThrowableOfType(
                    ChatException.class, () -> chat.ask(new ChatQuestion(null, "twelve", List.of())));

            assertThat(failure.reason()).isEqualTo(OVER_BUDGET);
            assertThat(failure)
                    .hasMessageContaining("may cost 53 tokens, 100 of chat.token-budget=150 are spent: raise it");
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void noMoreQuestionsAreOnTheirWayThanMayBe() throws Exception {
        try (var server = new ChatServer(exchange -> {
                    Thread.sleep(20);
                    says("x").serve(exchange);
                });
                var chat = open(server.url(), "chat.concurrency", "3");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ChatAnswer>> questions = IntStream.range(0, 20)
                    .<Callable<ChatAnswer>>mapToObj(
                            i -> () -> chat.ask(new ChatQuestion(null, "number " + i, List.of())))
                    .toList();
            for (var answer : threads.invokeAll(questions)) {
                assertThat(answer.get().text()).isEqualTo("x");
            }
            assertThat(server.requests()).isEqualTo(20);
            assertThat(server.mostAtATime).hasValueBetween(2, 3);
        }
    }

    @Test
    void aFileThatWasDamagedOnTheDiskIsAskedForAgain() throws IOException {
        try (var server = new ChatServer(says("x"));
                var chat = open(server.url())) {
            chat.ask(QUESTION);
            Files.writeString(only(cache), "{\"choices\": [{\"mes");

            assertThat(chat.ask(QUESTION).isFromCache()).isFalse();
            assertThat(chat.ask(QUESTION).isFromCache()).isTrue();
        }
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> open(URI.create("ftp://x/v1")))
                .hasMessage("chat.url must be http://... or https://...," + " got ftp://x/v1");
        assertThatThrownBy(() -> open(URI.create("http://x"), "chat.attempts", "0"))
                .hasMessage("chat.attempts must be 1 to 20, got 0");
        assertThatThrownBy(() -> open(URI.create("http://x"), "chat.patience", "7"))
                .hasMessageContaining("chat.patience");
    }

    private static void assertFails(ChatEndpoint chat, ChatException.Reason reason, String message) {
        var failure = catchThrowableOfType(ChatException.class, () -> chat.ask(QUESTION));
        assertThat(failure).hasMessageContaining(message);
        assertThat(failure.getMessage()).doesNotContain("secret");
        assertThat(failure.reason()).isEqualTo(reason);
    }

    private ChatEndpoint open(URI url, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "chat.url", url.toString(),
                "chat.model", "teacher",
                "chat.attempts", "2",
                "chat.timeout", "PT5S",
                "chat.first-delay", "PT0.01S",
                "chat.longest-delay", "PT0.05S",
                "chat.cache", cache.toString()));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return ChatEndpoint.open(ChatConfig.of(settings));
    }

    private static Path only(Path folder) throws IOException {
        return files(folder).getFirst();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
