package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.training.benchmark.metrics.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Draw-and-Understand's evaluation files: a list of {@code image_name}, {@code question}, {@code question_id},
 * {@code gt_answers}, and {@code bbox} or {@code points}. A copy with an item a line, and {@code image} for the name, is
 * read too.
 */
final class RegionAnnotations {
    private RegionAnnotations() {}

    /**
     * Its items, the truth being {@code gt_answers}.
     *
     * @param group of all, where an item has no {@code phase} of its own
     * @param maxTokens of an item, by its group
     */
    static List<Item> read(DataFolder data, Path file, String group, ToIntFunction<String> maxTokens)
            throws IOException {
        List<Field> entries = file.toString().endsWith(".jsonl")
                ? Field.lines(file)
                : Field.read(file).list();
        var items = new ArrayList<Item>();
        var ids = new HashSet<String>();
        for (Field entry : entries) {
            String of = entry.find("phase").map(Field::text).orElse(group);
            Field number = entry.get("question_id");
            String id = "%s/%s".formatted(of, number.value().asText());
            if (!ids.add(id)) {
                throw number.wrong("a question_id that no other item of %s has".formatted(of));
            }
            Field answers = entry.get("gt_answers");
            answers.text();
            items.add(new Item(
                    id,
                    of,
                    data.picture(file, entry.get(entry.has("image") ? "image" : "image_name")),
                    AnnotatedMarks.of(entry),
                    entry.get("question").text(),
                    maxTokens.applyAsInt(of),
                    answers.value()));
        }
        return items;
    }
}
