package ai.sphinxv.runtime;

import ai.sphinxv.runtime.graph.Provider;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a model runs here.
 *
 * @param providers first choice first; one that cannot start falls to the next and says so in the log. The CPU is always
 *     the last choice, named or not
 * @param threads that one graph uses, on the CPU; 0 for one on each core
 * @param mode what questions may be
 * @param engines folder in which TensorRT keeps what it has built for a graph and a device; null if it builds that at every
 *     start, which takes minutes
 */
public record RuntimeOptions(
        List<Provider> providers,
        int threads,
        Mode mode,
        @Nullable Path engines) {
    private static final int MAX_THREADS = 1024;

    public RuntimeOptions {
        providers = List.copyOf(providers);
        if (threads < 0 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("threads must be from 0 to %d, got %d".formatted(MAX_THREADS, threads));
        }
    }

    /** In the extended mode. */
    public RuntimeOptions(List<Provider> providers, int threads) {
        this(providers, threads, Mode.EXTENDED, null);
    }

    /** The same in that mode. */
    public RuntimeOptions in(Mode mode) {
        return new RuntimeOptions(providers, threads, mode, engines);
    }

    /** The same with that folder for TensorRT. */
    public RuntimeOptions keeping(@Nullable Path engines) {
        return new RuntimeOptions(providers, threads, mode, engines);
    }

    /** On the CPU, all of it. */
    public static RuntimeOptions defaults() {
        return new RuntimeOptions(List.of(Provider.CPU), 0);
    }
}
