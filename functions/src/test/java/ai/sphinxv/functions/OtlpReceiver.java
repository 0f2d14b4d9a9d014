package ai.sphinxv.functions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What collects traces elsewhere: takes OTLP over HTTP, keeps the spans. */
public final class OtlpReceiver implements QuarkusTestResourceLifecycleManager {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<Span> SPANS = new ArrayList<>();

    private final HttpServer server;

    public OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", OtlpReceiver::take);
    }

    @Override
    public Map<String, String> start() {
        server.start();
        return Map.of(
                "otel.exporter.otlp.endpoint",
                "http://localhost:" + server.getAddress().getPort(),
                "otel.exporter.otlp.protocol",
                "http/protobuf",
                "quarkus.otel.bsp.schedule.delay",
                "50ms");
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    /** The spans of a trace, as soon as enough of them are there. */
    static List<Span> of(String trace, Predicate<List<Span>> enough) throws InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        synchronized (SPANS) {
            while (true) {
                List<Span> spans = SPANS.stream()
                        .filter(span -> hex(span.getTraceId().toByteArray()).equals(trace))
                        .toList();
                if (enough.test(spans)) {
                    return spans;
                }
                long left = Duration.between(Instant.now(), until).toMillis();
                if (left <= 0) {
                    throw new AssertionError("of trace %s came only %s".formatted(trace, spans));
                }
                SPANS.wait(left);
            }
        }
    }

    static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    private static void take(HttpExchange exchange) {
        try (exchange) {
            var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            synchronized (SPANS) {
                request.getResourceSpansList()
                        .forEach(resource ->
                                resource.getScopeSpansList().forEach(scope -> SPANS.addAll(scope.getSpansList())));
                SPANS.notifyAll();
            }
            exchange.sendResponseHeaders(200, -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
