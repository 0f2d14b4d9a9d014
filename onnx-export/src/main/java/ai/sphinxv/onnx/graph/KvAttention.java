package ai.sphinxv.onnx.graph;

import ai.sphinxv.onnx.graph.Value.Named;
import ai.sphinxv.onnx.ops.Ops.CausalAttention;
import ai.sphinxv.runtime.bundle.Subgraph;
import java.util.List;
import java.util.Map;

/**
 * A decoder layer's attention as ONNX Runtime's GroupQueryAttention: it turns queries and keys by their positions and
 * writes keys and values into the cache, in place where past and present are one buffer.
 */
final class KvAttention {
    private KvAttention() {}

    static Value add(OnnxGraph graph, Value queries, Value keys, Value values, CausalAttention layer) {
        String pastKey = Subgraph.pastKey(layer.layer());
        String pastValue = Subgraph.pastValue(layer.layer());
        String presentKey = Subgraph.presentKey(layer.layer());
        String presentValue = Subgraph.presentValue(layer.layer());
        List<Object> cache =
                List.of("batch", (long) layer.kvHeads(), (long) layer.maxTokens(), (long) layer.headWidth());
        graph.cache(pastKey, presentKey, cache);
        graph.cache(pastValue, presentValue, cache);
        return graph.microsoft(
                "GroupQueryAttention",
                List.of(
                        queries,
                        keys,
                        values,
                        new Named(pastKey),
                        new Named(pastValue),
                        new Named(Subgraph.SEQLENS_K),
                        new Named(Subgraph.TOTAL_SEQUENCE_LENGTH),
                        graph.shared(
                                "rotary_cos",
                                () -> layer.cosines(layer.maxTokens()),
                                layer.maxTokens(),
                                layer.headWidth() / 2),
                        graph.shared(
                                "rotary_sin",
                                () -> layer.sines(layer.maxTokens()),
                                layer.maxTokens(),
                                layer.headWidth() / 2)),
                Map.of(
                        "num_heads", (long) layer.heads(),
                        "kv_num_heads", (long) layer.kvHeads(),
                        "do_rotary", 1L,
                        "rotary_interleaved", layer.interleaved() ? 1L : 0L,
                        "scale", (float) (1 / Math.sqrt(layer.headWidth()))),
                List.of(graph.fresh("GroupQueryAttention"), presentKey, presentValue));
    }
}
