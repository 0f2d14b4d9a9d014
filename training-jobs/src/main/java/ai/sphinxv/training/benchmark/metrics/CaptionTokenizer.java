package ai.sphinxv.training.benchmark.metrics;

import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.process.CoreLabelTokenFactory;
import edu.stanford.nlp.process.PTBTokenizer;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Captions as pycocoevalcap tokenizes them (metrics.md 2.1): the Penn Treebank tokenizer of CoreNLP 3.4.1 over all of
 * them as one text, in lower case, and then without punctuation. Brackets have become "-lrb-" by then and stay. Other
 * versions of CoreNLP cut differently.
 */
final class CaptionTokenizer {
    private static final Set<String> PUNCTUATION = Set.of(
            "''", "'", "``", "`", "-LRB-", "-RRB-", "-LCB-", "-RCB-", ".", "?", "!", ",", ":", "-", "--", "...", ";");

    private CaptionTokenizer() {}

    /**
     * All captions of one side at once, for where a caption stands decides now and then: "U.S." before a capital gets
     * a full stop of its own.
     *
     * @return as many, words with one space between
     */
    static List<String> tokenize(List<String> captions) {
        // The reference takes line breaks out but for \r and Unicode's own, and then confuses all captions after one.
        String text =
                captions.stream().map(caption -> caption.replaceAll("\\R", " ")).collect(Collectors.joining("\n"));
        List<String> lines = lines(text);
        if (lines.size() < captions.size()) {
            throw new IllegalStateException(
                    "the tokenizer made %d lines of %d captions".formatted(lines.size(), captions.size()));
        }
        return lines.stream()
                .limit(captions.size())
                .map(CaptionTokenizer::withoutPunctuation)
                .toList();
    }

    private static List<String> lines(String text) {
        var tokenizer = new PTBTokenizer<CoreLabel>(new StringReader(text), new CoreLabelTokenFactory(), "tokenizeNLs");
        var lines = new ArrayList<String>();
        var line = new ArrayList<String>();
        while (tokenizer.hasNext()) {
            String word = tokenizer.next().word();
            if (word.equals(PTBTokenizer.getNewlineToken())) {
                lines.add(String.join(" ", line));
                line.clear();
            } else {
                line.add(word.toLowerCase(Locale.ENGLISH));
            }
        }
        lines.add(String.join(" ", line));
        return lines;
    }

    private static String withoutPunctuation(String line) {
        return Arrays.stream(line.split(" ", -1))
                .filter(word -> !PUNCTUATION.contains(word))
                .collect(Collectors.joining(" "));
    }
}
