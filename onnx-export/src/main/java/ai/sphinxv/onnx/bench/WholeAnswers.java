package ai.sphinxv.onnx.bench;

import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.SeenImage;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.decode.SamplingOptions;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.text.Conversation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How long a bundle's answers let one wait, in milliseconds until the first piece of the answer. */
final class WholeAnswers implements AutoCloseable {
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1200;
    private static final int SIDE = 150;
    private static final int MARKS = 10;
    private static final String ASKED = "Please identify the labels of each marked region in the image.";

    private final SphinxV model;
    private final RgbImage image;

    WholeAnswers(Path bundle, RuntimeOptions options) {
        this.model = SphinxV.open(bundle, options);
        byte[] pixels = new byte[3 * WIDTH * HEIGHT];
        new Random(1).nextBytes(pixels); // noise, in which nothing can be read
        this.image = new RgbImage(WIDTH, HEIGHT, pixels);
    }

    /** Of one round, by what was asked. */
    Map<String, Double> run() {
        var times = new LinkedHashMap<String, Double>();
        var kept = new ArrayList<SeenImage>();
        times.put("first question", wait(1, null, kept));
        times.put("second question on the picture", wait(1, kept.getFirst(), kept));
        times.put("%d marks, on the picture".formatted(MARKS), wait(MARKS, kept.getFirst(), kept));
        times.put("%d marks, first question".formatted(MARKS), wait(MARKS, null, kept));
        return times;
    }

    private double wait(int marks, @Nullable SeenImage seen, List<SeenImage> kept) {
        var question = new Question(image, marks(marks), Conversation.of(ASKED), SamplingOptions.greedy(), 2);
        var answer = seen == null
                ? model.answer(question, event -> {}, kept::add)
                : model.answer(question, seen, event -> {});
        return answer.timings().firstToken().toNanos() / 1e6;
    }

    private static List<VisualPrompt> marks(int count) {
        return IntStream.range(0, count)
                .<VisualPrompt>mapToObj(i -> new Box(i * SIDE, i * SIDE / 2.0, (i + 1) * SIDE, i * SIDE / 2.0 + SIDE))
                .toList();
    }

    @Override
    public void close() {
        model.close();
    }
}
