package ai.sphinxv.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.functions.BusyException.Reason;
import ai.sphinxv.runtime.cancel.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
        Future<String> next = callers.submit(() -> admission.run("", () -> "done"));
        Observed.await(() -> admission.waiting() == 1);

        held.countDown();

        assertThat(next.get()).isEqualTo("done");
        Observed.await(() -> admission.running() == 0);
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void whoFindsTheLineFullIsRefusedAtOnce() throws Exception {
        var admission = admission(0, "PT30S");
        hold(admission);

        assertThatThrownBy(() -> admission.run("", () -> "never"))
                .isInstanceOfSatisfying(
                        BusyException.class, e -> assertThat(e.reason()).isEqualTo(Reason.QUEUE_FULL))
                .hasMessage("0 requests are waiting already");
    }

    @Test
    void whoWaitsTooLongIsRefused() throws Exception {
        var admission = admission(1, "PT0.05S");
        hold(admission);

        assertThatThrownBy(() -> admission.run("", () -> "never"))
                .isInstanceOfSatisfying(
                        BusyException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PATIENCE))
                .hasMessage("no turn came within 50 ms");
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void workThatFailsGivesItsTurnBack() {
        var admission = admission(0, "PT1S");

        assertThatThrownBy(() -> admission.run("", () -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(admission.run("", () -> "next")).isEqualTo("next");
    }

    @Test
    void nobodyGetsATurnOnceTheServerStops() {
        var admission = admission(1, "PT1S");

        admission.stop();

        assertThatThrownBy(() -> admission.run("", () -> "never")).hasMessage("this server is about to stop");
    }

    @Test
    void workThatRunsIsEndedWhenTheServerStops() throws Exception {
        var admission = admission(1, "PT1S");
        var begun = new CountDownLatch(1);
        Future<String> work = callers.submit(() -> admission.run("", () -> {
            begun.countDown();
            return untilCancelled();
        }));
        begun.await();

        admission.stop();

        assertThatThrownBy(work::get).hasRootCauseMessage("this server is about to stop");
    }

    @Test
    void whoeverIsCancelledLosesItsPlaceAtOnce() throws Exception {
        var admission = admission(1, "PT30S");
        hold(admission);
        var cancellation = new Cancellation();
        Future<String> next = callers.submit(() -> cancellation.during(() -> admission.run("", () -> "never")));
        Observed.await(() -> admission.waiting() == 1);

        cancellation.cancel(new IllegalStateException("the client is gone"));

        assertThatThrownBy(next::get).hasRootCauseMessage("the client is gone");
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void tenantsHaveTheirTurnsOneAfterTheOther() throws Exception {
        var admission = admission(16, "PT30S");
        hold(admission);
        var order = new ConcurrentLinkedQueue<String>();
        for (String tenant : List.of("a", "a", "a", "a", "b", "b", "c")) {
            int before = admission.waiting();
            callers.execute(() -> admission.run(tenant, () -> order.add(tenant)));
            Observed.await(() -> admission.waiting() == before + 1);
        }

        held.countDown();

        Observed.await(() -> order.size() == 7);
        assertThat(order).containsExactly("a", "b", "c", "a", "b", "a", "a");
    }

    @Test
    void noTenantFillsTheLine() throws Exception {
        var admission = admission(4, "PT30S");
        hold(admission);
        for (int i = 0; i < 2; i++) {
            int before = admission.waiting();
            callers.execute(() -> admission.run("a", () -> "later"));
            Observed.await(() -> admission.waiting() == before + 1);
        }

        assertThatThrownBy(() -> admission.run("a", () -> "never"))
                .isInstanceOfSatisfying(
                        BusyException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OVER_SHARE))
                .hasMessage("2 of your requests are waiting already, which is your share of the 4 that may");
        Future<String> other = callers.submit(() -> admission.run("b", () -> "done"));
        Observed.await(() -> admission.waiting() == 3);
        held.countDown();
        assertThat(other.get()).isEqualTo("done");
    }

    @Test
    void whereTenantsAreNotToldApartAllPlacesAreForAll() throws Exception {
        var admission = admission(4, "PT30S");
        hold(admission);
        for (int i = 0; i < 4; i++) {
            callers.execute(() -> admission.run("", () -> "later"));
        }
        Observed.await(() -> admission.waiting() == 4);

        assertThat(admission.isFull()).isTrue();
        assertThatThrownBy(() -> admission.run("", () -> "never")).isInstanceOfSatisfying(BusyException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.QUEUE_FULL);
            assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
        });
    }

    @Test
    void noTurnIsLostOrGivenTwiceWhateverIsCancelledWhen() throws Exception {
        var admission = admission(8, "PT0.005S");
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var ended = new AtomicInteger();
        for (int thread = 0; thread < 12; thread++) {
            var random = new Random(thread);
            String tenant = "tenant " + thread % 3;
            callers.execute(() -> {
                for (int i = 0; i < 500; i++) {
                    var cancellation = new Cancellation();
                    if (random.nextInt(4) == 0) {
                        callers.execute(() -> cancellation.cancel(new IllegalStateException("gone")));
                    }
                    try {
                        cancellation.during(() -> admission.run(tenant, () -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            Thread.onSpinWait();
                            return running.decrementAndGet();
                        }));
                    } catch (BusyException | IllegalStateException e) {
                        // as likely as not
                    }
                    ended.incrementAndGet();
                }
            });
        }
        Observed.await(() -> ended.get() == 12 * 500);

        assertThat(most).hasValue(1);
        assertThat(admission.running()).isZero();
        assertThat(admission.waiting()).isZero();
        assertThat(admission.run("", () -> "next")).isEqualTo("next");
    }

    private static String untilCancelled() {
        while (true) {
            Cancellation.current().check();
            Thread.onSpinWait();
        }
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
        callers.execute(() -> admission.run("", () -> {
            begun.countDown();
            try {
                return held.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        begun.await();
    }
}
