package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * BLEU, ROUGE-L, CIDEr and METEOR of captions, tokenized and scored as pycocoevalcap does (metrics.md 2). An item whose
 * caption is missing (null) is not in the corpus in {@code paper} mode; in {@code strict} mode it has an empty caption.
 */
final class Captions {
    private static final String VARIANT =
            "METEOR_noParaphrase is no METEOR 1.5: it lacks METEOR's paraphrase table and is"
                    + " a lower bound of it. A score by a table is named after the table; by METEOR's own it is METEOR";

    private final Path meteorFolder;
    private final Path paraphrases;

    /**
     * @param meteorFolder of METEOR's word lists, without which there is no METEOR
     * @param paraphrases a table of them, which may be missing
     */
    Captions(Path meteorFolder, Path paraphrases) {
        this.meteorFolder = meteorFolder;
        this.paraphrases = paraphrases;
    }

    private record Item(
            String id, List<String> references, @Nullable String caption) {}

    /** A list of {id, refs, hyp} in, tokens and scores of each and of all out. */
    ObjectNode score(Field input) throws IOException {
        List<Item> items = input.list().stream().map(Captions::item).toList();
        List<Item> given = items.stream().filter(item -> item.caption != null).toList();
        if (given.isEmpty()) {
            throw input.wrong("at least one item with a caption (hyp)");
        }
        CaptionScores paper = scores(given);
        Map<String, Estimate> paperFigures = paper.estimates();
        Map<String, Estimate> strictFigures =
                given.size() == items.size() ? paperFigures : scores(items).estimates();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("set", set(input)).put("n", given.size());
        json.put("meteor", paper.meteor().isEmpty() ? missing() : VARIANT);
        ObjectNode corpus = json.putObject("corpus");
        paperFigures.forEach((name, figure) -> corpus.put(name, figure.value()));
        paper.items(json.putArray("items"));
        var report = new BothModes();
        paperFigures.forEach(report::paper);
        strictFigures.forEach(report::strict);
        return report.into(json);
    }

    /** "refcocog" of captions-refcocog.input.json. */
    private static String set(Field input) {
        return input.place().replaceAll("^captions-|(?:\\.input)?(?:\\.json)?: $", "");
    }

    private String missing() {
        return "not measured: %s and %s of METEOR 1.5 are not in %s; give -Dmeteor=FOLDER"
                .formatted(MeteorData.FUNCTION_WORDS, MeteorData.PREFIXES, meteorFolder);
    }

    private static Item item(Field item) {
        Field references = item.get("refs");
        if (references.texts().isEmpty()) {
            throw references.wrong("at least one reference");
        }
        var id = item.get("id").value().asText();
        return new Item(
                id, references.texts(), item.find("hyp").map(Field::text).orElse(null));
    }

    private CaptionScores scores(List<Item> items) throws IOException {
        List<String> captions = CaptionTokenizer.tokenize(items.stream()
                .map(item -> Objects.requireNonNullElse(item.caption, ""))
                .toList());
        List<String> references = CaptionTokenizer.tokenize(
                items.stream().flatMap(item -> item.references.stream()).toList());
        var tokenized = new ArrayList<CaptionScores.Tokenized>();
        int next = 0;
        for (int i = 0; i < items.size(); i++) {
            int count = items.get(i).references.size();
            tokenized.add(new CaptionScores.Tokenized(
                    items.get(i).id, references.subList(next, next + count), captions.get(i)));
            next += count;
        }
        CaptionScores scores = CaptionScores.of(tokenized);
        var data = MeteorData.open(meteorFolder);
        if (data.isPresent()) {
            for (ParaphraseTable table : tables(data.get(), captions, references)) {
                scores.add(table.name(), data.get().with(table));
            }
        }
        return scores;
    }

    private List<ParaphraseTable> tables(MeteorData data, List<String> captions, List<String> references)
            throws IOException {
        if (!Files.exists(paraphrases)) {
            return List.of(ParaphraseTable.none());
        }
        var words = data.words(Stream.concat(captions.stream(), references.stream()));
        return List.of(ParaphraseTable.none(), ParaphraseTable.read(paraphrases, words::contains));
    }
}
