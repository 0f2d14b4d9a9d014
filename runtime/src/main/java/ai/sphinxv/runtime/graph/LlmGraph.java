package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.Subgraph;
import java.util.EnumSet;

/** llm_decoder.onnx: begins answers. Safe for many threads; close it when no answer is running. */
public final class LlmGraph implements AutoCloseable {
    private final Session session;
    private final Language language;
    private final Sequences sequences;

    private LlmGraph(Session session, Language language) {
        this.session = session;
        this.language = language;
        this.sequences = new Sequences(session, language);
    }

    /** @throws GraphException if it starts on no provider */
    public static LlmGraph open(Bundle bundle, Providers providers) {
        Language language = bundle.config().language();
        var session = providers.start(bundle, Subgraph.LLM_DECODER, EnumSet.of(Provider.CUDA, Provider.CPU), trial -> {
            try (var sequences = new Sequences(trial, language);
                    var decoder = new LlmDecoder(sequences, language)) {
                decoder.prefill(new float[language.width()]);
            }
        });
        return new LlmGraph(session, language);
    }

    /** A decoder for one answer; close it at the answer's end. */
    public LlmDecoder begin() {
        return new LlmDecoder(sequences, language);
    }

    @Override
    public void close() {
        sequences.close();
        session.close();
    }
}
