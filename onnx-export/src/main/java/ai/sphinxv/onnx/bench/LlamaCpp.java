package ai.sphinxv.onnx.bench;

import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import java.io.IOException;
import java.nio.file.Path;

/** llama.cpp through its Maven binding, on the same shape with Q4_0 weights: 4 bits in blocks of 32. */
final class LlamaCpp implements Engine {
    /** BOS, and a space in three bytes, which it puts before every text. */
    private static final int BEFORE = 4;

    private final LlamaModel model;
    private final long weightBytes;
    private long seed;

    private LlamaCpp(LlamaModel model, long weightBytes) {
        this.model = model;
        this.weightBytes = weightBytes;
    }

    static LlamaCpp open(Language net, Path file, int threads) throws IOException {
        long bytes = GgufFile.write(net, file);
        var parameters = new ModelParameters()
                .setModel(file.toString())
                .setCtxSize(net.maxTokens())
                .setBatchSize(net.maxTokens())
                .setUbatchSize(net.maxTokens())
                .setThreads(threads)
                .setThreadsBatch(threads);
        return new LlamaCpp(new LlamaModel(parameters), bytes);
    }

    @Override
    public String name() {
        return "llama.cpp Q4_0 (de.kherud:llama)";
    }

    @Override
    public long weightBytes() {
        return weightBytes;
    }

    /** Another text each time: the binding keeps what it has read of the last one. */
    @Override
    public Rates run(int prompt, int tokens) {
        var question = new InferenceParameters(GgufFile.text(prompt - BEFORE, ++seed))
                .setNPredict(tokens + 1)
                .setTemperature(0)
                .setIgnoreEos(true)
                .setCachePrompt(false);
        long start = System.nanoTime();
        var answer = model.generate(question).iterator();
        answer.next();
        long first = System.nanoTime();
        int more = 0;
        while (answer.hasNext()) {
            answer.next();
            more++;
        }
        return Rates.of(prompt, first - start, more, System.nanoTime() - first);
    }

    @Override
    public void close() {
        model.close();
    }
}
