package ai.sphinxv.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.graph.GraphException;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.text.MarkedText;
import ai.sphinxv.runtime.text.Reading;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MarksAheadTest {
    private static final Box FIRST = new Box(0, 0, 4, 4);
    private static final Box SECOND = new Box(4, 0, 8, 4);

    @Test
    void textsAreToldInTheOrderOfTheMarksWhicheverWasReadFirst() {
        var second = new CountDownLatch(1);
        try (var ahead = ahead(2, List.of(FIRST, new Point(1, 1), SECOND), (image, box) -> {
            if (box.equals(FIRST)) {
                await(second);
                return new Reading("one", 1, 1);
            }
            second.countDown();
            return new Reading("three", 1, 1);
        })) {
            assertThat(ahead.texts().getFirst().marks())
                    .containsExactly(new MarkedText("<Region 1>", "one"), new MarkedText("<Region 3>", "three"));
            assertThat(ahead.cuts()).isEmpty();
        }
    }

    @Test
    void noThreadIsStartedForPointsWhichHaveNoText() {
        var before = Thread.getAllStackTraces().keySet();
        try (var ahead = ahead(2, List.of(new Point(1, 1)), (image, box) -> new Reading("no", 1, 1))) {
            assertThat(ahead.texts().getFirst().marks()).isEmpty();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("marks-"))
                    .isSubsetOf(before);
        }
    }

    @Test
    void whatFailsFailsAsItDidThere() {
        var failure = new GraphException("the reader broke");
        try (var ahead = ahead(2, List.of(FIRST), (image, box) -> {
            throw failure;
        })) {
            assertThatThrownBy(ahead::texts).isSameAs(failure);
        }
    }

    @Test
    void closingWaitsForWhatHasBegunAndLeavesTheRest() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var ended = new AtomicInteger();
        var ahead = ahead(1, List.of(FIRST, SECOND), (image, box) -> {
            begun.countDown();
            await(go);
            ended.incrementAndGet();
            return new Reading("read", 1, 1);
        });
        begun.await();
        var closing = Thread.ofVirtual().start(ahead::close);

        assertThat(closing.join(Duration.ofMillis(50))).isFalse();
        go.countDown();
        closing.join();
        assertThat(ended).hasValue(1);
    }

    private static MarksAhead ahead(int most, List<VisualPrompt> marks, BiFunction<RgbImage, Box, Reading> reader) {
        var image = new RgbImage(8, 4, new byte[3 * 8 * 4]);
        return new MarksAhead(
                image, marks, ScriptedModel.READING, new ExpertWords(ScriptedModel.READING, reader), most);
    }

    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true; // a graph that runs does not stop for it either
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
