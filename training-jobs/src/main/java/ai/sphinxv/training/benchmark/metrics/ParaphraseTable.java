package ai.sphinxv.training.benchmark.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Phrases that may stand for each other. METEOR 1.5's own table is a file of 61 MB, paraphrase-en.gz, that is not to be
 * had here; without it, or with another one, the score is a variant of METEOR and says so by its name.
 *
 * @param name what a score by this table is called
 */
record ParaphraseTable(String name, Map<List<String>, Set<List<String>>> phrases) {
    private static final String FILE = "paraphrase-en.gz";

    /** Nothing stands for anything: a lower bound of METEOR. */
    static ParaphraseTable none() {
        return new ParaphraseTable("METEOR_noParaphrase", Map.of());
    }

    /**
     * @param table three lines for each entry, in gzip: a probability, which METEOR does not look at, a phrase, and what
     *     may stand in its place
     * @param isUsed whether a word stands anywhere in the captions; entries with other words are not kept
     */
    static ParaphraseTable read(Path table, Predicate<String> isUsed) throws IOException {
        var phrases = new HashMap<List<String>, Set<List<String>>>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(table)), StandardCharsets.UTF_8))) {
            int entries = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                entries++;
                List<String> phrase = phrase(lines.readLine(), table, entries);
                List<String> paraphrase = phrase(lines.readLine(), table, entries);
                if (Stream.concat(phrase.stream(), paraphrase.stream()).allMatch(isUsed)) {
                    phrases.computeIfAbsent(phrase, one -> new LinkedHashSet<>())
                            .add(paraphrase);
                }
            }
        }
        return new ParaphraseTable(name(table), phrases);
    }

    /** METEOR by METEOR's own table; "synthetic-paraphrase-en.gz" gives METEOR_syntheticParaphrase. */
    private static String name(Path table) {
        String file = String.valueOf(table.getFileName());
        if (file.equals(FILE)) {
            return "METEOR";
        }
        String kind = file.endsWith("-" + FILE) ? file.substring(0, file.length() - FILE.length() - 1) : "other";
        return "METEOR_%sParaphrase".formatted(kind);
    }

    private static List<String> phrase(@Nullable String line, Path table, int entry) throws IOException {
        if (line == null || line.isBlank()) {
            throw new IOException("%s: entry %d has no phrase; three lines are needed for each: probability, phrase,"
                            .formatted(table, entry)
                    + " paraphrase");
        }
        return PythonText.split(line);
    }
}
