package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.FreeForm;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.benchmark.task.Item;
import ai.sphinxv.training.teacher.ChatQuestion;
import ai.sphinxv.training.teacher.SetOfMarks;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How a model is told what is meant: the paper's way, and the two that Table 9 compares it with. */
public enum Pointing {
    /** As visual prompts. */
    ENCODED(""),
    /** Drawn on the picture with their numbers; a model of visual prompts gets one around all of it. */
    DRAWN(", marks drawn"),
    /** As numbers before the question; likewise. */
    WRITTEN(", marks written");

    private final String suffix;

    Pointing(String suffix) {
        this.suffix = suffix;
    }

    /** Behind the model's name: the same model asked otherwise is another one in a report. */
    String suffix() {
        return suffix;
    }

    Asked ask(Item item, Picture picture) {
        RgbImage image = picture.image();
        List<VisualPrompt> marks = item.on(image);
        List<VisualPrompt> all = List.of(new Box(0, 0, image.width(), image.height()));
        return switch (this) {
            case ENCODED -> new Asked(picture, marks, item.question(), item.maxTokens());
            case DRAWN -> new Asked(drawn(picture, marks), all, item.question(), item.maxTokens());
            case WRITTEN -> new Asked(picture, all, written(marks, image) + item.question(), item.maxTokens());
        };
    }

    private static Picture drawn(Picture picture, List<VisualPrompt> marks) {
        RgbImage image = SetOfMarks.draw(picture.image(), marks);
        return new Picture(picture.path(), ChatQuestion.Picture.png(image).bytes(), image);
    }

    /** {@code <Region 1>: [0.12, 0.40, 0.36, 0.71]}, a line each, as parts of the picture's width and height. */
    private static String written(List<VisualPrompt> marks, RgbImage image) {
        return IntStream.range(0, marks.size())
                .mapToObj(i -> "%s: %s\n".formatted(marks.get(i).tag(i + 1), place(marks.get(i), image)))
                .collect(Collectors.joining());
    }

    private static String place(VisualPrompt mark, RgbImage image) {
        double width = image.width();
        double height = image.height();
        return switch (mark) {
            case Point(double x, double y) -> String.format(Locale.ROOT, "[%.2f, %.2f]", x / width, y / height);
            case Box box ->
                String.format(
                        Locale.ROOT,
                        "[%.2f, %.2f, %.2f, %.2f]",
                        box.x1() / width,
                        box.y1() / height,
                        box.x2() / width,
                        box.y2() / height);
            case FreeForm form -> place(form.boundingBox(), image);
        };
    }
}
