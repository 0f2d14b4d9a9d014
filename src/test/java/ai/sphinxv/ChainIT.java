package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.training.TrainMain;
import ai.sphinxv.training.data.MarkKind;
import ai.sphinxv.training.data.MarkedScene;
import ai.sphinxv.training.data.Questions;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.SceneGenerator;
import ai.sphinxv.training.scenes.Split;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole chain: train for a minute, export with its parity check, serve in a second process, ask about scenes that no
 * training can see. A guess among the twenty labels is right one time in twenty; always saying the commonest one ("text")
 * is right more often, so that is what has to be beaten.
 */
class ChainIT {
    private static final double MARGIN = 0.05;
    private static final int SCENES = 60;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void aModelTrainedForAMinuteBeatsChanceOverHttp() throws Exception {
        Path recipe = Path.of("../../training-jobs/recipes/tiny.properties");
        Path bundle = TrainMain.run(recipe, folder, System.out);

        serve(bundle, application -> {
            Score score = score(application);
            System.out.println("tiny, over HTTP, on held-out scenes: " + score);
            assertThat((double) score.right() / score.all()).isGreaterThan(1.0 / 20 + 2 * MARGIN);
            assertThat((double) score.right() / score.all())
                    .isGreaterThan((double) score.commonest() / score.all() + MARGIN);
        });
    }

    /** Objects whose label was right, objects of the commonest label, and all. */
    private record Score(int right, int commonest, int all) {}

    private interface Use {
        void of(URI application) throws Exception;
    }

    private void serve(Path bundle, Use use) throws Exception {
        int port = Packaged.freePort();
        var process = Packaged.start(
                folder.resolve("application.log"),
                "-Dsphinxv.bundle=" + bundle.toAbsolutePath(),
                "-Dquarkus.http.port=" + port);
        try {
            URI application = URI.create("http://localhost:" + port);
            Ready.await(application);
            use.of(application);
        } finally {
            process.destroy();
            Packaged.end(process, 30);
        }
    }

    private static Score score(URI application) throws Exception {
        var scenes = SceneGenerator.of(Catalog.open(), Split.HELD_OUT, 0);
        int right = 0;
        Map<String, Integer> counts = new HashMap<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int n = 0; n < SCENES; n++) {
                var marked = MarkedScene.everyObject(
                        scenes.scene(Split.HELD_OUT.index(n)), MarkKind.REGION, new SplittableRandom(n));
                JsonNode marks = ask(client, application, marked);
                for (int slot = 0; slot < marked.labels().size(); slot++) {
                    String label = marked.labels().get(slot);
                    counts.merge(label, 1, Integer::sum);
                    right += text(marks, slot + 1).equals(label) ? 1 : 0;
                }
            }
        }
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return new Score(right, Collections.max(counts.values()), all);
    }

    private static JsonNode ask(HttpClient client, URI application, MarkedScene marked)
            throws IOException, InterruptedException {
        var marks = marked.marks().stream()
                .map(mark -> (VisualPrompt.Box) mark)
                .map(box -> Map.of("box", List.of(box.x1(), box.y1(), box.x2(), box.y2())))
                .toList();
        var body = JSON.writeValueAsBytes(Map.of(
                "image", Pictures.base64(png(marked.image())),
                "question", Questions.label(marked.regions()).question(),
                "marks", marks));
        var request = HttpRequest.newBuilder(application.resolve("/v1/understand"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return JSON.readTree(reply.body()).path("marks");
    }

    private static String text(JsonNode marks, int mark) {
        for (JsonNode one : marks) {
            if (one.path("mark").asInt() == mark) {
                return one.path("text").asText();
            }
        }
        return "";
    }

    private static byte[] png(RgbImage image) {
        var picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.width() * image.height(); i++) {
            int red = image.rgb()[3 * i] & 0xff;
            int green = image.rgb()[3 * i + 1] & 0xff;
            int blue = image.rgb()[3 * i + 2] & 0xff;
            picture.setRGB(i % image.width(), i / image.width(), red << 16 | green << 8 | blue);
        }
        return Pictures.encode(picture, "png");
    }
}
