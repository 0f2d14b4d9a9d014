package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxJavaType;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.Subgraph;
import java.util.EnumSet;

/** llm_decoder.onnx: begins answers. Safe for many threads; close it when no answer is running. */
public final class LlmGraph implements AutoCloseable {
    private final Session session;
    private final Language language;
    private final Sequences sequences;
    private final OnnxJavaType type;

    private LlmGraph(Session session, Language language) {
        this.session = session;
        this.language = language;
        this.sequences = new Sequences(session, language);
        this.type = session.type(Subgraph.pastKey(0));
    }

    /** @throws GraphException if it starts on no provider */
    public static LlmGraph open(Bundle bundle, Providers providers) {
        Language language = bundle.config().language();
        var session = providers.start(bundle, Subgraph.LLM_DECODER, EnumSet.of(Provider.CUDA, Provider.CPU), trial -> {
            requireFit(trial);
            try (var sequences = new Sequences(trial, language);
                    var decoder = new LlmDecoder(sequences, language)) {
                decoder.prefill(new float[language.width()]);
            }
        });
        return new LlmGraph(session, language);
    }

    /** Else GroupQueryAttention would run on the CPU, with keys and values copied to and fro in every layer. */
    private static void requireFit(Session session) {
        if (session.provider() == Provider.CUDA && session.type(Subgraph.pastKey(0)) == OnnxJavaType.FLOAT) {
            throw new GraphException("this bundle computes with 32-bit numbers, for which CUDA has no attention with a"
                    + " cache; one of 16 bits runs there");
        }
    }

    /** Where it runs. */
    public Provider provider() {
        return session.provider();
    }

    /** What the first tokens' keys and values take in memory. */
    public long prefixBytes(int tokens) {
        return 2L * language.layers() * language.kvHeads() * language.headWidth() * tokens * type.size;
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
