package ai.sphinxv.functions;

import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.graph.NativeMemory;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/** What is measured, at {@code /q/metrics}. The names are those that model servers share, under {@code sphinxv_}. */
@Singleton
public class Measured {
    /** Of the histograms; what dashboards and scalers take quantiles from. */
    private static final Duration[] BOUNDS = Stream.of(
                    1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 60_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;

    Measured(MeterRegistry registry, Admission admission) {
        this.registry = registry;
        registry.gauge("sphinxv.num.requests.running", admission, Admission::running);
        registry.gauge("sphinxv.num.requests.waiting", admission, Admission::waiting);
        for (NativeMemory kind : NativeMemory.values()) {
            FunctionCounter.builder("sphinxv.native.taken", kind, NativeMemory::taken)
                    .tag("kind", lower(kind))
                    .register(registry);
            FunctionCounter.builder("sphinxv.native.given.back", kind, NativeMemory::givenBack)
                    .tag("kind", lower(kind))
                    .register(registry);
        }
    }

    /**
     * An answer was given.
     *
     * @param waited for its turn
     * @param whole its time with the wait
     */
    public void answered(Answer answer, int marks, Duration waited, Duration whole) {
        registry.counter("sphinxv.request.success", "finished_reason", lower(answer.stop()))
                .increment();
        registry.counter("sphinxv.prompt.tokens").increment(answer.usage().promptTokens());
        registry.counter("sphinxv.generation.tokens").increment(answer.usage().answerTokens());
        time("sphinxv.e2e.request.latency", whole);
        time("sphinxv.request.queue.time", waited);
        time("sphinxv.time.to.first.token", answer.timings().firstToken());
        time("sphinxv.request.image.time", answer.timings().image());
        time("sphinxv.request.prompts.time", answer.timings().prompts());
        time("sphinxv.request.prefill.time", answer.timings().prefill());
        time("sphinxv.request.decode.time", answer.timings().decode());
        DistributionSummary.builder("sphinxv.visual.prompts.per.request")
                .register(registry)
                .record(marks);
    }

    /** A picture's file became pixels. */
    public void decoded(Duration time) {
        time("sphinxv.image.decode", time);
    }

    /** The next piece of an answer came so long after the one before. */
    public void between(Duration tokens) {
        time("sphinxv.inter.token.latency", tokens);
    }

    /** A request got no turn. */
    public void rejected(BusyException.Reason reason) {
        registry.counter("sphinxv.admission.rejected", "reason", lower(reason)).increment();
    }

    /** How far an answer was that ended before its time. */
    public enum Phase {
        WAITING,
        PICTURE,
        PREFILL,
        DECODE
    }

    /** Nobody waits for this answer any more, or its time is over. */
    public void cancelled(Phase phase) {
        registry.counter("sphinxv.cancelled", "phase", lower(phase)).increment();
    }

    /** A newer bundle took the model's place, or was refused. */
    public void replaced(boolean served) {
        registry.counter("sphinxv.model.replacements", "outcome", served ? "served" : "refused")
                .increment();
    }

    /** An item of a batch has its result. */
    public void batchItem(int status) {
        registry.counter("sphinxv.batch.items", "status", status == 200 ? "completed" : "failed")
                .increment();
    }

    /**
     * A part of the start is over: {@code doors} and {@code ready} are counted from the start of the process, {@code model}
     * by itself, since it opens beside the doors.
     */
    void started(String phase, Duration time) {
        registry.timer("sphinxv.cold.start", "phase", phase).record(time);
    }

    private void time(String name, Duration time) {
        Timer.builder(name).serviceLevelObjectives(BOUNDS).register(registry).record(time);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
