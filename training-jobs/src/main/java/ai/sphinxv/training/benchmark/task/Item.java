package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.FreeForm;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One question of a benchmark.
 *
 * @param id the same in every run, no other item of the task has it
 * @param group what its figures are told apart by, for instance MDVP-Bench's phase
 * @param marks 1 to 10, in pixels of the picture, as annotated: perhaps partly outside of it
 * @param maxTokens most tokens of the answer, as the published scripts have it
 * @param truth what the scorer compares the answer with
 */
public record Item(
        String id,
        String group,
        Path picture,
        List<VisualPrompt> marks,
        String question,
        int maxTokens,
        JsonNode truth) {

    /** Answers of the published scripts: labels, words, brief descriptions, questions. */
    public static final int SHORT = 256;

    /** Detailed descriptions. */
    public static final int LONG = 1024;

    public Item {
        marks = List.copyOf(marks);
    }

    /** The marks as far as they lie in the picture. */
    public List<VisualPrompt> on(RgbImage image) {
        return marks.stream().map(mark -> within(mark, image)).toList();
    }

    /** Of all that is asked but the picture's pixels, which its file stands for. */
    public String digest() {
        String asked = "%s\n%s\n%d\n%s".formatted(question, marks, maxTokens, picture.getFileName());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(asked.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static VisualPrompt within(VisualPrompt mark, RgbImage image) {
        return switch (mark) {
            case Point(double x, double y) ->
                new Point(Math.clamp(x, 0, image.width()), Math.clamp(y, 0, image.height()));
            case Box box -> {
                double x1 = Math.clamp(box.x1(), 0, image.width());
                double y1 = Math.clamp(box.y1(), 0, image.height());
                double x2 = Math.clamp(box.x2(), 0, image.width());
                double y2 = Math.clamp(box.y2(), 0, image.height());
                if (x2 <= x1 || y2 <= y1) {
                    throw new InvalidPromptException("%s lies outside the picture of %dx%d pixels"
                            .formatted(box, image.width(), image.height()));
                }
                yield new Box(x1, y1, x2, y2);
            }
            case FreeForm form -> form;
        };
    }
}
