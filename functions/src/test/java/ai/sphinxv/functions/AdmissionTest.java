package ai.sphinxv.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.functions.BusyException.Reason;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        held.countDown();
        callers.close();
    }

    @Test
    void theNextInLineRunsWhenATurnEnds() throws Exception {
        var admission = admission(1, "PT30S");
        hold(admission);
        Future<String> next = callers.submit(() -> admission.run(() -> "done"));
        await(() -> admission.waiting() == 1);

        held.countDown();

        assertThat(next.get()).isEqualTo("done");
        await(() -> admission.running() == 0);
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void whoFindsTheLineFullIsRefusedAtOnce() throws Exception {
        var admission = admission(0, "PT30S");
        hold(admission);

        assertThatThrownBy(() -> admission.run(() -> "never"))
                .isInstanceOfSatisfying(
                        BusyException.class, e -> assertThat(e.reason()).isEqualTo(Reason.QUEUE_FULL))
                .hasMessage("0 requests are waiting already");
    }

    @Test
    void whoWaitsTooLongIsRefused() throws Exception {
        var admission = admission(1, "PT0.05S");
        hold(admission);

        assertThatThrownBy(() -> admission.run(() -> "never"))
                .isInstanceOfSatisfying(
                        BusyException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PATIENCE))
                .hasMessage("no turn came within 50 ms");
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void workThatFailsGivesItsTurnBack() {
        var admission = admission(0, "PT1S");

        assertThatThrownBy(() -> admission.run(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(admission.run(() -> "next")).isEqualTo("next");
    }

    @Test
    void nobodyGetsATurnOnceTheServerStops() {
        var admission = admission(1, "PT1S");

        admission.stop();

        assertThatThrownBy(() -> admission.run(() -> "never")).hasMessage("this server is about to stop");
        assertThatThrownBy(admission::requireOpen).hasMessage("this server is about to stop");
    }

    private static Admission admission(int waiting, String patience) {
        return new Admission(TestConfig.with(Map.of(
                "sphinxv.admission.concurrent",
                "1",
                "sphinxv.admission.waiting",
                String.valueOf(waiting),
                "sphinxv.admission.patience",
                patience)));
    }

    /** Takes the only turn until the test lets go. */
    private void hold(Admission admission) throws InterruptedException {
        var begun = new CountDownLatch(1);
        callers.execute(() -> admission.run(() -> {
            begun.countDown();
            try {
                return held.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        begun.await();
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.holds(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.holds()).isTrue();
    }
}
