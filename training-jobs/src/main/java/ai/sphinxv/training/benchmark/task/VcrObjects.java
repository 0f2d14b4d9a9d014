package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.training.benchmark.metrics.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The detected objects of a VCR picture, which its texts name by their numbers: {@code ["Why", "is", [0, 2], "smiling", "?"]}.
 *
 * @param names a class each
 * @param metadata of the picture: {@code boxes} of left, top, right, bottom, score in pixels, {@code width}, {@code height}
 */
record VcrObjects(List<String> names, Field metadata) {
    private static final int MOST = 10;

    VcrObjects {
        metadata.get("boxes").list(names.size());
    }

    /** A text that names objects as regions, in the order in which it first names them. */
    Said saying(Field... tokens) {
        var said = new Said(this, new LinkedHashMap<>());
        said.texts.add(Arrays.stream(tokens).map(said::more).collect(Collectors.joining(" ")));
        return said;
    }

    /** @param regions the number of each object that has one, from 1 */
    record Said(VcrObjects objects, Map<Integer, Integer> regions, List<String> texts) {
        private Said(VcrObjects objects, Map<Integer, Integer> regions) {
            this(objects, regions, new ArrayList<>());
        }

        String text() {
            return String.join(" ", texts);
        }

        /** Another text about the same objects and more. */
        String more(Field tokens) {
            return tokens.list().stream()
                    .map(token -> token.isList() ? objects(token) : token.text())
                    .collect(Collectors.joining(" "));
        }

        private String objects(Field token) {
            return token.list().stream().map(this::name).collect(Collectors.joining(", "));
        }

        /** An eleventh object has no mark and goes by its class. */
        private String name(Field object) {
            int number = object.integer();
            if (number < 0 || number >= objects.names.size()) {
                throw object.wrong("the number of an object, from 0 to %d,".formatted(objects.names.size() - 1));
            }
            if (regions.size() < MOST) {
                regions.putIfAbsent(number, regions.size() + 1);
            }
            Integer region = regions.get(number);
            return region == null ? objects.names.get(number) : "<Region %d>".formatted(region);
        }

        /** A box for each region; where no object is named, one around the picture. */
        List<VisualPrompt> marks() {
            if (regions.isEmpty()) {
                Field metadata = objects.metadata;
                return List.of(new Box(
                        0,
                        0,
                        metadata.get("width").number(),
                        metadata.get("height").number()));
            }
            List<Field> boxes = objects.metadata.get("boxes").list();
            return regions.keySet().stream()
                    .map(number -> (VisualPrompt) AnnotatedMarks.cornersAndScore(boxes.get(number)))
                    .toList();
        }
    }
}
