package ai.sphinxv;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands before a service that scales from zero: it holds requests until there is a replica that is ready, and then
 * lets so many through at a time, as Knative's activator does with containerConcurrency.
 */
final class QueueingProxy implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final CompletableFuture<URI> replica = new CompletableFuture<>();
    private final Semaphore turns;
    private final AtomicInteger arrived = new AtomicInteger();

    QueueingProxy(int concurrency) throws IOException {
        turns = new Semaphore(concurrency, true);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::forward);
        server.start();
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Requests that came so far. */
    int arrived() {
        return arrived.get();
    }

    /** There is a replica now, ready to be asked. */
    void ready(URI application) {
        replica.complete(application);
    }

    private void forward(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        arrived.incrementAndGet();
        URI target = replica.join().resolve(exchange.getRequestURI());
        turns.acquireUninterruptibly();
        try (exchange) {
            HttpResponse<byte[]> reply = client.send(
                    HttpRequest.newBuilder(target)
                            .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                            .POST(BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(reply.statusCode(), reply.body().length);
            exchange.getResponseBody().write(reply.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            turns.release();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
