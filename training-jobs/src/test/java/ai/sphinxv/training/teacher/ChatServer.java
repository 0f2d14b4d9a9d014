package ai.sphinxv.training.teacher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real chat server on this machine that does what it is told, request by request; the last order stands. */
public final class ChatServer implements AutoCloseable {

    /** What is done with one request. */
    public interface Order {
        void serve(HttpExchange exchange) throws IOException, InterruptedException;
    }

    public final List<String> bodies = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    final AtomicInteger mostAtATime = new AtomicInteger();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();
    private final List<Order> orders;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public ChatServer(Order... orders) throws IOException {
        this(0, orders);
    }

    /** @param port 0 is any that is free */
    public ChatServer(int port, Order... orders) throws IOException {
        this.orders = Arrays.asList(orders);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://localhost:%d/v1".formatted(server.getAddress().getPort()));
    }

    public int requests() {
        return count.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostAtATime.accumulateAndGet(now.incrementAndGet(), Math::max);
        try (exchange) {
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            orders.get(Math.min(count.getAndIncrement(), orders.size() - 1)).serve(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            now.decrementAndGet();
        }
    }

    public static Order says(String text) {
        return raw(200, reply(text, "stop"));
    }

    /** A reply that says it cost 100 tokens. */
    public static String reply(String text, String finish) {
        return """
                {"choices": [{"message": {"role": "assistant", "content": "%s"}, "finish_reason": "%s"}],
                 "usage": {"prompt_tokens": 90, "completion_tokens": 10, "total_tokens": 100}}""".formatted(text, finish);
    }

    public static Order fails(int status, String... header) {
        return exchange -> {
            for (int i = 0; i < header.length; i += 2) {
                exchange.getResponseHeaders().add(header[i], header[i + 1]);
            }
            raw(status, "{\"error\": {\"message\": \"not now\", \"code\": \"none\"}}")
                    .serve(exchange);
        };
    }

    public static Order raw(int status, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Promises more than comes, then hangs up. */
    public static Order breaksOff() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write("{\"choices\": [".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** Sends the head and the beginning, and then nothing more. */
    public static Order stalls() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            Thread.sleep(60_000);
        };
    }

    public static Order isSilent() {
        return exchange -> Thread.sleep(60_000);
    }

    public static Order tooMuch() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 20];
            try {
                for (int i = 0; i <= ChatEndpoint.MOST_BYTES / block.length; i++) {
                    exchange.getResponseBody().write(block);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the client hung up, as it should", e);
            }
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
