package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.training.benchmark.metrics.Field;
import ai.sphinxv.training.benchmark.metrics.Part;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** BLEU, ROUGE-L, CIDEr and METEOR of answers, one reference each (metrics.md 2). */
final class CaptionFigures {
    private static final String NO_TABLE = "METEOR_noParaphrase";

    private CaptionFigures() {}

    /** METEOR without its paraphrase table is another figure than METEOR, so it has another column. */
    static List<Column> columns(@Nullable Double meteor, @Nullable Double cider) {
        return List.of(
                Column.percent("METEOR", "METEOR", meteor),
                Column.percent("METEOR, no paraphrases (variant)", NO_TABLE, null),
                Column.percent("CIDEr", "CIDEr", cider),
                Column.percent("BLEU-4", "Bleu_4", null),
                Column.percent("ROUGE-L", "ROUGE_L", null));
    }

    /** @param said null where nothing was: the paper's mode drops the item, the strict mode scores an empty text */
    static Scored of(
            List<Answered> answers,
            Function<Answered, @Nullable String> said,
            Function<Item, String> reference,
            Scorer scorer)
            throws IOException {
        if (answers.stream().allMatch(one -> said.apply(one) == null)) {
            return Scored.none("not one answer says anything of what was asked");
        }
        var input = JsonNodeFactory.instance.arrayNode();
        for (Answered one : answers) {
            var item = input.addObject().put("id", one.item().id()).put("hyp", said.apply(one));
            item.putArray("refs").add(reference.apply(one.item()));
        }
        JsonNode result = scorer.score(new Field("answers: ", input));
        return Scored.of(result, items(answers, result.path("items")));
    }

    /** Means over items; what is not there, because nothing was said, is 0. */
    private static Map<String, Map<String, Part>> items(List<Answered> answers, JsonNode scored) {
        var byId = new HashMap<String, JsonNode>();
        scored.forEach(item -> byId.put(item.path("id").asText(), item));
        var items = new TreeMap<String, Map<String, Part>>();
        for (String figure : List.of("CIDEr", "ROUGE_L", "METEOR", NO_TABLE)) {
            var parts = new LinkedHashMap<String, Part>();
            for (Answered one : answers) {
                JsonNode item = byId.get(one.item().id());
                if (item == null || item.has(figure)) {
                    double value = item == null ? 0 : item.path(figure).asDouble();
                    parts.put(one.item().id(), new Part(value, 1));
                }
            }
            items.put(figure, parts);
        }
        return items;
    }
}
