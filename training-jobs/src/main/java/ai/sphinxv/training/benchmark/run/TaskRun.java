package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.training.benchmark.metrics.Scorer;
import ai.sphinxv.training.benchmark.run.Outcome.Measured;
import ai.sphinxv.training.benchmark.run.Outcome.NotMeasured;
import ai.sphinxv.training.benchmark.run.Predictions.Prediction;
import ai.sphinxv.training.benchmark.task.Answered;
import ai.sphinxv.training.benchmark.task.DataFolder;
import ai.sphinxv.training.benchmark.task.Item;
import ai.sphinxv.training.benchmark.task.MissingDataException;
import ai.sphinxv.training.benchmark.task.Scored;
import ai.sphinxv.training.benchmark.task.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One task after the other: its data checked, what is open asked, all of it scored. */
final class TaskRun {
    private final BenchmarkConfig config;
    private final DataFolder data;
    private final Asking asking;
    private final @Nullable Judge judge;
    private final Scorer scorer;
    private final PrintStream out;

    /** @param judge of the tasks that need one; null where none was given, and their columns are not measured */
    TaskRun(
            BenchmarkConfig config,
            DataFolder data,
            Asking asking,
            @Nullable Judge judge,
            Scorer scorer,
            PrintStream out) {
        this.config = config;
        this.data = data;
        this.asking = asking;
        this.judge = judge;
        this.scorer = scorer;
        this.out = out;
    }

    /** @throws UnreachableException if the model or the judge cannot be asked; what was answered stays, another run goes on there */
    Outcome of(Task task) throws IOException, InterruptedException {
        try {
            List<Item> all = task.read(data);
            return all.isEmpty() ? new NotMeasured(task, "its data has no item") : measured(task, all);
        } catch (MissingDataException e) {
            out.printf("%-18s not measured: %s%n", task.name(), e.getMessage());
            return new NotMeasured(task, String.valueOf(e.getMessage()));
        }
    }

    private Measured measured(Task task, List<Item> all) throws IOException, InterruptedException {
        List<Item> items = Sample.of(all, config.limit().orElse(all.size()), task.together());
        List<Answered> answers = answers(task, items);
        if (judge == null || !task.isJudged()) {
            return new Measured(task, asking.name(), answers, all.size(), task.score(answers, scorer));
        }
        List<Answered> judged = judge.review(task, answers);
        ReviewFile.write(config.out(), task, judged);
        Scored scored = task.score(judged, scorer).noting("The judge is " + judge.name(judged));
        return new Measured(task, asking.name(), judged, all.size(), scored);
    }

    private List<Answered> answers(Task task, List<Item> items) throws IOException, InterruptedException {
        var file = config.out().resolve(task.name() + ".predictions.jsonl");
        var answers = new ArrayList<Answered>();
        try (var predictions = Predictions.open(file, asking.name())) {
            asking.ask(task.name(), items, predictions);
            for (Item item : items) {
                String text = predictions.of(item).map(Prediction::text).orElse(null);
                answers.add(new Answered(item, text, null));
            }
        }
        return answers;
    }
}
