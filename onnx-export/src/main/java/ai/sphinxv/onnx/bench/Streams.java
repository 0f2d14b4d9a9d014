package ai.sphinxv.onnx.bench;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.graph.LlmDecoder;
import ai.sphinxv.runtime.graph.LlmGraph;
import ai.sphinxv.runtime.graph.Providers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many sequences of a bundle's decoder at the same time, each on a thread of its own. */
final class Streams implements AutoCloseable {
    /** What each of them has read before, and how much it writes. */
    enum Prompt {
        /** A question about a mark or two, with the picture. */
        SHORT(80, 64),
        /** About ten marks, with what is read in them. */
        LONG(300, 200);

        private final int tokens;
        private final int answer;

        Prompt(int tokens, int answer) {
            this.tokens = tokens;
            this.answer = answer;
        }

        int tokens() {
            return tokens;
        }
    }

    private final Language language;
    private final LlmGraph graph;

    Streams(Path bundle, Providers providers) {
        var files = Bundle.open(bundle);
        this.language = files.config().language();
        this.graph = LlmGraph.open(files, providers);
    }

    /**
     * How they got on together.
     *
     * @param tokensPerSecond of all of them
     * @param usual milliseconds between two tokens of one, the median
     * @param slow the same, exceeded by one in a hundred
     */
    record Pace(double tokensPerSecond, double usual, double slow) {}

    /** All prompts are read before the first step. */
    Pace run(int count, Prompt prompt) {
        List<LlmDecoder> decoders = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(count)) {
            for (int i = 0; i < count; i++) {
                var decoder = graph.begin();
                decoders.add(decoder);
                decoder.prefill(numbers(prompt.tokens() + i)); // of lengths of their own
            }
            long start = System.nanoTime();
            List<Future<long[]>> waits = decoders.stream()
                    .map(decoder -> pool.submit(() -> steps(decoder, prompt.answer)))
                    .toList();
            long[] all = new long[count * prompt.answer];
            for (int i = 0; i < count; i++) {
                System.arraycopy(waits.get(i).get(), 0, all, i * prompt.answer, prompt.answer);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Arrays.sort(all);
            return new Pace(all.length / seconds, all[all.length / 2] / 1e6, all[all.length * 99 / 100] / 1e6);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            decoders.forEach(LlmDecoder::close);
        }
    }

    private long[] steps(LlmDecoder decoder, int count) {
        float[] token = numbers(1);
        long[] waits = new long[count];
        long before = System.nanoTime();
        for (int i = 0; i < count; i++) {
            decoder.step(token);
            long now = System.nanoTime();
            waits[i] = now - before;
            before = now;
        }
        return waits;
    }

    private float[] numbers(int tokens) {
        var random = new SplittableRandom(tokens);
        float[] numbers = new float[tokens * language.width()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    @Override
    public void close() {
        graph.close();
    }
}
