package ai.sphinxv.runtime.graph;

import java.util.concurrent.atomic.LongAdder;

/**
 * What is outside the heap and has to be given back by hand. Counted where it is taken and given back: of a process that
 * leaks, the two counts drift apart, long before its memory shows it.
 */
public enum NativeMemory {
    /** Started graphs. */
    SESSION,
    /** Tensors that live longer than a call of ONNX Runtime. */
    TENSOR,
    /** Caches of keys and values. */
    KEYS_AND_VALUES,
    /** Mapped tables of token embeddings. */
    TABLE;

    private final LongAdder taken = new LongAdder();
    private final LongAdder givenBack = new LongAdder();

    /** How many this process has taken so far. */
    public long taken() {
        return taken.sum();
    }

    /** How many of them it has given back. */
    public long givenBack() {
        return givenBack.sum();
    }

    void take(int count) {
        taken.add(count);
    }

    void giveBack(int count) {
        givenBack.add(count);
    }
}
