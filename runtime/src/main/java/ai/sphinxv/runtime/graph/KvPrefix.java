package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import java.util.List;

/**
 * Keys and values of a sequence's first tokens, which no later token changes: every sequence that begins with these tokens
 * can begin with them.
 *
 * @param tokens T
 * @param layers keys and values in turn, layer by layer: [key heads * T * head width] each
 */
public record KvPrefix(int tokens, List<float[]> layers) {
    public KvPrefix {
        layers = List.copyOf(layers);
    }

    /** What those of so many tokens take in memory. */
    public static long bytes(Language language, int tokens) {
        long row = (long) language.kvHeads() * language.headWidth() * Float.BYTES;
        return 2 * row * language.layers() * tokens;
    }

    /** What it takes in memory. */
    public long bytes() {
        return layers.stream()
                .mapToLong(layer -> (long) layer.length * Float.BYTES)
                .sum();
    }
}
