package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Android in the Wild, one screen a line, with the features of its TFRecords by their names: {@code episode_id},
 * {@code step_id}, {@code image/width}, {@code image/height}, {@code image/ui_annotations_positions} (top, left, height and
 * width of each element as shares of the screen, one after the other), {@code image/ui_annotations_text} and
 * {@code image/ui_annotations_ui_types}. The screen's file is EPISODE/STEP.png.
 */
final class AndroidInTheWild {
    private AndroidInTheWild() {}

    static void read(Path file, Intake intake) throws IOException {
        JsonRecords.read(file, screen -> {
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
            var parts = new ArrayList<Part>();
            for (int i = 0; i < types.size(); i++) {
                double top = positions[4 * i] * height;
                double left = positions[4 * i + 1] * width;
                double[] box = {left, top, left + positions[4 * i + 3] * width, top + positions[4 * i + 2] * height};
                parts.add(
                        new Part(box, label(types.get(i).asText()), texts.get(i).asText(), List.of(), null));
            }
            String id = screen.path("episode_id").asText() + "/"
                    + screen.path("step_id").asText();
            intake.accept(Dataset.AITW.picture(id, id + ".png", width, height, parts, List.of(), List.of()));
        });
    }

    /** "ICON_NAV_BAR_CIRCLE" is an "icon nav bar circle". */
    private static String label(String type) {
        return type.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
