package ai.sphinxv.runtime.graph;

import java.util.List;

/**
 * Keys and values of a sequence's first tokens, which no later token changes: every sequence that begins with these tokens
 * can begin with them.
 *
 * @param tokens T
 * @param layers keys and values in turn, layer by layer: [key heads * T * head width] each, as the model keeps them
 */
public record KvPrefix(int tokens, List<byte[]> layers) {
    public KvPrefix {
        layers = List.copyOf(layers);
    }

    /** What it takes in memory. */
    public long bytes() {
        return layers.stream().mapToLong(layer -> layer.length).sum();
    }
}
