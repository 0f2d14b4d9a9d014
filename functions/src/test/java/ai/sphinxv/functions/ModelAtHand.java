package ai.sphinxv.functions;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.ConfigProvider;

/** For tests that need an answer: waits for the model, or skips them where there is none. */
public final class ModelAtHand {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private ModelAtHand() {}

    public static void await(LoadedModel model) throws InterruptedException {
        assumeTrue(
                isThere(),
                "this build carries no model: train one into functions/src/main/resources/nano, or set sphinxv.bundle");
        Instant until = Instant.now().plus(PATIENCE);
        while (model.whyNotReady().isPresent()) {
            if (Instant.now().isAfter(until) || !model.whyNotReady().get().endsWith("loading")) {
                throw new AssertionError(model.whyNotReady().get());
            }
            Thread.sleep(50);
        }
    }

    static boolean isThere() {
        return EmbeddedBundle.class.getResource("/nano/sphinxv.json") != null
                || ConfigProvider.getConfig()
                        .getOptionalValue("sphinxv.bundle", String.class)
                        .isPresent();
    }
}
