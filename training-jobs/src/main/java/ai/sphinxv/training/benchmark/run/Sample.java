package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.training.benchmark.task.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A part of a task's items, the same in every run, so that a larger one goes on where a smaller one ended. */
final class Sample {
    private static final long SEED = 20_261_127;

    private Sample() {}

    /** At most so many, in the task's order; of those that belong together all or none. */
    static List<Item> of(List<Item> items, int most, int together) {
        if (most >= items.size()) {
            return items;
        }
        List<Integer> groups = new ArrayList<>(
                IntStream.range(0, items.size() / together).boxed().toList());
        Collections.shuffle(groups, new SplittableRandom(SEED));
        return groups.stream()
                .limit(Math.max(1, most / together))
                .sorted()
                .flatMap(group -> items.subList(group * together, (group + 1) * together).stream())
                .toList();
    }
}
