package ai.sphinxv.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;

/** What becomes true while the application works, and what it says of itself. */
public final class Observed {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Observed() {}

    /** What becomes true. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Returns once it is true, and fails if it never is. */
    public static void await(Condition condition) throws InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        while (!holds(condition)) {
            assertThat(Instant.now()).as("it was never true").isBefore(until);
            Thread.sleep(10);
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The sum of the lines at /q/metrics that begin so. */
    public static double metric(String beginning) {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
