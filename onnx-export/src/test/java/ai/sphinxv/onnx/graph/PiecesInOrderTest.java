package ai.sphinxv.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PiecesInOrderTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void resultsComeInTheOrderOfThePieces(int threads) throws IOException {
        List<String> taken = new ArrayList<>();
        try (var pieces = new PiecesInOrder(threads)) {
            pieces.each(1_003, 10, (from, count) -> from + "+" + count, (from, result) -> taken.add(result));
        }

        assertThat(taken).hasSize(101).startsWith("0+10", "10+10").endsWith("990+10", "1000+3");
    }

    /** The first piece waits for the second: on one thread neither would end. */
    @Test
    void piecesAreWorkedOnSideBySide() throws IOException {
        var second = new CountDownLatch(1);
        try (var pieces = new PiecesInOrder(2)) {
            pieces.each(
                    2,
                    1,
                    (from, count) -> {
                        if (from == 1) {
                            second.countDown();
                        } else {
                            await(second);
                        }
                        return from;
                    },
                    (from, result) -> assertThat(result).isEqualTo(from));
        }
    }

    @Test
    void onlyAFewPiecesAreInMemory() throws IOException {
        var inMemory = new AtomicInteger();
        var most = new AtomicInteger();
        try (var pieces = new PiecesInOrder(2)) {
            pieces.each(
                    1_000,
                    1,
                    (from, count) -> most.accumulateAndGet(inMemory.incrementAndGet(), Math::max),
                    (from, result) -> inMemory.decrementAndGet());
        }

        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void theFirstFailureIsThrownWhenNobodyIsAtWorkAnyMore() {
        var atWork = new AtomicInteger();
        List<Long> taken = new ArrayList<>();
        try (var pieces = new PiecesInOrder(4)) {
            assertThatThrownBy(() -> pieces.each(
                            100,
                            1,
                            (from, count) -> {
                                atWork.incrementAndGet();
                                try {
                                    if (from >= 5) {
                                        throw new IllegalStateException("piece " + from);
                                    }
                                    return from;
                                } finally {
                                    atWork.decrementAndGet();
                                }
                            },
                            (from, result) -> taken.add(result)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("piece 5");
            assertThat(atWork).hasValue(0);
            assertThat(taken).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
    }

    @Test
    void aResultThatCannotBeWrittenEndsItToo() {
        try (var pieces = new PiecesInOrder(2)) {
            assertThatThrownBy(() -> pieces.each(100, 1, (from, count) -> from, (from, result) -> {
                        throw new IOException("full at " + from);
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("full at 0");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
