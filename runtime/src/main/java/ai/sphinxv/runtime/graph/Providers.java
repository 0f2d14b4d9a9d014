package ai.sphinxv.runtime.graph;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Manifest.BundleFile;
import ai.sphinxv.runtime.bundle.Subgraph;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts graphs on the first provider that can run them: TensorRT falls to CUDA, and whatever fails falls to the CPU,
 * with the reason in the log.
 */
public final class Providers {
    private static final System.Logger LOG = System.getLogger(Providers.class.getName());
    private static final int DEVICE = 0;
    /** Bytes of weights: the runs of a graph that has more need gigabytes beside them. */
    private static final long LARGE = 1L << 30;

    private final List<Provider> choices;
    private final int threads;
    private final @Nullable Path engines;

    /**
     * @param wanted first choice first
     * @param threads that a graph uses on the CPU, 0 for one on each core
     */
    public Providers(List<Provider> wanted, int threads) {
        this(wanted, threads, null);
    }

    /** @param engines folder in which TensorRT keeps what it builds, null for nowhere */
    public Providers(List<Provider> wanted, int threads, @Nullable Path engines) {
        var choices = new LinkedHashSet<Provider>();
        for (Provider provider : wanted) {
            choices.add(provider);
            if (provider == Provider.TENSORRT) {
                choices.add(Provider.CUDA);
            }
        }
        choices.add(Provider.CPU);
        this.choices = List.copyOf(choices);
        this.threads = threads;
        this.engines = engines;
    }

    /** The same for graphs of which several are run at a time. */
    Providers oneThread() {
        return new Providers(choices, 1, engines);
    }

    /**
     * Starts a graph and tries it: libraries that are missing show when a provider is asked for, a device that is missing
     * or full only when something runs.
     *
     * @param able providers that can run this graph, the CPU among them
     * @param trial runs the graph once
     * @throws GraphException if it starts on none of them
     */
    Session start(Bundle bundle, Subgraph subgraph, Set<Provider> able, Consumer<Session> trial) {
        long weights = bundle.manifest().files().stream()
                .filter(file -> file.name().equals(subgraph.weights()))
                .mapToLong(BundleFile::bytes)
                .sum();
        return start(bundle.file(subgraph), subgraph == Subgraph.LLM_DECODER, weights > LARGE, able, trial);
    }

    /** The same for a graph that is a file by itself. */
    Session start(Path model, Set<Provider> able, Consumer<Session> trial) {
        return start(model, false, false, able, trial);
    }

    private Session start(Path model, boolean spinning, boolean large, Set<Provider> able, Consumer<Session> trial) {
        String name = String.valueOf(model.getFileName());
        var failures = new GraphException(name + " cannot start");
        for (Provider provider : choices) {
            if (!able.contains(provider)) {
                continue;
            }
            try {
                Session session = open(model, name, spinning, large, provider, trial);
                LOG.log(INFO, "{0} runs on {1}", name, provider);
                return session;
            } catch (OrtException | GraphException e) {
                LOG.log(WARNING, "{0} cannot start on {1}: {2}", name, provider, e.getMessage());
                failures.addSuppressed(e);
            }
        }
        throw failures;
    }

    private Session open(
            Path model, String name, boolean spinning, boolean large, Provider provider, Consumer<Session> trial)
            throws OrtException {
        var environment = QuietEnvironment.get(); // first: CUDA's options log through it
        try (var options = options(spinning, provider)) {
            var started = environment.createSession(model.toString(), options);
            var session = new Session(name, provider, large, environment, started);
            try {
                trial.accept(session);
            } catch (RuntimeException e) {
                session.close();
                throw e;
            }
            return session;
        }
    }

    private SessionOptions options(boolean spinning, Provider provider) throws OrtException {
        var options = new SessionOptions();
        try {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Between a decoder's many small operators, waking threads takes longer than what they do. The other graphs
            // run beside each other and would only be in each other's way. After a run nothing may spin: a serverless
            // host bills or throttles it.
            options.addConfigEntry("session.intra_op.allow_spinning", spinning ? "1" : "0");
            options.addConfigEntry("session.force_spinning_stop", "1");
            // The forms with options name the library that is missing; the short ones do not.
            if (provider == Provider.TENSORRT) {
                try (var tensorrt = new OrtTensorRTProviderOptions(DEVICE)) {
                    if (engines != null) {
                        tensorrt.add("trt_engine_cache_enable", "1");
                        tensorrt.add("trt_engine_cache_path", engines.toString());
                        tensorrt.add("trt_timing_cache_enable", "1");
                        tensorrt.add("trt_timing_cache_path", engines.toString());
                    }
                    options.addTensorrt(tensorrt);
                }
            }
            if (provider != Provider.CPU) {
                try (var cuda = new OrtCUDAProviderOptions(DEVICE)) {
                    // trying every algorithm for every convolution takes seconds of the first picture
                    cuda.add("cudnn_conv_algo_search", "HEURISTIC");
                    options.addCUDA(cuda);
                }
            }
            return options;
        } catch (OrtException e) {
            options.close();
            throw e;
        }
    }
}
