package ai.sphinxv.training.engine;

import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.InvalidImageException;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.training.files.WholeFile;
import ai.sphinxv.training.teacher.ChatQuestion;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Samples to look at: a page with each picture, its numbered marks, questions and answers, and filters by domain, task, source
 * and split. No server, no library, nothing from the network; all words of the data are escaped.
 */
final class Gallery {
    /** Longest side of a picture on the page, pixels. */
    private static final int SIDE = 640;

    private static final String[] FILTERS = {"domain", "task", "source", "split"};

    private final Path out;
    private final @Nullable Pictures pictures;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, TreeSet<String>> filters = new LinkedHashMap<>();
    private final StringBuilder cards = new StringBuilder();
    private int count;

    private Gallery(Path out, @Nullable Pictures pictures) {
        this.out = out;
        this.pictures = pictures;
    }

    /**
     * Writes index.html and the pictures that it shows.
     *
     * @param shards a folder of shards or one of them
     * @param most samples at most; of several shards as many from each
     * @return how many are on the page
     */
    static int write(Path shards, Path out, @Nullable Pictures pictures, int most) throws IOException {
        if (most < 1 || most > 10_000) {
            throw new IllegalArgumentException("--most must be 1 to 10000, got %d".formatted(most));
        }
        var gallery = new Gallery(out, pictures);
        var all = ShardReader.shards(shards);
        for (int i = 0; i < all.size(); i++) {
            int until = (int) ((long) most * (i + 1) / all.size());
            if (gallery.count < until) {
                ShardReader.read(all.get(i), (sample, picture) -> {
                    gallery.add(sample, picture);
                    return gallery.count < until;
                });
            }
        }
        WholeFile.write(out.resolve("index.html"), gallery.page().getBytes(StandardCharsets.UTF_8));
        return gallery.count;
    }

    private void add(JsonNode sample, byte @Nullable [] packed) throws IOException {
        count++;
        cards.append("<article");
        for (String filter : FILTERS) {
            String value = sample.path(filter).asText();
            filters.computeIfAbsent(filter, any -> new TreeSet<>()).add(value);
            cards.append(" data-%s=\"%s\"".formatted(filter, escaped(value)));
        }
        cards.append(">\n").append(picture(sample, packed));
        cards.append("<p class=from>stage %d &middot; %s &middot; %s &middot; %s &middot; %s</p>\n"
                .formatted(
                        sample.path("stage").asInt(),
                        escaped(sample.path("task").asText()),
                        escaped(sample.path("source").asText()),
                        escaped(sample.path("license").asText()),
                        escaped(sample.path("image").asText())));
        for (JsonNode message : sample.path("conversations")) {
            cards.append("<p class=%s>%s</p>\n"
                    .formatted(
                            message.path("from").asText().equals("human") ? "human" : "gpt",
                            escaped(message.path("value").asText())));
        }
        cards.append("</article>\n");
    }

    private String picture(JsonNode sample, byte @Nullable [] packed) throws IOException {
        int width = sample.path("width").asInt();
        int height = sample.path("height").asInt();
        Optional<String> file = file(sample, packed);
        var svg = new StringBuilder("<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n"
                .formatted(width, height, shown(width, width, height), shown(height, width, height)));
        if (file.isPresent()) {
            svg.append("<image href=\"%s\" width=\"%d\" height=\"%d\"/>\n".formatted(file.get(), width, height));
        } else {
            svg.append("<rect width=\"%d\" height=\"%d\" fill=\"#ddd\"/>\n".formatted(width, height));
        }
        double unit = Math.max(width, height) / 300.0;
        int number = 1;
        for (JsonNode box : sample.path("bbox")) {
            svg.append("<rect class=mark x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" stroke-width=\"%s\"/>\n"
                    .formatted(box.get(0), box.get(1), box.get(2), box.get(3), unit));
            svg.append(label(box, number++, unit));
        }
        for (JsonNode point : sample.path("points")) {
            svg.append("<circle class=point cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n"
                    .formatted(point.get(0), point.get(1), 2 * unit));
            svg.append(label(point, number++, unit));
        }
        return svg.append("</svg>\n").toString();
    }

