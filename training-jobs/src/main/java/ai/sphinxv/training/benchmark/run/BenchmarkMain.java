package ai.sphinxv.training.benchmark.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.sphinxv.runtime.bundle.BundleException;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import ai.sphinxv.training.benchmark.run.Outcome.Measured;
import ai.sphinxv.training.benchmark.task.DataFolder;
import ai.sphinxv.training.benchmark.task.Task;
import ai.sphinxv.training.benchmark.task.Tasks;
import ai.sphinxv.training.files.WholeFile;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measures a bundle or a server on the paper's benchmarks, or compares two such measurements ({@code ./mvnw -Pbenchmark}). */
public final class BenchmarkMain {
    private static final Path EMBEDDED = Path.of("functions/src/main/resources/nano");

    private BenchmarkMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(BenchmarkConfig.read(), System.out);
        } catch (IllegalArgumentException
                | BundleException
                | ConfigValidationException
                | IOException
                | UnreachableException e) {
            System.err.println("benchmark: " + e.getMessage());
            System.exit(1);
        }
    }

    static void run(BenchmarkConfig config, PrintStream out) throws IOException, InterruptedException {
        if (config.compare().isPresent()) {
            List<Path> runs = config.compare().get();
            out.print(Comparison.read(runs.get(0), runs.get(1)).markdown());
            return;
        }
        List<Task> tasks = Tasks.of(config.task());
        if (!Files.isDirectory(config.data())) {
            throw new IllegalArgumentException("the folder %s is not there: give -Ddata=FOLDER"
                    .formatted(config.data().toAbsolutePath().normalize()));
        }
        Files.createDirectories(config.out());
        var data = new DataFolder(config.data(), config.images().orElse(config.data()));
        var outcomes = new ArrayList<Outcome>();
        try (Model model = model(config);
                Judge judge = judge(config, out);
                var scorer = new Scorer(config.meteor(), config.paraphrases())) {
            var asking = new Asking(model, config.pointing(), config.parallel(), out);
            var run = new TaskRun(config, data, asking, judge, scorer, out);
            for (Task task : tasks) {
                outcomes.add(run.of(task));
            }
        }
        write(config.out(), outcomes, out);
    }

    private static Model model(BenchmarkConfig config) throws InterruptedException {
        if (config.server().isPresent()) {
            return new ChatModel(chat(config, config.server().get(), config.model()));
        }
        return config.endpoint().isPresent()
                ? new UnderstandEndpoint(config.endpoint().get(), config.patience())
                : new BundleModel(config.bundle().orElse(EMBEDDED));
    }

    private static @Nullable Judge judge(BenchmarkConfig config, PrintStream out) {
        return config.judge().isEmpty()
                ? null
                : new Judge(
                        chat(config, config.judge().get(), config.judgeModel()),
                        config.judgeSwap(),
                        config.parallel(),
                        out);
    }

    private static ChatServer chat(BenchmarkConfig config, URI url, Optional<String> model) {
        return new ChatServer(
                url, model.orElseThrow(), config.cache(), config.parallel(), config.patience(), config.tokenBudget());
    }

    private static void write(Path folder, List<Outcome> outcomes, PrintStream out) throws IOException {
        var measured = new ArrayList<Measured>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Measured one) {
                TaskFile.write(folder, one);
                measured.add(one);
            }
        }
        String markdown = MarkdownReport.of(outcomes);
        WholeFile.write(folder.resolve("report.md"), markdown.getBytes(UTF_8));
        WholeFile.write(
                folder.resolve("failures.html"), FailurePage.of(measured).getBytes(UTF_8));
        out.print(markdown);
        out.printf(
                "%n%s, failures.html beside it, and a report and predictions of each task%n",
                folder.resolve("report.md"));
    }
}
