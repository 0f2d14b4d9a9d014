package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Caption;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * GRIT as it is published, a Parquet file or a folder of them, or its rows as JSON, one a line or a list: {@code id},
 * {@code caption}, {@code width}, {@code height} and {@code ref_exps}, each [first character, end, left, top, right, bottom,
 * confidence] with edges as shares of the picture. A picture's file is ID.jpg; rows without an id have a {@code key}.
 */
final class Grit {
    private static final String PARQUET = ".parquet";
    private static final Set<String> COLUMNS = Set.of("id", "key", "caption", "width", "height", "ref_exps");

    private Grit() {}

    static void read(Path from, Intake intake) throws IOException {
        if (!Files.isDirectory(from) && !from.toString().endsWith(PARQUET)) {
            JsonRecords.read(from, row -> row(row, intake));
            return;
        }
        for (Path file : Files.isDirectory(from) ? FolderFiles.of(from, PARQUET) : List.of(from)) {
            ParquetRecords.read(file, COLUMNS, row -> row(row, intake));
        }
    }

    private static void row(JsonNode row, Intake intake) throws IOException {
        String caption = row.path("caption").asText();
        double width = row.path("width").asDouble();
        double height = row.path("height").asDouble();
        List<JsonNode> phrases = new ArrayList<>();
        row.path("ref_exps").forEach(phrases::add);
        phrases.sort(Comparator.comparingDouble(phrase -> phrase.path(0).asDouble()));
        List<Part> parts = phrases.stream()
                .map(phrase -> part(phrase, caption, width, height))
                .toList();
        intake.read(parts.size() + 1);
        String id = row.path("id").asText(row.path("key").asText());
        Dataset grit = Dataset.GRIT;
        intake.accept(new AnnotatedPicture(
                grit.word(),
                id,
                id + ".jpg",
                grit.domain(),
                (int) width,
                (int) height,
                grit.licence(),
                parts,
                List.of(new Caption(
                        caption, IntStream.range(0, parts.size()).boxed().toList())),
                List.of(),
                List.of()));
    }

    private static Part part(JsonNode phrase, String caption, double width, double height) {
        double[] numbers = Numbers.of(phrase);
        if (numbers.length < 6) {
            return Part.of(new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN}, "");
        }
        int from = (int) Math.clamp(numbers[0], 0, caption.length());
        int to = (int) Math.clamp(numbers[1], from, caption.length());
        double[] box = Numbers.scaled(new double[] {numbers[2], numbers[3], numbers[4], numbers[5]}, width, height);
        return Part.of(box, caption.substring(from, to));
    }
}
