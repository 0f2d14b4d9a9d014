package ai.sphinxv.runtime.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static final int EOS = 0;

    @Test
    void theEndTokenEndsTheAnswerAndIsNotPartOfIt() {
        var decoder = new Scripted(3, 4, EOS, 5);
        var answer = new ArrayList<Integer>();

        var run = generator(decoder).run(new float[] {7, 8}, 10, answer::add);

        assertThat(answer).containsExactly(3, 4);
        assertThat(run.tokens()).isEqualTo(3);
        assertThat(run.stopped()).isTrue();
    }

    @Test
    void eachTokenIsReadByTheModelOnce() {
        var decoder = new Scripted(3, 4, EOS);

        generator(decoder).run(new float[] {7, 8}, 10, id -> true);

        assertThat(decoder.read).containsExactly(List.of(7f, 8f), List.of(3f), List.of(4f));
    }

    @Test
    void theSinkMayStop() {
        var run = generator(new Scripted(3, 4, 5)).run(new float[1], 10, id -> id != 4);

        assertThat(run.tokens()).isEqualTo(2);
        assertThat(run.stopped()).isTrue();
    }

    @Test
    void whatElseIsKnownOfTheNextTokenCounts() {
        var decoder = new Scripted(3, 4, EOS);
        var answer = new ArrayList<Integer>();

        new Generator(
                        decoder,
                        id -> new float[] {id},
                        logits -> logits[5] += 9,
                        new Sampler(SamplingOptions.greedy()),
                        EOS)
                .run(new float[] {7}, 2, answer::add);

        assertThat(answer).containsExactly(5, 5);
    }

    @Test
    void theLimitCutsWithoutAStepTooMany() {
        var decoder = new Scripted(3, 4, 5);

        var run = generator(decoder).run(new float[1], 2, id -> true);

        assertThat(run.tokens()).isEqualTo(2);
        assertThat(run.stopped()).isFalse();
        assertThat(decoder.read).hasSize(2); // the prompt and the first token; nobody asks what follows the second
    }

    @Test
    void whatTheSinkThrowsStopsTheAnswer() {
        var decoder = new Scripted(3, 4, 5);

        assertThatThrownBy(() -> generator(decoder).run(new float[1], 9, id -> {
                    throw new IllegalStateException("gone");
                }))
                .hasMessage("gone");
        assertThat(decoder.read).hasSize(1);
    }

    private static Generator generator(Decoder decoder) {
        return new Generator(decoder, id -> new float[] {id}, logits -> {}, new Sampler(SamplingOptions.greedy()), EOS);
    }

    /** Says these tokens, whatever it reads. */
    private static final class Scripted implements Decoder {
        private final int[] tokens;
        private final List<List<Float>> read = new ArrayList<>();
        private final float[] logits = new float[8];

        Scripted(int... tokens) {
            this.tokens = tokens;
        }

        @Override
        public float[] prefill(float[] embeds) {
            return step(embeds);
        }

        @Override
        public float[] step(float[] embed) {
            var values = new ArrayList<Float>();
            for (float value : embed) {
                values.add(value);
            }
            read.add(values);
            Arrays.fill(logits, 0);
            logits[tokens[read.size() - 1]] = 1;
            return logits;
        }
    }
}
