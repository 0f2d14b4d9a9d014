package ai.sphinxv.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.sphinxv.onnx.bench.Bench;
import ai.sphinxv.onnx.checkpoint.RandomWeights;
import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.graph.LlmGraph;
import ai.sphinxv.runtime.graph.Providers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The served decoder with several answers at a time, on a small one of random weights. */
class SequencesTest {
    private static final Language NET = new Language(64, 2, 4, 2, 96, 300, 64, 1e-5, 10_000, false);
    private static final int SEQUENCES = 6;
    private static final int STEPS = 20;

    @TempDir
    static Path folder;

    @BeforeAll
    static void export() throws IOException {
        var config = Bench.around(NET);
        BundleExporter.export(
                config,
                new RandomWeights(NetworkShapes.of(config, 1).weights(), 3),
                Precision.FULL,
                Files.writeString(folder.resolve("none"), "{}"),
                null,
                folder.resolve("bundle"),
                new Provenance("test", "", "", Map.of()));
    }

    @Test
    void answersThatAreWrittenTogetherAreThoseWrittenAlone() throws Exception {
        try (var graph = open();
                var threads = Executors.newFixedThreadPool(SEQUENCES)) {
            List<float[]> alone = IntStream.range(0, SEQUENCES)
                    .mapToObj(i -> decode(graph, i))
                    .toList();

            List<Future<float[]>> together = new ArrayList<>();
            for (int i = 0; i < SEQUENCES; i++) {
                int number = i;
                together.add(threads.submit(() -> decode(graph, number)));
            }

            for (int i = 0; i < SEQUENCES; i++) {
                assertThat(together.get(i).get())
                        .usingComparatorWithPrecision(1e-5f)
                        .containsExactly(alone.get(i));
            }
        }
    }

    @Test
    void whoIsInterruptedFinishesAndStaysInterrupted() throws Exception {
        try (var graph = open();
                var threads = Executors.newFixedThreadPool(SEQUENCES)) {
            List<Future<Boolean>> interrupted = new ArrayList<>();
            for (int i = 0; i < SEQUENCES; i++) {
                int number = i;
                interrupted.add(threads.submit(() -> {
                    Thread.currentThread().interrupt();
                    decode(graph, number);
                    return Thread.interrupted();
                }));
            }

            for (Future<Boolean> one : interrupted) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    @Test
    void aSequenceGoesOnFromWhatAnotherHasRead() {
        float[] begun = numbers(10, 1);
        float[] rest = numbers(5, 2);
        float[] whole = new float[begun.length + rest.length];
        System.arraycopy(begun, 0, whole, 0, begun.length);
        System.arraycopy(rest, 0, whole, begun.length, rest.length);

        try (var graph = open();
                var first = graph.begin();
                var second = graph.begin();
                var third = graph.begin()) {
            float[] expected = first.prefill(whole).clone();
            second.prefill(begun);
            third.begin(second.prefix(10));

            assertThat(third.prefill(rest)).usingComparatorWithPrecision(1e-5f).containsExactly(expected);
            assertThatThrownBy(() -> third.begin(second.prefix(10)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("this sequence has begun: it has 15 tokens");
        }
    }

    @Test
    void aSequenceHasNoMoreTokensThanTheModelAndThoseBesideItGoOn() {
        try (var graph = open();
                var full = graph.begin();
                var other = graph.begin()) {
            full.prefill(numbers(NET.maxTokens(), 1));
            float[] token = numbers(1, 2);
            float[] expected = other.prefill(token).clone();

            assertThatThrownBy(() -> full.step(token))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a sequence has at most 64 tokens, this one would have 65");
            assertThat(other.step(numbers(1, 3))[0]).isNotNaN().isNotCloseTo(expected[0], within(1e-6f));
        }
    }

    private static LlmGraph open() {
        return LlmGraph.open(Bundle.open(folder.resolve("bundle")), new Providers(List.of(), 1));
    }

    /** Logits after a prompt and steps of its own. */
    private static float[] decode(LlmGraph graph, int number) {
        try (var decoder = graph.begin()) {
            float[] logits = decoder.prefill(numbers(3 + 4 * number, number));
            for (int step = 0; step < STEPS - number; step++) {
                logits = decoder.step(numbers(1, 100 * number + step));
            }
            return logits.clone();
        }
    }

    private static float[] numbers(int tokens, long seed) {
        var random = new SplittableRandom(seed);
        float[] numbers = new float[tokens * NET.width()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
