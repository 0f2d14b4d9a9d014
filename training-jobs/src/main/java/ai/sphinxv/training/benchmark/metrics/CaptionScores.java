package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All scores of a corpus of captions. BLEU and METEOR of the whole come from added counts, ROUGE-L and CIDEr are means;
 * intervals are of resampled items, with CIDEr's rarities of the whole corpus kept.
 *
 * @param rouge for each caption
 * @param cider for each caption
 * @param meteor counts for each caption, by the name of the variant
 */
record CaptionScores(
        List<Tokenized> captions,
        List<Bleu> bleu,
        double[] rouge,
        double[] cider,
        Map<String, List<MeteorStatistics>> meteor) {

    /** A caption and its references, words with one space between. */
    record Tokenized(String id, List<String> references, String caption) {}

    /** All but METEOR. */
    static CaptionScores of(List<Tokenized> captions) {
        List<NGrams> said = captions.stream().map(one -> NGrams.of(one.caption)).toList();
        List<List<NGrams>> meant = captions.stream()
                .map(one -> one.references.stream().map(NGrams::of).toList())
                .toList();
        var cider = new Cider(meant);
        int[] all = IntStream.range(0, captions.size()).toArray();
        return new CaptionScores(
                captions,
                Arrays.stream(all)
                        .mapToObj(i -> Bleu.of(said.get(i), meant.get(i)))
                        .toList(),
                captions.stream()
                        .mapToDouble(one -> RougeL.score(one.caption, one.references))
                        .toArray(),
                Arrays.stream(all)
                        .mapToDouble(i -> cider.score(said.get(i), meant.get(i)))
                        .toArray(),
                new LinkedHashMap<>());
    }

    /** METEOR, or a variant of that name. */
    void add(String name, Meteor variant) {
        meteor.put(
                name,
                captions.stream()
                        .map(one -> variant.statistics(one.caption, one.references))
                        .toList());
    }

    /** Figures of the whole with their intervals: BLEU, ROUGE-L and METEOR 0 to 1, CIDEr 0 to 10. */
    Map<String, Estimate> estimates() {
        var estimates = new LinkedHashMap<String, Estimate>();
        int n = captions.size();
        for (int k = 0; k < NGrams.LONGEST; k++) {
            int length = k;
            estimates.put(
                    "Bleu_" + (k + 1),
                    Bootstrap.STANDARD.estimate(n, n, chosen -> bleu(chosen).scores()[length]));
        }
        estimates.put("ROUGE_L", Bootstrap.STANDARD.mean(rouge));
        estimates.put("CIDEr", Bootstrap.STANDARD.mean(cider));
        meteor.forEach((name, statistics) -> estimates.put(
                name,
                Bootstrap.STANDARD.estimate(
                        n, n, chosen -> sum(statistics, chosen).score())));
        return estimates;
    }

    void items(ArrayNode json) {
        for (int i = 0; i < captions.size(); i++) {
            Tokenized caption = captions.get(i);
            ObjectNode item = json.addObject()
                    .put("id", caption.id)
                    .putPOJO("refsTokenized", caption.references)
                    .put("hypTokenized", caption.caption)
                    .putPOJO("Bleu", bleu.get(i).scores())
                    .put("ROUGE_L", rouge[i])
                    .put("CIDEr", cider[i]);
            for (Map.Entry<String, List<MeteorStatistics>> variant : meteor.entrySet()) {
                MeteorStatistics statistics = variant.getValue().get(i);
                item.put(variant.getKey(), statistics.score());
                item.put(variant.getKey() + "_stats", statistics.toString());
            }
        }
    }

    private Bleu bleu(int[] chosen) {
        return Arrays.stream(chosen).mapToObj(bleu::get).reduce(Bleu.none(), Bleu::plus);
    }

    private static MeteorStatistics sum(List<MeteorStatistics> statistics, int[] chosen) {
        return Arrays.stream(chosen).mapToObj(statistics::get).reduce(MeteorStatistics.none(), MeteorStatistics::plus);
    }
}
