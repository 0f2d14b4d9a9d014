package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.training.benchmark.metrics.Scorer;
import ai.sphinxv.training.benchmark.run.Outcome.Measured;
import ai.sphinxv.training.benchmark.run.Outcome.NotMeasured;
import ai.sphinxv.training.benchmark.run.Predictions.Prediction;
import ai.sphinxv.training.benchmark.task.Answered;
import ai.sphinxv.training.benchmark.task.DataFolder;
import ai.sphinxv.training.benchmark.task.Item;
import ai.sphinxv.training.benchmark.task.MissingDataException;
import ai.sphinxv.training.benchmark.task.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** One task after the other: its data checked, what is open asked, all of it scored. */
final class TaskRun {
    private final BenchmarkConfig config;
    private final DataFolder data;
    private final Model model;
    private final Scorer scorer;
    private final PrintStream out;

    TaskRun(BenchmarkConfig config, DataFolder data, Model model, Scorer scorer, PrintStream out) {
        this.config = config;
        this.data = data;
        this.model = model;
        this.scorer = scorer;
        this.out = out;
    }

    /** @throws UnreachableException if the model cannot be asked; what was answered stays, another run goes on there */
    Outcome of(Task task) throws IOException, InterruptedException {
        List<Item> all;
        try {
            all = task.read(data);
        } catch (MissingDataException e) {
            out.printf("%-18s not measured: %s%n", task.name(), e.getMessage());
            return new NotMeasured(task, String.valueOf(e.getMessage()));
        }
        if (all.isEmpty()) {
            return new NotMeasured(task, "its data has no item");
        }
        List<Item> items = Sample.of(all, config.limit().orElse(all.size()), task.together());
        List<Answered> answers = answers(task, items);
        return new Measured(task, model.name(), answers, all.size(), task.score(answers, scorer));
    }

    private List<Answered> answers(Task task, List<Item> items) throws IOException, InterruptedException {
        var file = config.out().resolve(task.name() + ".predictions.jsonl");
        var answers = new ArrayList<Answered>();
        try (var predictions = Predictions.open(file, model.name())) {
            new Asking(model, config.parallel(), out).ask(task.name(), items, predictions);
            for (Item item : items) {
                String text = predictions.of(item).map(Prediction::text).orElse(null);
                answers.add(new Answered(item, text, null));
            }
        }
        return answers;
    }
}
