package ai.sphinxv.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StutterTest {
    @Test
    void theSameTokensFourTimesInARowAreAStutter() {
        assertThat(after(9, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2)).isFalse();
        assertThat(after(9, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3)).isTrue();
        assertThat(after(9, 1, 2, 1, 2, 1, 2, 1, 2)).isTrue();
    }

    @Test
    void oneTokenIsOneFromTheEighthTimeOn() {
        assertThat(after(1, 1, 1, 1, 1, 1, 1)).isFalse();
        assertThat(after(1, 1, 1, 1, 1, 1, 1, 1)).isTrue();
    }

    @Test
    void whatGoesOnOtherwiseIsNone() {
        assertThat(after(1, 2, 1, 2, 1, 2, 1, 2, 3)).isFalse();
        assertThat(after(IntStream.range(0, 100).toArray())).isFalse();
    }

    @Test
    void aNewLineIsNotHeardWithTheOneBefore() {
        var stutter = new Stutter();
        for (int i = 0; i < 3; i++) {
            stutter.next(1);
            stutter.next(2);
        }
        stutter.newLine();
        stutter.next(1);
        stutter.next(2);

        assertThat(stutter.isHeard()).isFalse();
    }

    private static boolean after(int... ids) {
        var stutter = new Stutter();
        for (int id : ids) {
            stutter.next(id);
        }
        return stutter.isHeard();
    }
}
