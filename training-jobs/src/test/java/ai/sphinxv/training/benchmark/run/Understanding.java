package ai.sphinxv.training.benchmark.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server with POST /v1/understand that answers as a test says; it keeps the questions but the probe. */
final class Understanding implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What it answers: a status and a body. */
    record Reply(int status, String body) {
        static Reply answer(String text) {
            return answer(text, "model@1");
        }

        static Reply answer(String text, String model) {
            return new Reply(
                    200,
                    JSON.createObjectNode()
                            .put("answer", text)
                            .put("model", model)
                            .toString());
        }

        /** One that gives the picture's digest too. */
        static Reply of(String text, String digest) {
            return new Reply(
                    200,
                    JSON.createObjectNode()
                            .put("answer", text)
                            .put("model", "model@1")
                            .put("image", digest)
                            .toString());
        }

        static Reply forgotten() {
            return new Reply(
                    404, JSON.createObjectNode().put("title", "Unknown image").toString());
        }

        static Reply problem(int status, String detail) {
            return new Reply(
                    status, JSON.createObjectNode().put("detail", detail).toString());
        }
    }

    private final HttpServer server;
    private final Function<JsonNode, Reply> script;
    private final List<JsonNode> questions = new CopyOnWriteArrayList<>();

    private Understanding(HttpServer server, Function<JsonNode, Reply> script) {
        this.server = server;
        this.script = script;
    }

    /** @param script what is answered to a request */
    static Understanding saying(Function<JsonNode, Reply> script) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var understanding = new Understanding(server, script);
        server.createContext("/v1/understand", understanding::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return understanding;
    }

    private void handle(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        boolean isProbe = request.path("maxTokens").asInt() == 1;
        if (!isProbe) {
            questions.add(request);
        }
        Reply reply = isProbe ? Reply.answer("probe") : script.apply(request);
        byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    URI uri() {
        return URI.create("http://localhost:%d".formatted(server.getAddress().getPort()));
    }

    List<JsonNode> questions() {
        return questions;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
