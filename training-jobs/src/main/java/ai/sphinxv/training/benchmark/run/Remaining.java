package ai.sphinxv.training.benchmark.run;

import java.io.PrintStream;
import java.time.Duration;

/** A line every few seconds: how many items are done, and how long the rest will take. */
final class Remaining {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final PrintStream out;
    private final String task;
    private final int items;
    private final int before;
    private final long start = System.nanoTime();
    private long lastLine = start;
    private int done;

    /** @param before items that an earlier run did */
    Remaining(PrintStream out, String task, int items, int before) {
        this.out = out;
        this.task = task;
        this.items = items;
        this.before = before;
        this.done = before;
        if (before > 0) {
            out.printf("%-18s goes on behind %d of %d items%n", task, before, items);
        }
    }

    synchronized void one() {
        done++;
        long now = System.nanoTime();
        boolean last = done == items;
        if (!last && now - lastLine < PAUSE.toNanos()) {
            return;
        }
        lastLine = now;
        double each = (now - start) / 1e9 / (done - before);
        long left = Math.round(each * (items - done));
        out.printf("%-18s %d/%d  %.2f s an item  %d m %02d s left%n", task, done, items, each, left / 60, left % 60);
    }
}
