package ai.sphinxv.onnx.bench;

import ai.sphinxv.onnx.Precision;
import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.graph.LlmGraph;
import ai.sphinxv.runtime.graph.Provider;
import ai.sphinxv.runtime.graph.Providers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code CudaBench output-folder bundle}: a bundle of 16-bit numbers on a CUDA device beside the same machine's CPU, and
 * decoders of 1.1 B parameters there. Every round runs each of them once; figures are medians of the rounds. Prints a table
 * and leaves it as {@code cuda.md}, and the random models for the next time.
 */
public final class CudaBench {
    private static final int ROUNDS = 7;
    private static final int PROMPT = 512;
    private static final int TOKENS = 64;
    private static final int[] STREAMS = {1, 4, 16, 64};

    private final Path output;
    private final Path bundle;
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    private CudaBench(Path output, Path bundle) {
        this.output = output;
        this.bundle = bundle;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: CudaBench output-folder bundle-of-16-bits");
            System.exit(2);
        }
        var bench = new CudaBench(Path.of(arguments[0]), Path.of(arguments[1]));
        Files.createDirectories(bench.output);
        bench.requireCuda();
        for (Provider provider : List.of(Provider.CUDA, Provider.CPU)) {
            bench.answers(provider);
            bench.streams(provider);
        }
        bench.decoders();
        bench.write();
    }

    /** The log has said why not. */
    private void requireCuda() {
        try (var graph = LlmGraph.open(Bundle.open(bundle), new Providers(List.of(Provider.CUDA), 0))) {
            if (graph.provider() != Provider.CUDA) {
                System.err.println(
                        "the decoder of %s does not run on CUDA here: the reason is above".formatted(bundle));
                System.exit(1);
            }
        }
    }

    private void answers(Provider provider) {
        try (var answers = new WholeAnswers(bundle, new RuntimeOptions(List.of(provider), 0))) {
            rounds(() -> answers.run()
                    .forEach((name, time) -> add("%s, first piece after, ms: %s".formatted(provider, name), time)));
        }
    }

    private void streams(Provider provider) {
        try (var streams = new Streams(bundle, new Providers(List.of(provider), 0))) {
            rounds(() -> {
                for (int count : STREAMS) {
                    String name = "%s, %d at a time, ".formatted(provider, count);
                    var pace = streams.run(count, Streams.Prompt.LONG);
                    add(name + "tokens/s of all", pace.tokensPerSecond());
                    add(name + "ms between tokens, 99th percentile", pace.slow());
                }
            });
        }
    }

    private void decoders() throws IOException {
        var formats = Map.of("16 bits", Precision.GPU, "int4, blocks of 32", Precision.SMALL_GPU);
        for (var format : formats.entrySet()) {
            Path folder = output.resolve(format.getKey().replaceAll("\\W+", "-"));
            try (var engine = OnnxEngine.open(
                    format.getKey(),
                    Bench.around(Bench.LARGE),
                    format.getValue(),
                    bundle.resolve(Bundle.TOKENIZER),
                    folder,
                    new Providers(List.of(Provider.CUDA), 0))) {
                rounds(() -> {
                    var rates = engine.run(PROMPT, TOKENS);
                    String name = "1.1 B parameters, %s, ".formatted(engine.name());
                    add(name + "prefill tokens/s", rates.prefill());
                    add(name + "decode tokens/s", rates.decode());
                    add(name + "decode GB/s of weights", rates.decode() * engine.weightBytes() / 1e9);
                });
            }
        }
    }

    private void rounds(Runnable round) {
        Map<String, List<Double>> before = new LinkedHashMap<>(figures);
        round.run(); // warms up
        figures.keySet().retainAll(before.keySet());
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
    }

    private void add(String name, double value) {
        figures.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
    }

    private void write() throws IOException {
        var text = new StringBuilder("| figure | median of %d |%n| --- | --- |%n".formatted(ROUNDS));
        figures.forEach((name, values) -> text.append("| %s | %.1f |%n"
                .formatted(
                        name,
                        values.stream()
                                .sorted()
                                .skip(values.size() / 2)
                                .findFirst()
                                .orElseThrow())));
        Files.writeString(output.resolve("cuda.md"), text);
        System.out.print(text);
    }
}
