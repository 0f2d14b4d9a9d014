package ai.sphinxv.onnx.bench;

import ai.sphinxv.onnx.BundleExporter;
import ai.sphinxv.onnx.Precision;
import ai.sphinxv.onnx.checkpoint.RandomWeights;
import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.BundleException;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.graph.LlmGraph;
import ai.sphinxv.runtime.graph.Providers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;

/** Ours: the exported decoder on ONNX Runtime, as it is served. */
final class OnnxEngine implements Engine {
    private static final long SEED = 1;

    private final String name;
    private final Language language;
    private final LlmGraph graph;
    private final long weightBytes;

    private OnnxEngine(String name, Language language, LlmGraph graph, long weightBytes) {
        this.name = name;
        this.language = language;
        this.graph = graph;
        this.weightBytes = weightBytes;
    }

    /** Exports the config with random weights, unless this version's lies in the folder already, and loads its decoder. */
    static OnnxEngine open(
            String name, ModelConfig config, Precision precision, Path tokenizer, Path bundle, Providers providers)
            throws IOException {
        var graph = LlmGraph.open(written(config, precision, tokenizer, bundle), providers);
        long bytes = Files.size(bundle.resolve(Subgraph.LLM_DECODER.weights()));
        return new OnnxEngine(name, config.language(), graph, bytes);
    }

    private static Bundle written(ModelConfig config, Precision precision, Path tokenizer, Path bundle)
            throws IOException {
        try {
            return Bundle.open(bundle);
        } catch (BundleException e) { // nothing is there, or what another version wrote
            var weights = new RandomWeights(NetworkShapes.of(config, 1).weights(), SEED);
            var provenance = new Provenance("./mvnw -Pbench", "", "", Map.of());
            BundleExporter.export(config, weights, precision, tokenizer, null, bundle, provenance);
            return Bundle.open(bundle);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long weightBytes() {
        return weightBytes;
    }

    @Override
    public Rates run(int prompt, int tokens) {
        var random = new SplittableRandom(SEED);
        float[] embeds = new float[prompt * language.width()];
        for (int i = 0; i < embeds.length; i++) {
            embeds[i] = (float) random.nextGaussian();
        }
        float[] token = new float[language.width()];
        System.arraycopy(embeds, 0, token, 0, token.length);
        try (var decoder = graph.begin()) {
            long start = System.nanoTime();
            decoder.prefill(embeds);
            long prefilled = System.nanoTime();
            for (int i = 0; i < tokens; i++) {
                decoder.step(token);
            }
            return Rates.of(prompt, prefilled - start, tokens, System.nanoTime() - prefilled);
        }
    }

    @Override
    public void close() {
        graph.close();
    }
}
