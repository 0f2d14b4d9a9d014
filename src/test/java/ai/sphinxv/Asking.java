package ai.sphinxv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** Requests about pictures that are all different. */
final class Asking {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Asking() {}

    /** The body of a request about a mark on picture number {@code seed}. */
    static byte[] body(int seed, int tokens) {
        var random = new Random(seed);
        var picture = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        var pen = picture.createGraphics();
        for (int i = 0; i < 12; i++) {
            pen.setColor(new Color(random.nextInt(1 << 24)));
            pen.fillRect(random.nextInt(140), random.nextInt(100), 10 + random.nextInt(40), 10 + random.nextInt(40));
        }
        pen.dispose();
        try {
            return JSON.writeValueAsBytes(Map.of(
                    "image",
                    Pictures.base64(Pictures.encode(picture, "png")),
                    "question",
                    "Please identify the labels of each marked region in the image.",
                    "marks",
                    new Object[] {Map.of("box", new int[] {20, 20, 90, 80})},
                    "maxTokens",
                    tokens));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static HttpRequest request(URI application, byte[] body) {
        return HttpRequest.newBuilder(application.resolve("/v1/understand"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(2))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }
}
