package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Caption;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * COCO's JSON: {@code images} (id, file_name or coco_url, width, height, license), {@code annotations} (image_id, bbox,
 * segmentation, category_id, iscrowd), {@code categories} and {@code licenses}, in any order. Read twice: first the names,
 * then the rest, which is brought together on the disk.
 */
final class CocoReader {
    private static final int IMAGE = 0;
    private static final int ANNOTATION = 1;

    /** What else a file in this form may say. */
    enum Words {
        /** Classes only. */
        CLASSES,
        /**
         * The text of a word: {@code text}, {@code utf8_string}, or {@code rec}, codes of printable ASCII from 0; its outline:
         * {@code bezier_pts}.
         */
        SPOTTING,
        /** The image's {@code caption} describes its only box: RefCOCO as MDETR has it. */
        REFERRING,
        /** The image's {@code caption} names its boxes by {@code tokens_positive}: Flickr30k as MDETR has it. */
        GROUNDED
    }

    private static final int FIRST_CODE = ' ';
    private static final int CODES = 95;

    private final Dataset dataset;
    private final Words words;
    private final Intake intake;
    private final Map<String, String> classes = new HashMap<>();
    private final Map<String, String> licences = new HashMap<>();

    private CocoReader(Dataset dataset, Words words, Intake intake) {
        this.dataset = dataset;
        this.words = words;
        this.intake = intake;
    }

    static void read(Dataset dataset, Words words, Path file, Intake intake) throws IOException {
        new CocoReader(dataset, words, intake).read(file);
    }

    private void read(Path file) throws IOException {
        JsonRecords.read(file, Set.of("categories", "licenses"), (list, record) -> {
            String id = record.path("id").asText();
            if (list.equals("categories")) {
                classes.put(id, record.path("name").asText().replace('_', ' '));
            } else {
                licences.put(id, record.path("name").asText(dataset.licence()));
            }
        });
        try (var groups = new DiskGroups(intake.scratch())) {
            JsonRecords.read(file, Set.of("images", "annotations"), (list, record) -> {
                boolean isImage = list.equals("images");
                intake.read(isImage ? captions(record) : 1);
                groups.add(
                        record.path(isImage ? "id" : "image_id").asText(),
                        isImage ? IMAGE : ANNOTATION,
                        JsonRecords.JSON.writeValueAsBytes(record));
            });
            groups.forEach(this::picture);
        }
    }

    private int captions(JsonNode image) {
        return words == Words.GROUNDED && image.has("caption") ? 1 : 0;
    }

    private void picture(String id, List<DiskGroups.Item> items) throws IOException {
        var annotations = new ArrayList<JsonNode>();
        JsonNode image = null;
        for (DiskGroups.Item item : items) {
            JsonNode record = JsonRecords.JSON.readTree(item.json());
            if (item.kind() == ANNOTATION) {
                annotations.add(record);
            } else {
                image = record;
            }
        }
        if (image == null) {
            intake.drop("of a picture that the file does not list", annotations.size());
            return;
        }
        int width = image.path("width").asInt();
        int height = image.path("height").asInt();
        var parts = new ArrayList<Part>();
        var named = new ArrayList<Named>();
        for (JsonNode annotation : annotations) {
            if (annotation.path("iscrowd").asInt() == 1
                    || annotation.path("ignore").asInt() == 1) {
                intake.drop("its source says not to count it", 1);
                continue;
            }
            named.add(new Named(
                    parts.size(),
                    annotation.path("tokens_positive").path(0).path(0).asInt(-1)));
            parts.add(part(image, annotation, width, height));
        }
        intake.accept(new AnnotatedPicture(
                dataset.word(),
                id,
                name(image, id),
                dataset.domain(),
                width,
                height,
                licences.getOrDefault(image.path("license").asText(), dataset.licence()),
                parts,
                captions(image) == 0
                        ? List.of()
                        : List.of(new Caption(image.path("caption").asText(), inOrder(named))),
                List.of(),
                List.of()));
    }

    /** A part and where the caption first names it. */
    private record Named(int part, int at) {}

    private static List<Integer> inOrder(List<Named> named) {
        return named.stream()
                .filter(one -> one.at() >= 0)
                .sorted((a, b) -> Integer.compare(a.at(), b.at()))
                .map(Named::part)
                .toList();
    }

    private Part part(JsonNode image, JsonNode annotation, int width, int height) {
        String label = classes.getOrDefault(annotation.path("category_id").asText(), "");
        String caption = image.path("caption").asText();
        return switch (words) {
            case CLASSES ->
                new Part(
                        Numbers.edges(annotation.path("bbox")),
                        label,
                        null,
                        List.of(),
                        Outline.read(annotation.path("segmentation"), width, height));
            case SPOTTING ->
                new Part(
                        Numbers.edges(annotation.path("bbox")),
                        label,
                        text(annotation),
                        List.of(),
                        Outline.ofCurves(annotation.path("bezier_pts")));
            case REFERRING ->
                new Part(
                        Numbers.edges(annotation.path("bbox")),
                        label,
                        null,
                        List.of(caption),
                        Outline.read(annotation.path("segmentation"), width, height));
            case GROUNDED -> Part.of(Numbers.edges(annotation.path("bbox")), phrase(caption, annotation));
        };
    }

    private static String text(JsonNode annotation) {
        for (String field : List.of("text", "utf8_string")) {
            if (annotation.path(field).isTextual()) {
                return annotation.path(field).textValue();
            }
        }
        var text = new StringBuilder();
        IntStream.of(Numbers.integers(annotation.path("rec")))
                .filter(code -> code >= 0 && code < CODES) // what follows the text is a code above
                .forEach(code -> text.append((char) (FIRST_CODE + code)));
        return text.toString();
    }

    private static String phrase(String caption, JsonNode annotation) {
        JsonNode span = annotation.path("tokens_positive").path(0);
        int from = span.path(0).asInt();
        int to = span.path(1).asInt();
        return from >= 0 && from < to && to <= caption.length() ? caption.substring(from, to) : "";
    }

    /** LVIS says the address only, of which the folder and the name are what COCO calls the file. */
    private static String name(JsonNode image, String id) {
        if (image.path("file_name").isTextual()) {
            return image.path("file_name").textValue();
        }
        String url = image.path("coco_url").asText(id);
        int name = url.lastIndexOf('/');
        int folder = name < 0 ? -1 : url.lastIndexOf('/', name - 1);
        return url.substring(folder + 1);
    }
}
