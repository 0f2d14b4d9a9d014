package ai.sphinxv.runtime;

import ai.sphinxv.runtime.graph.Provider;
import java.util.List;

/**
 * How a model runs here.
 *
 * @param providers first choice first; one that cannot start falls to the next and says so in the log. The CPU is always
 *     the last choice, named or not
 * @param threads that one graph uses, on the CPU; 0 for one on each core
 * @param mode what questions may be
 */
public record RuntimeOptions(List<Provider> providers, int threads, Mode mode) {
    private static final int MAX_THREADS = 1024;

    public RuntimeOptions {
        providers = List.copyOf(providers);
        if (threads < 0 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("threads must be from 0 to %d, got %d".formatted(MAX_THREADS, threads));
        }
    }

    /** In the extended mode. */
    public RuntimeOptions(List<Provider> providers, int threads) {
        this(providers, threads, Mode.EXTENDED);
    }

    /** The same in that mode. */
    public RuntimeOptions in(Mode mode) {
        return new RuntimeOptions(providers, threads, mode);
    }

    /** On the CPU, all of it. */
    public static RuntimeOptions defaults() {
        return new RuntimeOptions(List.of(Provider.CPU), 0);
    }
}
