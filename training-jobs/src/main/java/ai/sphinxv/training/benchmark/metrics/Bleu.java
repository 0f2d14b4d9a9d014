package ai.sphinxv.training.benchmark.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * BLEU-1 to 4 as pycocoevalcap has it (metrics.md 2.2), of one caption or of many: counts are added first, so a corpus is
 * no mean of captions.
 *
 * @param correct [4] runs of 1 to 4 words that a reference has too, each as often as in one reference at most
 * @param guessed [4] runs of 1 to 4 words
 * @param words of the caption
 * @param closest words of the reference nearest in length, of equally near ones the shorter
 */
record Bleu(int[] correct, int[] guessed, int words, int closest) {
    private static final double TINY = 1e-15;
    private static final double SMALL = 1e-9;

    static Bleu of(NGrams caption, List<NGrams> references) {
        int[] correct = new int[NGrams.LONGEST];
        int[] guessed = new int[NGrams.LONGEST];
        for (int n = 1; n <= NGrams.LONGEST; n++) {
            guessed[n - 1] = caption.total(n);
            for (Map.Entry<List<String>, Integer> run : caption.of(n).entrySet()) {
                int allowed = most(references, n, run.getKey());
                correct[n - 1] += Math.min(run.getValue(), allowed);
            }
        }
        int closest = references.stream()
                .map(NGrams::words)
                .min(Comparator.<Integer>comparingInt(words -> Math.abs(words - caption.words()))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
        return new Bleu(correct, guessed, caption.words(), closest);
    }

    Bleu plus(Bleu other) {
        int[] bothCorrect = new int[NGrams.LONGEST];
        int[] bothGuessed = new int[NGrams.LONGEST];
        for (int i = 0; i < NGrams.LONGEST; i++) {
            bothCorrect[i] = correct[i] + other.correct[i];
            bothGuessed[i] = guessed[i] + other.guessed[i];
        }
        return new Bleu(bothCorrect, bothGuessed, words + other.words, closest + other.closest);
    }

    static Bleu none() {
        return new Bleu(new int[NGrams.LONGEST], new int[NGrams.LONGEST], 0, 0);
    }

    /** @return [4] BLEU-1 to 4, 0 to 1 */
    double[] scores() {
        double ratio = (words + TINY) / (closest + SMALL);
        double brevity = ratio < 1 ? Math.exp(1 - 1 / ratio) : 1;
        double[] scores = new double[NGrams.LONGEST];
        double product = 1;
        for (int i = 0; i < NGrams.LONGEST; i++) {
            product *= (correct[i] + TINY) / (guessed[i] + SMALL);
            scores[i] = Math.pow(product, 1.0 / (i + 1)) * brevity;
        }
        return scores;
    }

    private static int most(List<NGrams> references, int n, List<String> run) {
        return references.stream()
                .mapToInt(reference -> reference.of(n).getOrDefault(run, 0))
                .max()
                .orElse(0);
    }
}
