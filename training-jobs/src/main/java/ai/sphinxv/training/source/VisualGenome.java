package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.AnnotatedPicture.Relation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Visual Genome, a folder with image_data.json (sizes) and any of objects.json, region_descriptions.json and
 * relationships.json, each a list with one entry a picture.
 */
final class VisualGenome {
    private static final List<String> FILES =
            List.of("image_data.json", "objects.json", "region_descriptions.json", "relationships.json");

    private final Intake intake;
    private final List<Part> parts = new ArrayList<>();
    private final List<Relation> relations = new ArrayList<>();
    private final Map<String, Integer> ends = new HashMap<>();
    private @Nullable JsonNode image;

    private VisualGenome(Intake intake) {
        this.intake = intake;
    }

    static void read(Path folder, Intake intake) throws IOException {
        try (var groups = new DiskGroups(intake.scratch())) {
            for (int kind = 0; kind < FILES.size(); kind++) {
                Path file = folder.resolve(FILES.get(kind));
                if (kind == 0 || Files.exists(file)) {
                    int ofKind = kind;
                    JsonRecords.read(file, entry -> {
                        intake.read(annotations(entry));
                        groups.add(id(entry), ofKind, JsonRecords.JSON.writeValueAsBytes(entry));
                    });
                }
            }
            groups.forEach((id, items) -> new VisualGenome(intake).picture(id, items));
        }
    }

    private static String id(JsonNode entry) {
        return entry.path("image_id").asText(entry.path("id").asText());
    }

    private static int annotations(JsonNode entry) {
        return entry.path("objects").size()
                + entry.path("regions").size()
                + entry.path("relationships").size();
    }

    private void picture(String id, List<DiskGroups.Item> items) throws IOException {
        int count = 0;
        for (DiskGroups.Item item : items) {
            JsonNode entry = JsonRecords.JSON.readTree(item.json());
            count += annotations(entry);
            if (item.kind() == 0) {
                image = entry;
            }
            for (JsonNode one : entry.path("objects")) {
                ends.putIfAbsent(one.path("object_id").asText(), parts.size());
                part(one, name(one), List.of());
            }
            entry.path("regions")
                    .forEach(one -> part(one, "", List.of(one.path("phrase").asText())));
            entry.path("relationships").forEach(this::relation);
        }
        if (image == null) {
            intake.drop("of a picture that the file does not list", count);
            return;
        }
        String url = image.path("url").asText("VG_100K/%s.jpg".formatted(id));
        intake.accept(Dataset.VISUAL_GENOME.picture(
                id,
                url.substring(url.lastIndexOf('/', url.lastIndexOf('/') - 1) + 1),
                image.path("width").asInt(),
                image.path("height").asInt(),
                parts,
                relations,
                List.of()));
    }

    private void part(JsonNode one, String label, List<String> descriptions) {
        parts.add(new Part(box(one), label, null, descriptions, null));
    }

    private void relation(JsonNode one) {
        relations.add(
                new Relation(end(one.path("subject")), one.path("predicate").asText(), end(one.path("object"))));
    }

    /** Where the object is among the parts, to which it is added where objects.json does not name it. */
    private int end(JsonNode one) {
        return ends.computeIfAbsent(one.path("object_id").asText(), any -> {
            intake.read(1);
            part(one, name(one), List.of());
            return parts.size() - 1;
        });
    }

    private static String name(JsonNode one) {
        return one.path("names").path(0).asText(one.path("name").asText());
    }

    private static double[] box(JsonNode one) {
        var box = JsonNodeFactory.instance.arrayNode();
        box.add(one.path("x"))
                .add(one.path("y"))
                .add(one.has("w") ? one.path("w") : one.path("width"))
                .add(one.has("h") ? one.path("h") : one.path("height"));
        return Numbers.edges(box);
    }
}
