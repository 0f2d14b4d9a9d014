package ai.sphinxv.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.cancel.Cancellation;
import ai.sphinxv.runtime.graph.NativeMemory;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that nobody waits for any more, on a model whose graphs never end by themselves. */
@Timeout(60)
class CancelledAnswersTest {
    private static final String ASKED = "What?";
    private final RuntimeException gone = new IllegalStateException("the client is gone");
    private static final int DARK = 0;
    private static final int BRIGHT = 100;
    private static final int DAZZLING = 255;

    @TempDir
    static Path folder;

    private static SphinxV model;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeAll
    static void open() throws IOException {
        ScriptedModel.write(folder, ScriptedModel.ENDLESS, ScriptedModel.text(ASKED), "yes, a cup of tea");
        model = SphinxV.open(folder, RuntimeOptions.defaults());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void aRunningVisionEncoderIsEnded() throws Exception {
        var cancellation = new Cancellation();
        Future<Answer> answer = ask(DAZZLING, cancellation, event -> {});
        awaitRunning(answer);

        cancellation.cancel(gone);

        assertThatThrownBy(answer::get).hasCause(gone);
        assertThat(model.answer(question(DARK)).text()).isEqualTo("yes, a cup of tea");
    }

    @Test
    void aRunningPrefillIsEnded() throws Exception {
        var cancellation = new Cancellation();
        Future<Answer> answer = ask(BRIGHT, cancellation, event -> {});
        awaitRunning(answer);

        cancellation.cancel(gone);

        assertThatThrownBy(answer::get).hasCause(gone);
        assertThat(model.answer(question(DARK)).text()).isEqualTo("yes, a cup of tea");
    }

    @Test
    void whoWaitsBehindAnothersPrefillDoesNotWaitForIt() throws Exception {
        var endless = new Cancellation();
        var cancellation = new Cancellation();
        Future<Answer> first = ask(BRIGHT, endless, event -> {});
        awaitRunning(first);
        Future<Answer> second = ask(DARK, cancellation, event -> {});
        awaitRunning(second);

        cancellation.cancel(gone);
        assertThatThrownBy(second::get).hasCause(gone);

        assertThat(first.isDone()).isFalse();
        endless.cancel(gone);
        assertThatThrownBy(first::get).hasCause(gone);
    }

    @Test
    void anAnswerEndsWithinOneStepOfTheDecoder() throws Exception {
        var cancellation = new Cancellation();
        var events = new AtomicInteger();

        Future<Answer> answer = ask(DARK, cancellation, event -> {
            events.incrementAndGet();
            cancellation.cancel(gone);
        });

        assertThatThrownBy(answer::get).hasCause(gone);
        assertThat(events).hasValue(1);
    }

    @Test
    void whatIsCancelledBeforehandDoesNotBegin() {
        var cancellation = new Cancellation();
        cancellation.cancel(gone);

        assertThatThrownBy(() -> cancellation.during(() -> model.answer(question(DARK))))
                .isSameAs(gone);
    }

    @Test
    void aModelGivesAllOfItsNativeMemoryBackWhateverWasCancelled() throws Exception {
        Map<NativeMemory, Long> before = held();
        try (var other = SphinxV.open(folder, RuntimeOptions.defaults())) {
            for (int light : new int[] {DAZZLING, BRIGHT, DARK}) {
                var cancellation = new Cancellation();
                Future<Answer> answer = threads.submit(() -> cancellation.during(() -> other.answer(question(light))));
                awaitRunning(answer);
                cancellation.cancel(gone);
                assertThatThrownBy(() -> {
                            answer.get();
                            throw gone; // the dark one may be faster than us
                        })
                        .isNotNull();
            }
            other.answer(question(DARK));

            assertThat(held()).isNotEqualTo(before); // what is not closed is seen
        }
        assertThat(held()).isEqualTo(before);
    }

    private Future<Answer> ask(int light, Cancellation cancellation, Consumer<AnswerEvent> events) {
        return threads.submit(() -> cancellation.during(() -> model.answer(question(light), events)));
    }

    /** Gives it the time to get as far as it can; where that is makes no difference to what has to come. */
    private static void awaitRunning(Future<Answer> answer) throws InterruptedException {
        for (int i = 0; i < 20 && !answer.isDone(); i++) {
            Thread.sleep(10);
        }
    }

    private static Map<NativeMemory, Long> held() {
        var held = new EnumMap<NativeMemory, Long>(NativeMemory.class);
        for (NativeMemory kind : NativeMemory.values()) {
            held.put(kind, kind.taken() - kind.givenBack());
        }
        return held;
    }

    private static Question question(int light) {
        byte[] pixels = new byte[24];
        Arrays.fill(pixels, (byte) light);
        return Question.of(new RgbImage(4, 2, pixels), List.of(new Point(1, 1)), ASKED);
    }
}
