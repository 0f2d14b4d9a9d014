package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.training.benchmark.run.Predictions.Prediction;
import ai.sphinxv.training.benchmark.task.Item;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a model all that it has not been asked yet. */
final class Asking {
    private final Model model;
    private final Pointing pointing;
    private final int parallel;
    private final PrintStream out;
    private volatile @Nullable Picture last;

    /** @param parallel questions at once, to a remote model; a local one takes them in turn */
    Asking(Model model, Pointing pointing, int parallel, PrintStream out) {
        this.model = model;
        this.pointing = pointing;
        this.parallel = parallel;
        this.out = out;
    }

    /** By which its predictions and reports are known. */
    String name() {
        return model.name() + pointing.suffix();
    }

    /**
     * Puts an answer of each item into the predictions.
     *
     * @throws UnreachableException if the model cannot be asked; what was answered stays
     */
    void ask(String task, List<Item> items, Predictions predictions) throws IOException, InterruptedException {
        List<Item> open =
                items.stream().filter(item -> predictions.of(item).isEmpty()).toList();
        var remaining = new Remaining(out, task, items.size(), items.size() - open.size());
        InTurn.each(open, model.isRemote() ? parallel : 1, item -> {
            predictions.add(ask(item));
            remaining.one();
        });
    }

    private Prediction ask(Item item) throws IOException, InterruptedException {
        Picture picture = picture(item.picture());
        long start = System.nanoTime();
        try {
            String text = model.ask(pointing.ask(item, picture));
            return Prediction.of(item, text, name(), Duration.ofNanos(System.nanoTime() - start));
        } catch (InvalidPromptException refused) {
            var took = Duration.ofNanos(System.nanoTime() - start);
            return Prediction.refused(item, String.valueOf(refused.getMessage()), name(), took);
        }
    }

    /** Several questions in a row are often about one picture. */
    private Picture picture(Path path) throws IOException {
        Picture known = last;
        if (known != null && known.path().equals(path)) {
            return known;
        }
        Picture picture = Picture.read(path);
        last = picture;
        return picture;
    }
}
