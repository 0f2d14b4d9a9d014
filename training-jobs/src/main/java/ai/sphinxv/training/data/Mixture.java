package ai.sphinxv.training.data;

import ai.sphinxv.runtime.text.Conversation.Turn;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.Draws;
import ai.sphinxv.training.scenes.Scene;
import ai.sphinxv.training.scenes.SceneGenerator;
import ai.sphinxv.training.scenes.SceneObject;
import ai.sphinxv.training.scenes.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * An endless row of samples. A sample depends on the split, the run's seed and its number only; any thread may ask for
 * any of them. Training regions are drawn freehand, those of the other splits exactly.
 */
public final class Mixture {
    /** Marks and questions draw from their own stream, so that a scene stays the same whatever is asked about it. */
    private static final long QUESTIONS = 0x7175657374696F6EL;

    private static final double POINTS = 0.5;

    /** How often only the words of a scene that has some are marked, so that all of them can be read. */
    private static final double READING = 0.15;

    /** How often one object may be marked in a sample: ten marks on one rose would teach to say the same ten times. */
    private static final int MOST_TIMES = 2;

    /** How often a conversation begins with the question that has most answers: the text of words, else labels. */
    private static final double USUAL_START = 0.5;

    /** How often a conversation goes on; most end, since a later answer can be copied from an earlier one unseen. */
    private static final double FURTHER = 0.2;

    private final SceneGenerator scenes;
    private final Split split;
    private final long seed;
    private final Map<Task, Integer> weights;
    private final int mostTurns;

    private Mixture(Catalog catalog, Split split, long runSeed, Map<Task, Integer> weights, int mostTurns) {
        this.scenes = SceneGenerator.of(catalog, split, runSeed);
        this.split = split;
        this.seed = split.seed(runSeed) ^ QUESTIONS;
        this.weights = new EnumMap<>(weights);
        this.mostTurns = mostTurns;
    }

    /** The first stage's samples: labels only, of points and of regions. */
    public static Mixture labels(Catalog catalog, Split split, long runSeed) {
        return new Mixture(catalog, split, runSeed, Map.of(Task.LABEL, 1), 1);
    }

    /** The second stage's samples: every task, one or two questions about the same marks. */
    public static Mixture everything(Catalog catalog, Split split, long runSeed) {
        var weights = Map.of(Task.LABEL, 6, Task.BRIEF, 4, Task.OCR, 1, Task.COLOR, 1, Task.SAYS, 1, Task.WHAT_IS, 1);
        return new Mixture(catalog, split, runSeed, weights, 2);
    }

    /**
     * The sample of a number.
     *
     * @param n 0 to {@link Split#LIMIT} - 1
     */
    public Sample sample(long n) {
        long index = split.index(n);
        var random = Draws.of(seed, index);
        var scene = scenes.scene(index);
        var kind = random.nextDouble() < POINTS ? MarkKind.POINT : MarkKind.REGION;
        var pen = split == Split.TRAIN ? Pen.FREEHAND : Pen.EXACT;
        var marked = pen.mark(scene, objects(scene, random), kind, random);
        return marked.sample(turns(marked, random));
    }

    /** 1 to 10 objects in random order; where there are fewer than wanted, they come again, but not again and again. */
    private List<SceneObject> objects(Scene scene, RandomGenerator random) {
        var pool = scene.objects();
        var words = pool.stream().filter(object -> object.text() != null).toList();
        if (weights.containsKey(Task.OCR) && !words.isEmpty() && random.nextDouble() < READING) {
            pool = words;
        }
        int wanted = 1 + random.nextInt(Math.min(MarkedScene.MOST_MARKS, MOST_TIMES * pool.size()));
        var chosen = new ArrayList<SceneObject>();
        while (chosen.size() < wanted) {
            chosen.addAll(Pen.shuffled(pool, random));
        }
        return chosen.subList(0, wanted);
    }

    /** Different tasks, as many as there is patience for. */
    private List<Turn> turns(MarkedScene marked, RandomGenerator random) {
        var tasks = new ArrayList<>(
                weights.keySet().stream().filter(task -> task.fits(marked)).toList());
        int wanted = mostTurns > 1 && random.nextDouble() < FURTHER ? Math.min(mostTurns, tasks.size()) : 1;
        var turns = new ArrayList<Turn>();
        while (turns.size() < wanted) {
            var task = turns.isEmpty() && random.nextDouble() < USUAL_START
                    ? (Task.OCR.fits(marked) && tasks.contains(Task.OCR) ? Task.OCR : Task.LABEL)
                    : byWeight(tasks, random);
            tasks.remove(task);
            turns.add(task.turn(marked, random));
        }
        return turns;
    }

    private Task byWeight(List<Task> tasks, RandomGenerator random) {
        int total = tasks.stream().mapToInt(this::weight).sum();
        int at = random.nextInt(total);
        for (Task task : tasks) {
            at -= weight(task);
            if (at < 0) {
                return task;
            }
        }
        throw new IllegalStateException("weights of %s do not sum to %d".formatted(tasks, total));
    }

    private int weight(Task task) {
        return weights.getOrDefault(task, 0);
    }
}
