package ai.sphinxv.training.data;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.training.data.Batches.Cells;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.Scene;
import ai.sphinxv.training.scenes.SceneObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** From scenes with exact masks to what each cell of each view shows: the experts' own training. */
public final class CellTargets {
    /** An object that covers this part of a cell is what the cell shows. */
    private static final double SHOWS = 0.25;

    /** Below this part of a cell, it shows background; between the two it is left out. */
    private static final double TOUCHES = 0.05;

    private final ModelConfig config;
    private final List<String> labels;
    private final List<String> colors;
    private final List<String> words;

    public CellTargets(ModelConfig config, Catalog catalog) {
        this.config = config;
        this.labels = catalog.labels();
        this.colors = catalog.colors();
        this.words = catalog.words();
    }

    public Cells of(List<Scene> scenes) {
        int cells = ModelConfig.VIEWS * scenes.size() * config.image().rows();
        long[] label = new long[cells];
        long[] color = new long[cells];
        long[] word = new long[cells];
        Arrays.fill(label, labels.size());
        Arrays.fill(color, Batches.IGNORED);
        Arrays.fill(word, Batches.IGNORED);
        for (int i = 0; i < scenes.size(); i++) {
            double[][] covered = coverage(scenes.get(i));
            for (int view = 0; view < ModelConfig.VIEWS; view++) {
                int first = (view * scenes.size() + i) * config.image().rows();
                label[first] = Batches.IGNORED; // the row of the view as a whole
                for (int cell = 1; cell < config.image().rows(); cell++) {
                    mark(scenes.get(i), covered, view, cell, first + cell, label, color, word);
                }
            }
        }
        var images = Collator.images(config, scenes.stream().map(Scene::image).toList());
        return new Cells(images, label, color, word);
    }

    private void mark(
            Scene scene, double[][] covered, int view, int cell, int at, long[] label, long[] color, long[] word) {
        int best = -1;
        double most = TOUCHES;
        for (int object = 0; object < covered.length; object++) {
            double part = covered[object][view * config.image().rows() + cell];
            if (part > most) {
                most = part;
                best = object;
            }
        }
        if (best < 0) {
            return;
        }
        if (most < SHOWS) {
            label[at] = Batches.IGNORED;
            return;
        }
        SceneObject object = scene.objects().get(best);
        label[at] = labels.indexOf(object.label());
        if (object.color() != null) {
            color[at] = colors.indexOf(object.color());
        }
        if (object.text() != null) {
            word[at] = words.indexOf(object.text().toLowerCase(Locale.ROOT));
        }
    }

    /** [objects][VIEWS * R] which part of each cell each object covers. */
    private double[][] coverage(Scene scene) {
        int grid = config.image().grid();
        int rows = config.image().rows();
        var square = PaddedSquare.of(scene.image(), config.image().padding());
        double side = square.side();
        double pixel = grid * grid / (side * side); // part of a cell of the whole view
        double[][] covered = new double[scene.objects().size()][ModelConfig.VIEWS * rows];
        for (int object = 0; object < covered.length; object++) {
            for (int place : scene.objects().get(object).mask().pixels()) {
                double x = (place % scene.image().width() + square.padX() + 0.5) / side;
                double y = (place / scene.image().width() + square.padY() + 0.5) / side;
                covered[object][1 + cell(x, y, grid)] += pixel;
                int quarter = 1 + (x >= 0.5 ? 1 : 0) + (y >= 0.5 ? 2 : 0);
                covered[object][quarter * rows + 1 + cell(2 * x % 1, 2 * y % 1, grid)] += 4 * pixel;
            }
        }
        return covered;
    }

    private static int cell(double x, double y, int grid) {
        int row = (int) (y * grid);
        int column = (int) (x * grid);
        return row * grid + column;
    }
}
