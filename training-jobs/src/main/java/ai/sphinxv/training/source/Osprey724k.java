package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Osprey-724K, a list: {@code file_name}, {@code width}, {@code height}, {@code annotation} with a bbox [x, y, width, height]
 * for each region, and {@code conversations} that name them {@code <region1>}, or one {@code description} for each.
 */
final class Osprey724k {
    private static final Pattern TAG = Pattern.compile("<\\s*region\\s*(\\d+)\\s*>", Pattern.CASE_INSENSITIVE);

    private Osprey724k() {}

    static void read(Path file, Intake intake) throws IOException {
        JsonRecords.read(file, entry -> {
            intake.read(1);
            var marks = new ArrayList<double[]>();
            entry.path("annotation").forEach(region -> marks.add(Numbers.edges(region.path("bbox"))));
            Dialogue dialogue = entry.path("description").isArray()
                    ? described(entry.path("description"), marks)
                    : new Dialogue(SampleTask.QA, marks, turns(entry.path("conversations")));
            String image = entry.path("file_name").asText();
            intake.accept(Dataset.OSPREY_724K.picture(
                    entry.path("id").asText(image),
                    image,
                    entry.path("width").asInt(),
                    entry.path("height").asInt(),
                    List.of(),
                    List.of(),
                    List.of(dialogue)));
        });
    }

    private static Dialogue described(JsonNode descriptions, List<double[]> marks) {
        var lines = new ArrayList<String>();
        for (JsonNode description : descriptions) {
            lines.add(Tags.of(lines.size() + 1) + ": "
                    + TAG.matcher(description.asText()).replaceAll("it").strip());
        }
        boolean isWhole = lines.size() == marks.size();
        return new Dialogue(
                SampleTask.DETAILED,
                marks,
                List.of(new Turn(
                        "Please provide a detailed description of each marked region in the image.",
                        isWhole ? String.join("\n", lines) : "")));
    }

    /** Questions and answers of a conversation in LLaVA's form. */
    static List<Turn> turns(JsonNode conversations) {
        var turns = new ArrayList<Turn>();
        for (int i = 0; i + 1 < conversations.size(); i += 2) {
            turns.add(new Turn(value(conversations.get(i)), value(conversations.get(i + 1))));
        }
        return turns;
    }

    private static String value(JsonNode message) {
        String text = message.path("value").asText().replace("<image>", "").strip();
        return TAG.matcher(text).replaceAll("<Region $1>");
    }
}
