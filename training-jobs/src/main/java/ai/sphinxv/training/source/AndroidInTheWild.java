package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.TfRecords.Feature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Android in the Wild as it is published, a folder of TFRecord files or one of them, or the same features as JSON, one screen
 * a line: {@code episode_id}, {@code step_id}, {@code image/width}, {@code image/height},
 * {@code image/ui_annotations_positions} (top, left, height and width of each element as shares of the screen, one after the
 * other), {@code image/ui_annotations_text} and {@code image/ui_annotations_ui_types}. The screen's file is EPISODE/STEP.png;
 * a TFRecord has its pixels in {@code image/encoded}, row by row, and the file is made where a folder of pictures is given.
 */
final class AndroidInTheWild {
    private static final String PIXELS = "image/encoded";

    private static final Map<String, Feature> FEATURES = Map.of(
            "episode_id",
            Feature.TEXT,
            "step_id",
            Feature.NUMBER,
            "image/width",
            Feature.NUMBER,
            "image/height",
            Feature.NUMBER,
            "image/ui_annotations_positions",
            Feature.NUMBERS,
            "image/ui_annotations_text",
            Feature.TEXTS,
            "image/ui_annotations_ui_types",
            Feature.TEXTS,
            PIXELS,
            Feature.BYTES);

    private AndroidInTheWild() {}

    static void read(Path from, Intake intake) throws IOException {
        if (from.toString().endsWith(".json") || from.toString().endsWith(".jsonl")) {
            JsonRecords.read(from, screen -> screen(screen, intake));
            return;
        }
        for (Path file : Files.isDirectory(from) ? FolderFiles.of(from, "") : List.of(from)) {
            TfRecords.read(file, FEATURES, screen -> screen(screen, intake));
        }
    }

    private static void screen(JsonNode screen, Intake intake) throws IOException {
        int width = screen.path("image/width").asInt();
        int height = screen.path("image/height").asInt();
        double[] positions = Numbers.of(screen.path("image/ui_annotations_positions"));
        JsonNode types = screen.path("image/ui_annotations_ui_types");
        JsonNode texts = screen.path("image/ui_annotations_text");
        intake.read(types.size());
        if (positions.length != 4 * types.size() || texts.size() != types.size()) {
            intake.drop("the line cannot be read", types.size());
            return;
        }
        String id = screen.path("episode_id").asText() + "/"
                + screen.path("step_id").asText();
        byte[] pixels = screen.path(PIXELS).binaryValue();
        if (pixels != null && !intake.keep(id + ".png", width, height, pixels)) {
            intake.drop("its pixels do not fit its size", types.size());
            return;
        }
        var parts = new ArrayList<Part>();
        for (int i = 0; i < types.size(); i++) {
            double top = positions[4 * i] * height;
            double left = positions[4 * i + 1] * width;
            double[] box = {left, top, left + positions[4 * i + 3] * width, top + positions[4 * i + 2] * height};
            parts.add(new Part(box, label(types.get(i).asText()), texts.get(i).asText(), List.of(), null));
        }
        intake.accept(Dataset.AITW.picture(id, id + ".png", width, height, parts, List.of(), List.of()));
    }

    /** "ICON_NAV_BAR_CIRCLE" is an "icon nav bar circle". */
    private static String label(String type) {
        return type.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
