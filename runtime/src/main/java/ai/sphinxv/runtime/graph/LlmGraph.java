package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.Subgraph;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;

/**
 * llm_decoder.onnx: begins answers. Keeps a few caches between answers, because a fresh one must be zeroed and paged in.
 * Safe for many threads; close it when no answer is running.
 */
public final class LlmGraph implements AutoCloseable {
    private static final int MAX_IDLE = 2;

    private final Session session;
    private final Language language;
    private final Deque<KvCache> idle = new ArrayDeque<>();
    private boolean closed;

    private LlmGraph(Session session, Language language) {
        this.session = session;
        this.language = language;
    }

    /** @throws GraphException if it starts on no provider */
    public static LlmGraph open(Bundle bundle, Providers providers) {
        Language language = bundle.config().language();
        var session = providers.start(bundle, Subgraph.LLM_DECODER, EnumSet.of(Provider.CUDA, Provider.CPU), trial -> {
            try (var decoder = new LlmDecoder(trial, language, new KvCache(language), KvCache::close)) {
                decoder.prefill(new float[language.width()]);
            }
        });
        return new LlmGraph(session, language);
    }

    /** A decoder for one answer; close it at the answer's end. */
    public LlmDecoder begin() {
        KvCache cache = take();
        try {
            return new LlmDecoder(session, language, cache, this::giveBack);
        } catch (RuntimeException e) {
            giveBack(cache);
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(KvCache::close);
        idle.clear();
        session.close();
    }

    private KvCache take() {
        synchronized (this) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return new KvCache(language);
    }

    /** What an earlier answer left in a cache lies behind the next one's length, where no step looks. */
    private synchronized void giveBack(KvCache cache) {
        if (closed || idle.size() >= MAX_IDLE) {
            cache.close();
        } else {
            idle.push(cache);
        }
    }
}
