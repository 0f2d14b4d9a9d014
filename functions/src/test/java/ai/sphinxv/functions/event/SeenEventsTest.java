package ai.sphinxv.functions.event;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.TestConfig;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Replies are kept while there is memory for them and for what their senders called them. */
class SeenEventsTest {
    private static final String LONG = "x".repeat(600_000); // more than half of a MiB

    private final SeenEvents seen = new SeenEvents(TestConfig.with(Map.of("sphinxv.events.memory", "1M")));
    private final AtomicInteger worked = new AtomicInteger();

    @Test
    void aReplyIsKept() {
        assertThat(timesWorkedOn(new SeenEvents.Key("a", "/shop", "1"), reply("/s", "x")))
                .isEqualTo(1);
    }

    @Test
    void whatItsSenderCalledItCountsAsItsDataDoes() {
        assertThat(timesWorkedOn(new SeenEvents.Key("a", "/shop", LONG), reply("/s", "x")))
                .isEqualTo(2);
        assertThat(timesWorkedOn(new SeenEvents.Key("a", LONG, "2"), reply("/s", "x")))
                .isEqualTo(2);
        assertThat(timesWorkedOn(new SeenEvents.Key("a", "/shop", "3"), reply("/" + LONG, "x")))
                .isEqualTo(2);
        assertThat(timesWorkedOn(new SeenEvents.Key("a", "/shop", "4"), reply("/s", LONG)))
                .isEqualTo(2);
    }

    /** Each holds a thread, of which there are so many for everybody. */
    @Test
    void soManyWaitForAnEventThatIsWorkedOnAndNoMore() throws Exception {
        var few = new SeenEvents(TestConfig.with(Map.of("sphinxv.admission.waiting", "2")));
        var key = new SeenEvents.Key("a", "/shop", "5");
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = senders.submit(() -> few.once(key, "asked", () -> {
                begun.countDown();
                await(end);
                return reply("/s", "x");
            }));
            begun.await();
            var busy = new CountDownLatch(3);
            var replies = IntStream.range(0, 5)
                    .mapToObj(i -> senders.submit(() -> {
                        try {
                            return few.once(key, "asked", () -> reply("/s", "y"));
                        } catch (BusyException e) {
                            busy.countDown();
                            throw e;
                        }
                    }))
                    .toList();
            busy.await(); // five came, two of them wait
            end.countDown();

            assertThat(first.get().getExtension("found")).isEqualTo("x");
            assertThat(replies.stream().filter(SeenEventsTest::isAnswered)).hasSize(2);
            assertThat(few.once(key, "asked", () -> reply("/s", "y"))).isEqualTo(first.get());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isAnswered(Future<CloudEvent> reply) {
        try {
            return "x".equals(reply.get().getExtension("found"));
        } catch (InterruptedException | ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(BusyException.class);
            return false;
        }
    }

    @Test
    void theLastReplyIsKeptAndTheLeastRecentGoes() {
        var large = reply("/source", "x".repeat(200_000)); // two of these are in the memory
        for (int i = 0; i < 50; i++) {
            once("1", large);
            once("2", large);
        }
        assertThat(worked.get()).isEqualTo(2);

        once("3", large);
        once("3", large);
        once("2", large);
        assertThat(worked.get()).isEqualTo(3);
        once("1", large);
        assertThat(worked.get()).isEqualTo(4);
    }

    private void once(String id, CloudEvent reply) {
        once(new SeenEvents.Key("a", "/source", id), reply);
    }

    private void once(SeenEvents.Key key, CloudEvent reply) {
        seen.once(key, "asked", () -> {
            worked.incrementAndGet();
            return reply;
        });
    }

    private int timesWorkedOn(SeenEvents.Key key, CloudEvent reply) {
        worked.set(0);
        once(key, reply);
        once(key, reply);
        return worked.get();
    }

    private static CloudEvent reply(String source, String extension) {
        return CloudEventBuilder.v1()
                .withId("1")
                .withSource(URI.create(source))
                .withType("t")
                .withExtension("found", extension)
                .build();
    }
}
