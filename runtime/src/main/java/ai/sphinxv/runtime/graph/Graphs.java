package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Subgraph;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Future.State;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * All of a bundle's graphs. Owns them: close it when nothing is running.
 *
 * @param vision a picture to its embeddings
 * @param prompts marks to their embeddings
 * @param tokens token ids to their embeddings
 * @param language embeddings to the next token's logits
 * @param reader a line of text in a picture to its words; null where the model reads none
 */
public record Graphs(
        VisionEncoder vision,
        PromptEncoder prompts,
        TokenEmbedding tokens,
        LlmGraph language,
        @Nullable TextReader reader)
        implements AutoCloseable {

    /** Loads what runs them. */
    public static void prepare() {
        QuietEnvironment.prepare();
    }

    /**
     * Opens all of them at the same time: it takes as long as the slowest.
     *
     * @throws GraphException if one of them starts on no provider; none is left open then
     */
    public static Graphs open(Bundle bundle, Providers providers) {
        QuietEnvironment.get(); // where native code is missing, it is said once
        var vision = new FutureTask<>(() -> VisionEncoder.open(bundle, providers));
        var prompts = new FutureTask<>(() -> PromptEncoder.open(bundle, providers));
        var tokens = new FutureTask<>(() -> TokenEmbedding.open(bundle));
        var language = new FutureTask<>(() -> LlmGraph.open(bundle, providers));
        var reader = new FutureTask<>(() -> reader(bundle, providers));
        var all = List.of(vision, prompts, tokens, language, reader);
        try (var threads = Executors.newFixedThreadPool(
                all.size(), Thread.ofPlatform().name("open-", 0).daemon().factory())) {
            all.forEach(threads::execute);
        } // which waits for them
        for (var opened : all) {
            if (opened.state() == State.FAILED) {
                all.forEach(Graphs::close);
                throw failure(opened);
            }
        }
        MappedPages.letGo(bundle);
        return new Graphs(
                vision.resultNow(), prompts.resultNow(), tokens.resultNow(), language.resultNow(), reader.resultNow());
    }

    private static void close(Future<? extends @Nullable AutoCloseable> opened) {
        if (opened.state() == State.SUCCESS && opened.resultNow() != null) {
            try {
                opened.resultNow().close();
            } catch (Exception e) {
                throw new IllegalStateException("none of the graphs fails to close", e);
            }
        }
    }

    private static RuntimeException failure(Future<?> failed) {
        return failed.exceptionNow() instanceof RuntimeException e
                ? e
                : new IllegalStateException(failed.exceptionNow());
    }

    /** Where that graph runs. */
    public Provider provider(Subgraph graph) {
        return switch (graph) {
            case VISION_ENCODER -> vision.provider();
            case PROMPT_ENCODER -> prompts.provider();
            case LLM_DECODER -> language.provider();
        };
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
        language.close();
        prompts.close();
        vision.close();
        tokens.close();
        Malloc.trim();
    }

    private static @Nullable TextReader reader(Bundle bundle, Providers providers) {
        var limits = bundle.config().reader();
        return limits == null ? null : TextReader.open(bundle.folder(), limits, providers);
    }
}
