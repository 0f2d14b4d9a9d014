package ai.sphinxv.training;

import java.io.PrintStream;
import java.time.Duration;

/** One line every few seconds: step, loss, rate, speed, time left. */
final class Progress {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final PrintStream out;
    private final Stage stage;
    private final int steps;
    private final long start = System.nanoTime();
    private long lastLine = start;
    private double lossSum;
    private int lossCount;
    private long tokens;

    Progress(PrintStream out, Stage stage, int steps) {
        this.out = out;
        this.stage = stage;
        this.steps = steps;
    }

    /** @param tokens that went through the networks in this step */
    void step(int step, double loss, double rate, long tokens) {
        lossSum += loss;
        lossCount++;
        this.tokens += tokens;
        long now = System.nanoTime();
        boolean last = step + 1 == steps;
        if (!last && now - lastLine < PAUSE.toNanos()) {
            return;
        }
        double elapsed = (now - start) / 1e9;
        long left = Math.round(elapsed / (step + 1) * (steps - step - 1));
        out.printf(
                "%-8s  step %d/%d  loss %.4f  rate %.1e  %,d tokens/s  %s left%n",
                stage.word(),
                step + 1,
                steps,
                lossSum / lossCount,
                rate,
                Math.round(this.tokens / elapsed),
                "%d m %02d s".formatted(left / 60, left % 60));
        lastLine = now;
        lossSum = 0;
        lossCount = 0;
    }
}
