package ai.sphinxv.runtime.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Manifest;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.Subgraph;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
    @TempDir
    Path folder;

    @Test
    void everyChoiceIsTriedAndTheReasonsAreKept() {
        assertThatThrownBy(() -> start(new Providers(List.of(Provider.TENSORRT), 1), EnumSet.allOf(Provider.class)))
                .isInstanceOf(GraphException.class)
                .hasMessage("llm_decoder.onnx cannot start")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(3)); // TensorRT, CUDA, CPU
    }

    @Test
    void whatCannotRunAGraphIsNotTried() {
        assertThatThrownBy(() ->
                        start(new Providers(List.of(Provider.TENSORRT, Provider.CPU), 1), EnumSet.of(Provider.CPU)))
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }

    /** There is no file to start, so every provider fails. */
    private void start(Providers providers, EnumSet<Provider> able) {
        var manifest = new Manifest(
                Manifest.FORMAT, ModelConfig.named("nano"), new Provenance("", "", "", Map.of()), List.of());
        providers.start(new Bundle(folder, manifest, Map.of()), Subgraph.LLM_DECODER, able, session -> {});
    }
}
