package ai.sphinxv.functions.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A small server of objects over HTTP that speaks as much of S3 as the store asks for: put, get, head, copy, delete and list,
 * with If-None-Match and If-Match kept, and pages of three so that there are several. It signs nothing and forgets all at its
 * end. It can lose replies and ignore conditions, as servers and networks do.
 */
public final class ObjectServer implements AutoCloseable {
    private static final int PAGE = 3;

    private record Stored(byte[] bytes, Instant written) {
        String etag() {
            try {
                byte[] digest = MessageDigest.getInstance("MD5").digest(bytes);
                return '"' + HexFormat.of().formatHex(digest) + '"';
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final HttpServer server;
    private final TreeMap<String, Stored> objects = new TreeMap<>();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean careless;

    public ObjectServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** The next so many puts are done and their replies lost. */
    void loseReplies(int count) {
        lost.set(count);
    }

    /** Takes conditions and does not look at them. */
    void ignoreConditions() {
        careless = true;
    }

    synchronized String text(String path) {
        Stored stored = objects.get(path);
        return stored == null ? "" : new String(stored.bytes(), UTF_8);
    }

    synchronized int count(String prefix) {
        return (int)
                objects.keySet().stream().filter(key -> key.startsWith(prefix)).count();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(1);
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestMethod()) {
                case "PUT" -> put(exchange, path, body);
                case "GET", "HEAD" -> {
                    String query = exchange.getRequestURI().getRawQuery();
                    if (query != null && query.contains("list-type=2")) {
                        list(exchange, path.replaceAll("/$", ""), query);
                    } else {
                        get(exchange, path);
                    }
                }
                case "DELETE" -> {
                    synchronized (this) {
                        objects.remove(path);
                    }
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> error(exchange, 405, "MethodNotAllowed");
            }
        }
    }

    private void put(HttpExchange exchange, String path, byte[] body) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String from = headers.getFirst("x-amz-copy-source");
        Stored stored;
        synchronized (this) {
            Stored there = objects.get(path);
            String refused = refused(headers, there);
            if (refused != null && !careless) {
                error(exchange, refused.equals("NoSuchKey") ? 404 : 412, refused);
                return;
            }
            byte[] bytes = from == null
                    ? body
                    : requireNonNull(objects.get(URLDecoder.decode(from, UTF_8).replaceAll("^/", "")))
                            .bytes();
            stored = new Stored(bytes, Instant.now());
            objects.put(path, stored);
        }
        if (from == null && lost.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
            return; // the connection ends without a reply
        }
        exchange.getResponseHeaders().add("ETag", stored.etag());
        reply(
                exchange,
                200,
                from == null ? "" : "<CopyObjectResult><ETag>%s</ETag></CopyObjectResult>".formatted(stored.etag()));
    }

    private static @Nullable String refused(Headers headers, @Nullable Stored there) {
        if ("*".equals(headers.getFirst("If-None-Match")) && there != null) {
            return "PreconditionFailed";
        }
        String wanted = headers.getFirst("If-Match");
        if (wanted == null) {
            return null;
        }
        if (there == null) {
            return "NoSuchKey";
        }
        return wanted.equals(there.etag()) ? null : "PreconditionFailed";
    }

    private void get(HttpExchange exchange, String path) throws IOException {
        Stored stored;
        synchronized (this) {
            stored = objects.get(path);
        }
        if (stored == null) {
            error(exchange, 404, "NoSuchKey");
            return;
        }
        exchange.getResponseHeaders().add("ETag", stored.etag());
        exchange.getResponseHeaders()
                .add(
                        "Last-Modified",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                stored.written().atZone(ZoneOffset.UTC)));
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().add("Content-Length", String.valueOf(stored.bytes().length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, stored.bytes().length == 0 ? -1 : stored.bytes().length);
            exchange.getResponseBody().write(stored.bytes());
        }
    }

    /** Keys after the token, three at a time; those that share what comes before the delimiter are told once. */
    private void list(HttpExchange exchange, String bucket, String query) throws IOException {
        Map<String, String> asked = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            asked.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
        }
        String prefix = asked.getOrDefault("prefix", "");
        String after = asked.getOrDefault("continuation-token", "");
        var entries = new TreeMap<String, String>();
        synchronized (this) {
            for (var object : objects.tailMap(bucket + "/" + prefix).entrySet()) {
                String key = object.getKey().substring(bucket.length() + 1);
                if (!key.startsWith(prefix) || !object.getKey().startsWith(bucket + "/")) {
                    break;
                }
                int end = asked.containsKey("delimiter") ? key.indexOf('/', prefix.length()) : -1;
                String shared = end < 0 ? key : key.substring(0, end + 1);
                entries.put(
                        shared,
                        end < 0
                                ? "<Contents><Key>%s</Key><Size>%d</Size><ETag>%s</ETag></Contents>"
                                        .formatted(
                                                key,
                                                object.getValue().bytes().length,
                                                object.getValue().etag())
                                : "<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>".formatted(shared));
            }
        }
        var left = new TreeSet<>(entries.tailMap(after, false).keySet());
        var page = new StringBuilder();
        String last = after;
        for (String key : left.stream().limit(PAGE).toList()) {
            page.append(entries.get(key));
            last = key;
        }
        boolean more = left.size() > PAGE;
        String token = more ? "<NextContinuationToken>%s</NextContinuationToken>".formatted(last) : "";
        reply(
                exchange,
                200,
                "<ListBucketResult><Name>%s</Name><IsTruncated>%s</IsTruncated>%s%s</ListBucketResult>"
                        .formatted(bucket, more, page, token));
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            reply(exchange, status, "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, code));
        }
    }

    private static void reply(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] bytes = xml.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
