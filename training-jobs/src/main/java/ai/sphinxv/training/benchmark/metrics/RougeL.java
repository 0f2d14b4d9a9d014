package ai.sphinxv.training.benchmark.metrics;

import java.util.List;

/** ROUGE-L as pycocoevalcap has it (metrics.md 2.3): of the longest common subsequence, in words. */
final class RougeL {
    private static final double BETA = 1.2;

    private RougeL() {}

    /** 0 to 1. The best precision and the best recall are taken each for itself, be they of different references. */
    static double score(String caption, List<String> references) {
        String[] words = caption.split(" ", -1); // an empty caption is one empty word
        double precision = 0;
        double recall = 0;
        for (String reference : references) {
            String[] other = reference.split(" ", -1);
            double common = longestCommon(words, other);
            precision = Math.max(precision, common / words.length);
            recall = Math.max(recall, common / other.length);
        }
        return precision == 0 || recall == 0
                ? 0
                : (1 + BETA * BETA) * precision * recall / (recall + BETA * BETA * precision);
    }

    private static int longestCommon(String[] one, String[] other) {
        int[] row = new int[other.length + 1];
        for (String word : one) {
            int diagonal = 0;
            for (int j = 1; j <= other.length; j++) {
                int above = row[j];
                row[j] = word.equals(other[j - 1]) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return row[other.length];
    }
}
