package ai.sphinxv.onnx.bench;

import ai.sphinxv.onnx.bench.Engine.Rates;
import ai.sphinxv.onnx.bench.Streams.Pace;
import ai.sphinxv.onnx.bench.Streams.Prompt;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Collects rounds and writes their medians. Ratios are of the same round. */
final class BenchReport {
    /** One decoder in one round; {@code memory} is how many bytes a second were read just before. */
    private record Run(long bytes, Rates rates, double memory) {}

    private final Map<String, List<Run>> decoders = new LinkedHashMap<>();
    private final Map<String, List<Double>> answers = new LinkedHashMap<>();
    private final Map<Prompt, Map<Integer, List<Pace>>> streams = new EnumMap<>(Prompt.class);

    void decoder(String name, long bytesPerToken, Rates rates, double memory) {
        decoders.computeIfAbsent(name, key -> new ArrayList<>()).add(new Run(bytesPerToken, rates, memory));
    }

    void answers(Map<String, Double> milliseconds) {
        milliseconds.forEach((name, time) ->
                answers.computeIfAbsent(name, key -> new ArrayList<>()).add(time));
    }

    void streams(Prompt prompt, int count, Pace pace) {
        streams.computeIfAbsent(prompt, key -> new LinkedHashMap<>())
                .computeIfAbsent(count, key -> new ArrayList<>())
                .add(pace);
    }

    void write(Path folder) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        var text = new StringBuilder();
        answerRows(rows, text);
        streamRows(rows, text);
        decoderRows(rows, text);
        Files.writeString(folder.resolve("bench.md"), text);
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("bench.json").toFile(), rows);
        System.out.print(text);
    }

    private void answerRows(List<Map<String, Object>> rows, StringBuilder text) {
        text.append("| first piece of an answer | ms | of the first question's |\n| --- | --- | --- |\n");
        List<Double> first = answers.values().iterator().next();
        answers.forEach((name, times) -> {
            double share = median(ratios(times, first));
            rows.add(Map.of("name", name, "milliseconds", median(times), "share of the first question", share));
            text.append("| %s | %.1f | %.2f |%n".formatted(name, median(times), share));
        });
        text.append('\n');
    }

    private void streamRows(List<Map<String, Object>> rows, StringBuilder text) {
        text.append("| prompt | sequences at a time | tokens/s of all | of one sequence's | ms between tokens "
                + "| one in a hundred over | times the median |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        streams.forEach((prompt, counts) -> streamRows(prompt, counts, rows, text));
        text.append('\n');
    }

    private static void streamRows(
            Prompt prompt, Map<Integer, List<Pace>> counts, List<Map<String, Object>> rows, StringBuilder text) {
        List<Pace> one = counts.getOrDefault(1, List.of());
        counts.forEach((count, paces) -> {
            double rate = median(values(paces, Pace::tokensPerSecond));
            double times = median(ratios(values(paces, Pace::tokensPerSecond), values(one, Pace::tokensPerSecond)));
            double usual = median(values(paces, Pace::usual));
            double slow = median(values(paces, Pace::slow));
            double uneven = median(ratios(values(paces, Pace::slow), values(paces, Pace::usual)));
            rows.add(Map.of(
                    "prompt", prompt.tokens(),
                    "sequences", count,
                    "tokens per second", rate,
                    "against one sequence", times,
                    "milliseconds between tokens", usual,
                    "milliseconds between tokens, 99th percentile", slow));
            text.append("| %d tokens | %d | %.0f | %.2f | %.2f | %.2f | %.1f |%n"
                    .formatted(prompt.tokens(), count, rate, times, usual, slow, uneven));
        });
    }

    private void decoderRows(List<Map<String, Object>> rows, StringBuilder text) {
        text.append("| decoder of 1.1 B parameters | prefill tokens/s | decode tokens/s | prefill, of llama.cpp's | "
                + "decode, of llama.cpp's | GB/s decoding | of what memory gives |\n"
                + "| --- | --- | --- | --- | --- | --- | --- |\n");
        List<Run> other = decoders.values().iterator().next();
        decoders.forEach((name, runs) -> {
            double prefill = median(values(runs, run -> run.rates().prefill()));
            double decode = median(values(runs, run -> run.rates().decode()));
            double ofPrefill = median(ratios(
                    values(runs, run -> run.rates().prefill()),
                    values(other, run -> run.rates().prefill())));
            double ofDecode = median(ratios(
                    values(runs, run -> run.rates().decode()),
                    values(other, run -> run.rates().decode())));
            double read = median(values(runs, run -> run.rates().decode() * run.bytes()));
            double ofMemory = median(values(runs, run -> run.rates().decode() * run.bytes() / run.memory()));
            rows.add(Map.of(
                    "name", name,
                    "prefill tokens per second", prefill,
                    "decode tokens per second", decode,
                    "prefill against llama.cpp", ofPrefill,
                    "decode against llama.cpp", ofDecode,
                    "bytes per second decoding", read,
                    "share of memory bandwidth", ofMemory));
            text.append("| %s | %.0f | %.1f | %.2f | %.2f | %.1f | %.0f %% |%n"
                    .formatted(name, prefill, decode, ofPrefill, ofDecode, read / 1e9, 100 * ofMemory));
        });
    }

    private static <T> List<Double> values(List<T> runs, ToDoubleFunction<T> value) {
        return runs.stream().map(value::applyAsDouble).toList();
    }

    private static List<Double> ratios(List<Double> values, List<Double> others) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / others.get(i));
        }
        return ratios;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
