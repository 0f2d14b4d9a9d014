package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.FreeForm;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.benchmark.metrics.Part;
import ai.sphinxv.training.benchmark.run.Outcome.Measured;
import ai.sphinxv.training.benchmark.task.Answered;
import ai.sphinxv.training.benchmark.task.Column;
import ai.sphinxv.training.benchmark.task.Item;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** One HTML file, which needs no other: the worst answers of each task, with the picture and its marks. */
final class FailurePage {
    /** Of a task. */
    private static final int MOST = 24;

    /** Longest side of a picture on the page, pixels. */
    private static final int SIDE = 480;

    /** A judge's figure over all categories. */
    private static final String OF_ALL = "all";

    /** In which figure answers are ordered where none of the table's columns was measured. */
    private static final String OTHERWISE = "words, ROUGE_L";

    private static final String HEAD = """
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><title>Failures</title>
        <style>
        body { font: 15px/1.4 sans-serif; margin: 2rem; max-width: 75rem }
        article { display: flex; gap: 1rem; margin: 1rem 0; border-top: 1px solid #ccc; padding-top: 1rem }
        svg { flex: none } pre { white-space: pre-wrap; margin: 0 0 .6rem; font: inherit } h4 { margin: 0 }
        rect, polyline { fill: none; stroke: #0c0; vector-effect: non-scaling-stroke; stroke-width: 2 }
        circle { fill: #0c0 } text { fill: #fff; stroke: #000; paint-order: stroke; font-weight: bold }
        </style>
        """;

    private FailurePage() {}

    static String of(List<Measured> outcomes) throws IOException {
        var page = new StringBuilder(HEAD);
        for (Measured measured : outcomes) {
            var figure = figure(measured);
            if (figure.isPresent()) {
                section(measured, figure.get(), page);
            }
        }
        return page.append("</html>\n").toString();
    }

    /** The one over all answers, or the first of the table's columns: a column of one category would hide the others' failures. */
    private static Optional<String> figure(Measured measured) {
        Map<String, Map<String, Part>> items = measured.scored().items();
        Stream<String> columns = measured.task().columns().stream().map(Column::figure);
        return Stream.of(Stream.of(OF_ALL), columns, Stream.of(OTHERWISE))
                .flatMap(some -> some)
                .filter(items::containsKey)
                .findFirst();
    }

    private static void section(Measured measured, String figure, StringBuilder page) throws IOException {
        Map<String, Part> parts = measured.scored().items().getOrDefault(figure, Map.of());
        List<Answered> worst = measured.answers().stream()
                .filter(one -> parts.containsKey(one.item().id()) && value(parts, one) < best(parts))
                .sorted(Comparator.comparingDouble(one -> value(parts, one)))
                .limit(MOST)
                .toList();
        String shown = worst.isEmpty()
                ? "none of %d answers is below the best"
                        .formatted(measured.answers().size())
                : "the lowest %d of %d"
                        .formatted(worst.size(), measured.answers().size());
        page.append("<h2>%s</h2><p>%s: %s by %s</p>%n"
                .formatted(escaped(measured.task().title()), escaped(measured.model()), shown, escaped(figure)));
        for (Answered one : worst) {
            article(one, value(parts, one), page);
        }
    }

    /** An item that is as good as the best of the run is no failure. */
    private static double best(Map<String, Part> parts) {
        return parts.values().stream()
                .mapToDouble(part -> part.above() / part.below())
                .max()
                .orElse(0);
    }

    private static double value(Map<String, Part> parts, Answered one) {
        Part part = parts.getOrDefault(one.item().id(), new Part(0, 1));
        return part.below() == 0 ? 0 : part.above() / part.below();
    }

    private static void article(Answered one, double value, StringBuilder page) throws IOException {
        Item item = one.item();
        page.append("<article>").append(drawing(item)).append("<div>");
        part("%s, %.2f".formatted(item.id(), value), item.question(), page);
        part("Answer", one.text() == null ? "(refused)" : one.text(), page);
        part(
                "Reference",
                item.truth().isTextual() ? item.truth().asText() : item.truth().toPrettyString(),
                page);
        if (one.review() != null) {
            part("Judge", one.review().text(), page);
        }
        page.append("</div></article>\n");
    }

    private static void part(String title, String text, StringBuilder page) {
        page.append("<h4>%s</h4><pre>%s</pre>".formatted(escaped(title), escaped(text)));
    }

    private static String drawing(Item item) throws IOException {
        RgbImage image = Picture.read(item.picture()).image();
        double scale = Math.min(1, SIDE / (double) Math.max(image.width(), image.height()));
        int width = Math.max(1, (int) Math.round(scale * image.width()));
        int height = Math.max(1, (int) Math.round(scale * image.height()));
        var svg = new StringBuilder("<svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">"
                .formatted(width, height, image.width(), image.height()));
        svg.append("<image width=\"%d\" height=\"%d\" href=\"data:image/jpeg;base64,%s\"/>"
                .formatted(image.width(), image.height(), jpeg(image, width, height)));
        for (int i = 0; i < item.marks().size(); i++) {
            svg.append(mark(item.marks().get(i), i + 1, 1 / scale));
        }
        return svg.append("</svg>").toString();
    }

    /** @param pixel of the page, in pixels of the picture */
    private static String mark(VisualPrompt mark, int number, double pixel) {
        return switch (mark) {
            case Point(double x, double y) ->
                String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", x, y, 4 * pixel)
                        + number(x + 5 * pixel, y - 5 * pixel, number, pixel);
            case Box box ->
                String.format(
                                Locale.ROOT,
                                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                                box.x1(),
                                box.y1(),
                                box.x2() - box.x1(),
                                box.y2() - box.y1())
                        + number(box.x1() + 4 * pixel, box.y1() + 14 * pixel, number, pixel);
            case FreeForm form -> mark(form.boundingBox(), number, pixel);
        };
    }

    private static String number(double x, double y, int number, double pixel) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.1f\" stroke-width=\"%.1f\">%d</text>",
                x,
                y,
                14 * pixel,
                3 * pixel,
                number);
    }

    private static String jpeg(RgbImage image, int width, int height) throws IOException {
        var whole = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = image.rgb();
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                int at = 3 * (y * image.width() + x);
                whole.setRGB(x, y, (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | rgb[at + 2] & 0xff);
            }
        }
        var small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = small.createGraphics();
        graphics.drawImage(whole.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        var file = new ByteArrayOutputStream();
        ImageIO.write(small, "jpeg", file);
        return Base64.getEncoder().encodeToString(file.toByteArray());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
