package ai.sphinxv.onnx.bench;

import ai.sphinxv.onnx.Precision;
import ai.sphinxv.onnx.graph.LinearFormat;
import ai.sphinxv.onnx.graph.LinearFormat.Blocks;
import ai.sphinxv.onnx.graph.Numbers;
import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Expert;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Encoding;
import ai.sphinxv.runtime.bundle.ModelConfig.Image;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import ai.sphinxv.runtime.bundle.ModelConfig.Prompts;
import ai.sphinxv.runtime.bundle.ModelConfig.Template;
import ai.sphinxv.runtime.graph.Providers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code Bench output-folder bundle}: decoders of 1.1 B parameters in several formats beside llama.cpp and beside what
 * memory allows, and whole answers of the bundle and many at a time. Every round runs each of them once, so that whatever else the machine
 * does hits all alike; figures are medians of the rounds and ratios inside them. Leaves {@code bench.md} and {@code
 * bench.json}, and the random models for the next time.
 */
public final class Bench {
    private static final int ROUNDS = 7;
    /** Of answers, after which the JVM has compiled most of what they run through. */
    private static final int BEFORE = 25;

    private static final int PROMPT = 512;
    private static final int TOKENS = 64;

    /** 1.1 B parameters. */
    static final Language LARGE = new Language(2048, 16, 32, 32, 5632, 32_000, 1024, 1e-5, 10_000, false);

    private final Path output;
    private final Path bundle;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final Providers providers = new Providers(List.of(), threads);

    private Bench(Path output, Path bundle) {
        this.output = output;
        this.bundle = bundle;
    }

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: Bench output-folder bundle");
            System.exit(2);
        }
        try {
            new Bench(Path.of(arguments[0]), Path.of(arguments[1])).run();
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0); // llama.cpp's binding leaves a thread behind that nobody ends
    }

    private void run() throws IOException {
        Files.createDirectories(output);
        var report = new BenchReport();
        answers(report);
        streams(report);
        decoders(report);
        report.write(output);
    }

    private void decoders(BenchReport report) throws IOException {
        try (var all = new Engines()) {
            all.add(LlamaCpp.open(LARGE, output.resolve("llama-q4_0.gguf"), threads));
            for (int block : new int[] {32, 64, 128}) {
                var format = new Blocks(4, block);
                all.add(OnnxEngine.open(
                        "int4, blocks of " + block,
                        around(LARGE),
                        both(format),
                        tokenizer(),
                        folder("int4-" + block),
                        providers));
            }
            all.add(OnnxEngine.open(
                    "int8, blocks of 128",
                    around(LARGE),
                    both(new Blocks(8, 128)),
                    tokenizer(),
                    folder("int8-128"),
                    providers));
            all.add(OnnxEngine.open("fp32", around(LARGE), Precision.FULL, tokenizer(), folder("fp32"), providers));
            var memory = new MemoryRead(threads);
            for (int round = 0; round <= ROUNDS; round++) { // the first warms up
                double bytes = memory.run();
                for (Engine engine : all.engines) {
                    var rates = engine.run(PROMPT, TOKENS);
                    if (round > 0) {
                        report.decoder(engine.name(), read(engine), rates, bytes);
                    }
                }
            }
        }
    }

    private static Precision both(LinearFormat linear) {
        return new Precision(linear, linear, Numbers.SINGLE);
    }

    /** Weights, and the keys and values of a context in the middle of what is decoded. */
    private static long read(Engine engine) {
        long rows = PROMPT + TOKENS / 2;
        return engine.weightBytes() + 2L * LARGE.layers() * LARGE.kvHeads() * LARGE.headWidth() * Float.BYTES * rows;
    }

    private void answers(BenchReport report) {
        try (var answers = new WholeAnswers(bundle, RuntimeOptions.defaults())) {
            for (int round = 0; round < BEFORE + ROUNDS; round++) {
                var times = answers.run();
                if (round >= BEFORE) {
                    report.answers(times);
                }
            }
        }
    }

    private void streams(BenchReport report) {
        try (var streams = new Streams(bundle, providers)) {
            for (int round = 0; round <= ROUNDS; round++) {
                for (var prompt : Streams.Prompt.values()) {
                    for (int count : new int[] {1, 4, 16}) {
                        var pace = streams.run(count, prompt);
                        if (round > 0) {
                            report.streams(prompt, count, pace);
                        }
                    }
                }
            }
        }
    }

    /** A model that is a decoder and next to nothing before it. */
    public static ModelConfig around(Language language) {
        return new ModelConfig(
                "decoder",
                new Image(
                        32, 2, Padding.AROUND, List.of(0, 0, 0), List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5), false),
                List.of(new Expert.GridCode("grid", 16)),
                null,
                new Prompts(4, 8, 32, Encoding.CENTRED, false, false, 0),
                null,
                null,
                null,
                language,
                new Template("", "Human", "Assistant", "###"));
    }

    private Path tokenizer() {
        return bundle.resolve(Bundle.TOKENIZER);
    }

    private Path folder(String name) {
        return output.resolve(name);
    }

    private static final class Engines implements AutoCloseable {
        private final List<Engine> engines = new ArrayList<>();

        void add(Engine engine) {
            engines.add(engine);
        }

        @Override
        public void close() {
            engines.forEach(Engine::close);
        }
    }
}
