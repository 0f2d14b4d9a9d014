package ai.sphinxv.functions;

import ai.sphinxv.runtime.Answer;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;

/** What is measured, at {@code /q/metrics}. The names are those that model servers share, under {@code sphinxv_}. */
@Singleton
public class Measured {
    private final MeterRegistry registry;

    Measured(MeterRegistry registry, Admission admission) {
        this.registry = registry;
        registry.gauge("sphinxv.num.requests.running", admission, Admission::running);
        registry.gauge("sphinxv.num.requests.waiting", admission, Admission::waiting);
    }

    /** An answer was given; {@code whole} is its time with the wait for its turn. */
    public void answered(Answer answer, int marks, Duration whole) {
        registry.counter("sphinxv.request.success", "finished_reason", lower(answer.stop()))
                .increment();
        registry.counter("sphinxv.prompt.tokens").increment(answer.usage().promptTokens());
        registry.counter("sphinxv.generation.tokens").increment(answer.usage().answerTokens());
        registry.timer("sphinxv.e2e.request.latency").record(whole);
        registry.timer("sphinxv.time.to.first.token").record(answer.timings().firstToken());
        registry.timer("sphinxv.request.image.time").record(answer.timings().image());
        registry.timer("sphinxv.request.prefill.time").record(answer.timings().prefill());
        registry.timer("sphinxv.request.decode.time").record(answer.timings().decode());
        DistributionSummary.builder("sphinxv.visual.prompts.per.request")
                .register(registry)
                .record(marks);
    }

    /** A request got no turn. */
    public void rejected(BusyException.Reason reason) {
        registry.counter("sphinxv.admission.rejected", "reason", lower(reason)).increment();
    }

    /** Nobody waits for this answer any more. */
    public void cancelled() {
        registry.counter("sphinxv.cancelled").increment();
    }

    /** The model is open. */
    void loaded(Duration time) {
        registry.timer("sphinxv.cold.start", "phase", "model").record(time);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
