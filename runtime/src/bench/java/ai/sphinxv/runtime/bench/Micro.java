package ai.sphinxv.runtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code Micro output-folder tokenizer.json what}: measures the parts whose names match, in a JVM of each its own. */
public final class Micro {
    static final String TOKENIZER = "micro.tokenizer";

    /** The rounds of which the median is given. */
    private static final int ROUNDS = 7;

    private static final TimeValue ROUND = TimeValue.seconds(1);

    private Micro() {}

    public static void main(String[] arguments) throws IOException, RunnerException {
        if (arguments.length != 3) {
            System.err.println("usage: Micro output-folder tokenizer.json pattern-of-names");
            System.exit(2);
        }
        Path output = Files.createDirectories(Path.of(arguments[0]));
        var options = new OptionsBuilder()
                .include(arguments[2])
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(ROUND)
                .measurementIterations(ROUNDS)
                .measurementTime(ROUND)
                .jvmArgs("-D" + TOKENIZER + "=" + Path.of(arguments[1]).toAbsolutePath(), "-Xmx2g")
                .resultFormat(ResultFormatType.JSON)
                .result(output.resolve("micro.json").toString())
                .build();
        String table = table(new Runner(options).run());
        Files.writeString(output.resolve("micro.md"), table);
        System.out.print(table);
    }

    private static String table(Collection<RunResult> results) {
        return results.stream()
                .map(Micro::row)
                .collect(Collectors.joining("", "| part | of | median, ms | fastest | slowest |%n| --- | --- | --- | --- | --- |%n".formatted(), ""));
    }

    private static String row(RunResult result) {
        var parameters = result.getParams();
        String name = parameters.getBenchmark();
        String of = parameters.getParamsKeys().stream()
                .map(key -> parameters.getParam(key) + " " + key)
                .collect(Collectors.joining(", "));
        var times = result.getPrimaryResult().getStatistics();
        return "| %s | %s | %.3f | %.3f | %.3f |%n".formatted(
                name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                of,
                times.getPercentile(50) / 1e3,
                times.getMin() / 1e3,
                times.getMax() / 1e3);
    }
}
