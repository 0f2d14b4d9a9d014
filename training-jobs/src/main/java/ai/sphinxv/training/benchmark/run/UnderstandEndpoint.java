package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.Mask;
import ai.sphinxv.runtime.prompt.Polygon;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A deployed model behind {@code POST /v1/understand}. A server that is busy is asked again a few times. */
final class UnderstandEndpoint implements Model {
    private static final String PATH = "v1/understand";
    private static final int TRIES = 6;

    /** Before anything was asked: whoever waits for a run wants to know soon that nobody is there. */
    private static final int FIRST_TRIES = 3;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int PROBE_PIXELS = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String UNKNOWN_IMAGE = "Unknown image";

    /** The picture that the server was shown last, and how it calls it. */
    private record Shown(byte[] file, String digest) {}

    /** The server no longer knows a picture by its digest. */
    private static final class ForgottenException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private volatile @Nullable Shown last;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI uri;
    private final Duration patience;
    private final String name;

    /**
     * Asks the server for one token about a black picture, to know which model answers.
     *
     * @param base for instance {@code http://localhost:8080}
     * @param patience with one answer
     * @throws UnreachableException if it does not answer
     */
    UnderstandEndpoint(URI base, Duration patience) throws InterruptedException {
        String text = base.toString();
        this.uri = URI.create((text.endsWith("/") ? text : text + "/") + PATH);
        this.patience = patience;
        var marks = List.<VisualPrompt>of(new Box(2, 2, PROBE_PIXELS - 2, PROBE_PIXELS - 2));
        try {
            this.name = send(body(Base64.getEncoder().encodeToString(probe()), "What is this?", marks, 1), FIRST_TRIES)
                    .path("model")
                    .asText();
        } catch (InvalidPromptException e) {
            throw new UnreachableException("%s answers no question: %s".formatted(uri, e.getMessage()), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String ask(Asked asked) throws InterruptedException {
        Shown shown = last;
        byte[] file = asked.picture().file();
        JsonNode reply =
                shown != null && Arrays.equals(shown.file, file) ? askAgain(asked, shown.digest) : show(asked, file);
        String model = reply.path("model").asText();
        if (!model.equals(name)) {
            throw new UnreachableException("%s began to answer with another model, %s in place of %s: run it again"
                    .formatted(uri, model, name));
        }
        return reply.path("answer").asText();
    }

    private JsonNode show(Asked asked, byte[] file) throws InterruptedException {
        String picture = Base64.getEncoder().encodeToString(file);
        JsonNode reply = send(body(picture, asked.question(), asked.marks(), asked.maxTokens()), TRIES);
        if (reply.path("image").isTextual()) {
            last = new Shown(file, reply.path("image").textValue());
        }
        return reply;
    }

    /** Neither sends the picture again nor has it looked at again, unless the server has forgotten it. */
    private JsonNode askAgain(Asked asked, String digest) throws InterruptedException {
        try {
            return send(body(digest, asked.question(), asked.marks(), asked.maxTokens()), TRIES);
        } catch (ForgottenException e) {
            return show(asked, asked.picture().file());
        }
    }

    private static byte[] probe() {
        var black = new BufferedImage(PROBE_PIXELS, PROBE_PIXELS, BufferedImage.TYPE_INT_RGB);
        var file = new ByteArrayOutputStream();
        try {
            ImageIO.write(black, "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /** @param picture in base64, or its digest */
    private static ObjectNode body(String picture, String question, List<VisualPrompt> marks, int maxTokens) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("image", picture);
        body.put("question", question).put("maxTokens", maxTokens);
        ArrayNode list = body.putArray("marks");
        for (VisualPrompt mark : marks) {
            switch (mark) {
                case Point(double x, double y) ->
                    list.addObject().putArray("point").add(x).add(y);
                case Box box ->
                    list.addObject()
                            .putArray("box")
                            .add(box.x1())
                            .add(box.y1())
                            .add(box.x2())
                            .add(box.y2());
                case Stroke stroke -> write(stroke.points(), list.addObject().putArray("stroke"));
                case Polygon polygon -> {
                    ArrayNode rings = list.addObject().putArray("polygons");
                    polygon.rings().forEach(ring -> write(ring, rings.addArray()));
                }
                case Mask mask -> {
                    ObjectNode rle = list.addObject().putObject("mask");
                    rle.putArray("size").add(mask.height()).add(mask.width());
                    ArrayNode counts = rle.putArray("counts");
                    Arrays.stream(mask.runs()).forEach(counts::add);
                }
            }
        }
        return body;
    }

    private static void write(List<Point> places, ArrayNode list) {
        places.forEach(place -> list.addArray().add(place.x()).add(place.y()));
    }

    private JsonNode send(ObjectNode body, int tries) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        String wrong = "";
        for (int tried = 1; tried <= tries; tried++) {
            try {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return JSON.readTree(response.body());
                }
                wrong = "HTTP %d %s".formatted(response.statusCode(), said(response.body(), "detail"));
                requireKnown(response);
                requireBusy(response.statusCode(), wrong);
                pause(
                        tries - tried,
                        tried,
                        response.headers().firstValue("Retry-After").orElse(""));
            } catch (IOException e) {
                wrong = e.toString();
                pause(tries - tried, tried, "");
            }
        }
        throw new UnreachableException("%s did not answer in %d tries, the last: %s".formatted(uri, tries, wrong));
    }

    private static void requireKnown(HttpResponse<String> response) {
        if (response.statusCode() == 404 && said(response.body(), "title").equals(UNKNOWN_IMAGE)) {
            throw new ForgottenException();
        }
    }

    /** The question's fault is a refusal; what asking again may cure is not; all else ends the run. */
    private void requireBusy(int status, String wrong) {
        if (status == 400 || status == 413 || status == 422) {
            throw new InvalidPromptException(wrong);
        }
        if (status < 500 && status != 429) {
            throw new UnreachableException("%s: %s".formatted(uri, wrong));
        }
    }

    private static void pause(int left, int tried, String retryAfter) throws InterruptedException {
        if (left == 0) {
            return;
        }
        Duration pause = retryAfter.matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(retryAfter))
                : FIRST_PAUSE.multipliedBy(1L << (tried - 1));
        Thread.sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    /** A field of a problem (RFC 9457); empty where the body is none. */
    private static String said(String body, String field) {
        try {
            return JSON.readTree(body).path(field).asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public void close() {
        client.close();
    }
}