    /** Above its mark, so that it hides nothing small; where there is no room, inside. */
    private static String label(JsonNode mark, int number, double unit) {
        double x = mark.get(0).asDouble();
        double y = mark.get(1).asDouble() - unit * (mark.size() == 2 ? 15 : 13);
        y = y < 0 ? mark.get(1).asDouble() : y;
        int digits = String.valueOf(number).length();
        return "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/><text x=\"%s\" y=\"%s\" font-size=\"%s\">%d</text>\n"
                .formatted(x, y, unit * (2 + 6 * digits), unit * 12, x + unit, y + unit * 10, unit * 11, number);
    }

    private static int shown(int side, int width, int height) {
        return (int) Math.round(side * Math.min(1, SIDE / (double) Math.max(width, height)));
    }

    /** The picture beside the page, smaller where it was large; every picture once. */
    private Optional<String> file(JsonNode sample, byte @Nullable [] packed) throws IOException {
        String key =
                sample.path("source").asText() + "\n" + sample.path("image").asText();
        if (files.containsKey(key)) {
            return Optional.of(files.get(key));
        }
        byte[] bytes = packed;
        if (bytes == null && pictures != null) {
            Optional<Path> file = pictures.file(
                    sample.path("source").asText(), sample.path("image").asText());
            bytes = file.isPresent() ? Files.readAllBytes(file.get()) : null;
        }
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            RgbImage image = smaller(ImageDecoder.decode(bytes));
            String name = "pictures/%05d.jpg".formatted(files.size());
            WholeFile.write(out.resolve(name), ChatQuestion.Picture.jpeg(image).bytes());
            files.put(key, name);
            return Optional.of(name);
        } catch (InvalidImageException e) {
            return Optional.empty();
        }
    }

    /** Each pixel the mean of a square of pixels. */
    private static RgbImage smaller(RgbImage image) {
        int step = Math.max(1, (Math.max(image.width(), image.height()) + SIDE - 1) / SIDE);
        int width = Math.max(1, image.width() / step);
        int height = Math.max(1, image.height() / step);
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % width * step;
            int y = i / 3 / width * step;
            int sum = 0;
            int pixels = 0;
            for (int dy = 0; dy < step && y + dy < image.height(); dy++) {
                for (int dx = 0; dx < step && x + dx < image.width(); dx++, pixels++) {
                    sum += image.rgb()[3 * ((y + dy) * image.width() + x + dx) + i % 3] & 0xff;
                }
            }
            rgb[i] = (byte) (sum / pixels);
        }
        return new RgbImage(width, height, rgb);
    }

    private String page() {
        var selects = new StringBuilder();
        filters.forEach((name, values) -> {
            selects.append("<label>%s <select id=\"%s\"><option value=\"\">all</option>".formatted(name, name));
            values.forEach(value -> selects.append("<option>%s</option>".formatted(escaped(value))));
            selects.append("</select></label>\n");
        });
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>MDVP-Data: %d samples</title>
                <style>
                body { font: 15px/1.4 sans-serif; margin: 1em; background: #f6f6f6; color: #111 }
                header { position: sticky; top: 0; background: #fff; padding: .6em; border: 1px solid #ccc; z-index: 1 }
                label { margin-right: 1em }
                main { display: grid; grid-template-columns: repeat(auto-fill, minmax(420px, 1fr)); gap: 1em; margin-top: 1em }
                article { background: #fff; border: 1px solid #ccc; padding: .8em; overflow-wrap: anywhere }
                article[hidden] { display: none }
                svg { max-width: 100%%; height: auto }
                .mark { fill: none; stroke: #0c0 } .point { fill: #0f0; stroke: #030 } text { fill: #fff; font-family: sans-serif }
                .from { color: #555; font-size: 13px } .human { font-weight: 600 } .human, .gpt { white-space: pre-wrap }
                </style></head><body>
                <header>%s<span id="shown" aria-live="polite">%d samples</span></header>
                <main>
                %s</main>
                <script>
                const filters = [...document.querySelectorAll('select')];
                const cards = [...document.querySelectorAll('article')];
                function show() {
                  for (const card of cards) card.hidden = filters.some(one => one.value && card.dataset[one.id] !== one.value);
                  document.getElementById('shown').textContent = cards.filter(card => !card.hidden).length + ' samples';
                }
                filters.forEach(one => one.addEventListener('change', show));
                show();
                </script></body></html>
                """.formatted(count, selects, count, cards);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
