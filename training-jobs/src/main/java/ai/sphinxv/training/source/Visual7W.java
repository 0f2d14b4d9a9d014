package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Visual7W's pointing questions: {@code images} with filename and qa_pairs (question, answer and multiple_choices, which are
 * numbers of boxes), {@code boxes} with box_id, x, y, width and height in pixels. The boxes of the choices become marks, the
 * answer's box its tag.
 */
final class Visual7W {
    private Visual7W() {}

    static void read(Path file, Intake intake) throws IOException {
        Map<Long, double[]> boxes = new HashMap<>();
        JsonRecords.read(
                file,
                Set.of("boxes"),
                (list, box) -> boxes.put(box.path("box_id").asLong(), new double[] {
                    box.path("x").asDouble(Double.NaN),
                    box.path("y").asDouble(Double.NaN),
                    box.path("x").asDouble() + box.path("width").asDouble(Double.NaN),
                    box.path("y").asDouble() + box.path("height").asDouble(Double.NaN)
                }));
        JsonRecords.read(file, Set.of("images"), (list, image) -> picture(image, boxes, intake));
    }

    private static void picture(JsonNode image, Map<Long, double[]> boxes, Intake intake) throws IOException {
        String name = image.path("filename").asText();
        int questions = image.path("qa_pairs").size();
        intake.read(questions);
        Optional<Dimension> size = intake.size(name);
        if (size.isEmpty()) {
            intake.drop("its picture is not there", questions);
            return;
        }
        var dialogues = new ArrayList<Dialogue>();
        for (JsonNode pair : image.path("qa_pairs")) {
            Optional<Dialogue> dialogue = dialogue(pair, boxes);
            dialogue.ifPresentOrElse(dialogues::add, () -> intake.drop("a box that it names is not there", 1));
        }
        intake.accept(Dataset.VISUAL7W.picture(
                image.path("image_id").asText(),
                name,
                size.get().width,
                size.get().height,
                List.of(),
                List.of(),
                dialogues));
    }

    private static Optional<Dialogue> dialogue(JsonNode pair, Map<Long, double[]> boxes) {
        long answer = pair.path("answer").asLong(-1);
        List<Long> choices = new ArrayList<>();
        pair.path("multiple_choices").forEach(choice -> choices.add(choice.asLong(-1)));
        int place = (int) Math.floorMod(pair.path("qa_id").asLong(), choices.size() + 1L); // anywhere, and always there
        choices.add(place, answer);
        if (!boxes.keySet().containsAll(choices)) {
            return Optional.empty();
        }
        String question = pair.path("question").asText().strip();
        String options = Tags.list(choices.size());
        return Optional.of(new Dialogue(
                SampleTask.QA,
                choices.stream().map(boxes::get).toList(),
                List.of(new Turn(
                        question.isEmpty() ? "" : "%s Choose from %s.".formatted(question, options),
                        Tags.of(place + 1)))));
    }
}
