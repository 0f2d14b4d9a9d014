package ai.sphinxv.training.benchmark.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An OpenAI-compatible server that answers as a test says; it keeps the requests. */
final class Chatting implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final UnaryOperator<String> script;
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    private Chatting(HttpServer server, UnaryOperator<String> script) {
        this.server = server;
        this.script = script;
    }

    /** @param script the answer to a question's text */
    static Chatting saying(UnaryOperator<String> script) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var chatting = new Chatting(server, script);
        server.createContext("/v1/chat/completions", chatting::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return chatting;
    }

    /** Is too busy for so many requests. */
    Chatting failing(int times) {
        failures.set(times);
        return this;
    }

    /** Says of a model called "...-latest" which one that is. */
    private void handle(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        if (failures.getAndDecrement() > 0) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        requests.add(request);
        ObjectNode reply = JSON.createObjectNode()
                .put("model", request.path("model").asText().replace("latest", "2026-01-01"));
        ObjectNode choice = reply.putArray("choices").addObject().put("finish_reason", "stop");
        choice.putObject("message").put("content", script.apply(text(request)));
        byte[] body = reply.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Of the question, without its pictures. */
    static String text(JsonNode request) {
        return part(request, "text").path("text").asText();
    }

    /** The data URL of its picture; empty where it has none. */
    static String picture(JsonNode request) {
        return part(request, "image_url").path("image_url").path("url").asText();
    }

    private static JsonNode part(JsonNode request, String type) {
        JsonNode messages = request.path("messages");
        for (JsonNode part : messages.path(messages.size() - 1).path("content")) {
            if (part.path("type").asText().equals(type)) {
                return part;
            }
        }
        return JSON.missingNode();
    }

    URI uri() {
        return URI.create("http://localhost:%d/v1".formatted(server.getAddress().getPort()));
    }

    List<JsonNode> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
