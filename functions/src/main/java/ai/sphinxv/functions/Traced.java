package ai.sphinxv.functions;

import static java.util.Objects.requireNonNull;

import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.bundle.Subgraph;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where each answer's time went, as spans of OpenTelemetry below that of the request, where the deployment names an OTLP
 * endpoint ({@link TracesIfWanted}). They hold names and numbers, never a picture, a question or an answer.
 */
@Singleton
public class Traced {
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private final Tracer tracer;
    private final boolean off;

    /** @param off said here too: switched off, the SDK makes spans all the same and only sends none */
    Traced(OpenTelemetry telemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off) {
        this.tracer = (off ? OpenTelemetry.noop() : telemetry).getTracer("ai.sphinxv");
        this.off = off;
    }

    /** Does a step of an answer; what it does is below it. */
    public <T> T step(String name, Supplier<T> work) {
        return within(tracer.spanBuilder(name), work);
    }

    /** What the step waited for its turn, until now. */
    public void waited(Duration waited) {
        Instant now = Instant.now();
        span("sphinxv.admission", now.minus(waited)).end(now);
    }

    /** A step that one of the model's graphs does alone. */
    public <T> T graph(String name, SphinxV sphinx, Subgraph graph, Supplier<T> work) {
        return within(tracer.spanBuilder(name).setAttribute("sphinxv.provider", provider(sphinx, graph)), work);
    }

    /** Whether what was to be seen of the step's picture was known here. */
    public void known(boolean known) {
        Span.current().setAttribute("sphinxv.image.cache_hit", known);
    }

    /**
     * Asks the model. The runtime says at the end how long each of its steps took; they followed each other, so that is
     * where they were. Of marks that were asked about in groups, equal steps are one.
     *
     * @param known whether the picture's encoder has nothing to do
     */
    public Answer answer(SphinxV sphinx, int marks, boolean known, Supplier<Answer> work) {
        known(known);
        Span.current().setAttribute("sphinxv.marks", marks).setAttribute("gen_ai.request.model", sphinx.model());
        Instant start = Instant.now();
        Answer answer = work.get();
        if (!off) {
            tell(answer, sphinx, known, start);
        }
        return answer;
    }

    private void tell(Answer answer, SphinxV sphinx, boolean known, Instant start) {
        var usage = answer.usage();
        Span.current()
                .setAttribute("gen_ai.usage.input_tokens", usage.promptTokens())
                .setAttribute("gen_ai.usage.output_tokens", usage.answerTokens())
                .setAttribute("sphinxv.finish_reason", lower(answer.stop()));
        var times = answer.timings();
        String vision = provider(sphinx, Subgraph.VISION_ENCODER);
        String prompts = provider(sphinx, Subgraph.PROMPT_ENCODER);
        String language = provider(sphinx, Subgraph.LLM_DECODER);
        Instant next = known ? start : past("sphinxv.vision_encoder", start, times.image(), vision, 0);
        next = past("sphinxv.prompt_encoder", next, times.prompts(), prompts, 0);
        next = past("sphinxv.text_reader", next, times.text(), null, 0);
        next = past("sphinxv.prefill", next, times.prefill(), language, usage.promptTokens());
        past("sphinxv.decode", next, times.decode(), language, usage.answerTokens());
    }

    /** A step that is over, unless there was none; when it ended. */
    private Instant past(String name, Instant start, Duration time, @Nullable String provider, int tokens) {
        Instant end = start.plus(time);
        if (!time.isZero()) {
            Span span = span(name, start);
            if (provider != null) {
                span.setAttribute("sphinxv.provider", provider);
            }
            if (tokens > 0) {
                span.setAttribute("sphinxv.tokens", tokens);
            }
            span.end(end);
        }
        return end;
    }

    /** The work on another thread, below the step of this one. */
    public <A, B> Function<A, B> here(Function<A, B> work) {
        return Context.current().wrapFunction(work);
    }

    /**
     * A step of a trace that came with a message, if one did; the request that brought the message is linked to it.
     *
     * @param came traceparent and tracestate of the message (W3C Trace Context)
     */
    public <T> T continued(Map<String, String> came, String name, Supplier<T> work) {
        if (off) {
            return work.get();
        }
        Context request = Context.current();
        Context trace = W3C.extract(request, came, FROM_MAP);
        SpanBuilder step = tracer.spanBuilder(name).setParent(trace);
        if (trace != request) {
            step.addLink(Span.fromContext(request).getSpanContext());
        }
        return within(step, work);
    }

    /** Gives the trace of this step to what carries it on, as traceparent and tracestate; nothing where nothing is traced. */
    public void carryOn(BiConsumer<String, String> message) {
        if (!off) {
            W3C.inject(
                    Context.current(),
                    message,
                    (carrier, key, value) -> requireNonNull(carrier).accept(key, value));
        }
    }

    private <T> T within(SpanBuilder step, Supplier<T> work) {
        if (off) {
            return work.get();
        }
        Span span = step.startSpan();
        try (Scope scope = span.makeCurrent()) {
            return work.get();
        } catch (RuntimeException | Error e) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute("error.type", e.getClass().getSimpleName()); // its words may be the caller's
            throw e;
        } finally {
            span.end();
        }
    }

    private Span span(String name, Instant start) {
        return tracer.spanBuilder(name).setStartTimestamp(start).startSpan();
    }

    private static String provider(SphinxV sphinx, Subgraph graph) {
        return lower(sphinx.provider(graph));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static final TextMapGetter<Map<String, String>> FROM_MAP = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> message) {
            return message.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> message, String key) {
            return message == null ? null : message.get(key);
        }
    };
}
