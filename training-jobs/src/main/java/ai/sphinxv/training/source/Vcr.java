package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Visual Commonsense Reasoning, a folder with *.jsonl (question, answer_choices, answer_label, rationale_choices and
 * rationale_label, in words and lists of numbers of objects) and, under vcr1images/, the metadata files that it names (boxes,
 * width, height). An object becomes a mark where the words first name it.
 */
final class Vcr {
    private static final String PICTURES = "vcr1images";

    private final JsonNode boxes;
    private final List<Integer> named = new ArrayList<>();
    private boolean isDamaged;

    private Vcr(JsonNode boxes) {
        this.boxes = boxes;
    }

    static void read(Path folder, Intake intake) throws IOException {
        for (Path file : FolderFiles.of(folder, ".jsonl")) {
            JsonRecords.read(file, row -> question(folder, row, intake));
        }
    }

    private static void question(Path folder, JsonNode row, Intake intake) throws IOException {
        intake.read(1);
        Path root = folder.resolve(PICTURES).normalize();
        Path metadata = root.resolve(row.path("metadata_fn").asText("none")).normalize();
        if (!metadata.startsWith(root) || !Files.isRegularFile(metadata)) {
            intake.drop("its metadata file is not there", 1);
            return;
        }
        JsonNode picture = JsonRecords.JSON.readTree(metadata.toFile());
        var words = new Vcr(picture.path("boxes"));
        var turns = List.of(
                new Turn(words.text(row.path("question")), words.chosen(row, "answer")),
                new Turn("Why?", words.chosen(row, "rationale")));
        if (words.isDamaged) {
            intake.drop("a box that it names is not there", 1);
            return;
        }
        intake.accept(Dataset.VCR.picture(
                row.path("annot_id").asText(row.path("img_fn").asText()),
                row.path("img_fn").asText(),
                picture.path("width").asInt(),
                picture.path("height").asInt(),
                List.of(),
                List.of(),
                List.of(new Dialogue(SampleTask.QA, words.marks(), turns))));
    }

    private String chosen(JsonNode row, String what) {
        return text(row.path(what + "_choices").path(row.path(what + "_label").asInt(-1)));
    }

    /** Words joined, with a tag for each object that they name. */
    private String text(JsonNode tokens) {
        var text = new StringBuilder();
        for (JsonNode token : tokens) {
            text.append(' ').append(token.isArray() ? Tags.list(numbers(token)) : token.asText());
        }
        return text.toString()
                .strip()
                .replaceAll("\\s+([,.?!;:])", "$1")
                .replaceAll("\\s+'\\s*(s|re|ll|ve|d|m|t)\\b", "'$1");
    }

    private List<Integer> numbers(JsonNode objects) {
        var numbers = new ArrayList<Integer>();
        for (JsonNode object : objects) {
            int index = object.asInt(-1);
            isDamaged |= !boxes.has(index);
            if (!named.contains(index)) {
                named.add(index);
            }
            numbers.add(named.indexOf(index) + 1);
        }
        return numbers;
    }

    private List<double[]> marks() {
        return named.stream()
                .map(boxes::get)
                .map(box -> {
                    double[] numbers = Numbers.of(box);
                    return numbers.length < 4
                            ? new double[4]
                            : new double[] {numbers[0], numbers[1], numbers[2], numbers[3]
                            }; // the fifth is a confidence
                })
                .toList();
    }
}
