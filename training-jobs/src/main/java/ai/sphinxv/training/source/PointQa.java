package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Point-QA, one question a line: {@code file_path}, {@code question} (or {@code obj_question}), {@code answer}, and
 * {@code point} [x, y] or {@code bbox} [left, top, right, bottom] in pixels. The question does not name the mark ("What color
 * is this shirt?"), so it is named at the first "this", or else at the end.
 */
final class PointQa {
    private PointQa() {}

    static void read(Path file, Intake intake) throws IOException {
        JsonRecords.read(file, row -> {
            intake.read(1);
            String image = row.path("file_path").asText();
            Optional<Dimension> size = intake.size(image);
            if (size.isEmpty()) {
                intake.drop("its picture is not there", 1);
                return;
            }
            JsonNode mark = row.path(row.path("point").isArray() ? "point" : "bbox");
            String question =
                    row.path("question").asText(row.path("obj_question").asText());
            var turn = new Turn(named(question), row.path("answer").asText());
            intake.accept(Dataset.POINT_QA.picture(
                    image,
                    image,
                    size.get().width,
                    size.get().height,
                    List.of(),
                    List.of(),
                    List.of(new Dialogue(SampleTask.QA, List.of(Numbers.of(mark)), List.of(turn)))));
        });
    }

    static String named(String question) {
        String tag = "<Region 1>";
        int at = (" " + question.toLowerCase(Locale.ROOT)).indexOf(" this ");
        if (at >= 0) { // "this shirt" becomes "the shirt <Region 1>": the noun ends at the next space or mark
            int from = at + "this ".length();
            int to = from;
            while (to < question.length() && Character.isLetterOrDigit(question.charAt(to))) {
                to++;
            }
            String the = at == 0 ? "The " : "the ";
            return question.substring(0, at) + the + question.substring(from, to) + " " + tag + question.substring(to);
        }
        String bare = question.strip().replaceAll("\\?$", "").strip();
        return question.isBlank() ? "" : "%s at %s?".formatted(bare, tag);
    }
}
