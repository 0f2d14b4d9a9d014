package ai.sphinxv.training.engine;

import ai.sphinxv.training.source.PictureDomain;
import ai.sphinxv.training.source.SampleTask;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The paper's Tables 1 and 2 of our own shards, counted from the shards themselves, and what became of all that came in. */
final class Statistics {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Row> rows = new TreeMap<>();
    private final Set<String> pictures = new HashSet<>();
    private final Map<String, Long> licences = new TreeMap<>();
    private long samples;
    private long marks;

    private Statistics() {}

    /** A line of a table. */
    private static final class Row {
        private final Set<String> sources = new TreeSet<>();
        private long samples;
    }

    /**
     * As Markdown.
     *
     * @throws IllegalStateException if the shards do not hold what their manifest says
     */
    static String of(Path folder) throws IOException {
        var statistics = new Statistics();
        for (Path shard : ShardReader.shards(folder)) {
            ShardReader.read(shard, (sample, picture) -> {
                statistics.add(sample);
                return true;
            });
        }
        Path manifest = folder.resolve(ShardManifest.FILE);
        Map<String, Long> counts = Files.exists(manifest)
                ? BuildJob.counts(JSON.readTree(manifest.toFile()).path("counts"))
                : new TreeMap<>();
        return statistics.text(counts);
    }

    private void add(JsonNode sample) {
        samples++;
        marks += sample.path("points").size() + sample.path("bbox").size();
        pictures.add(
                sample.path("source").asText() + "\n" + sample.path("image").asText());
        licences.merge(sample.path("license").asText(), 1L, Long::sum);
        boolean isFirst = sample.path("stage").asInt() == 1;
        String name = isFirst
                ? "1 " + sample.path("domain").asText()
                : "2 " + sample.path("task").asText();
        Row row = rows.computeIfAbsent(name, any -> new Row());
        row.sources.add(sample.path("source").asText());
        row.samples++;
    }

    private String text(Map<String, Long> counts) {
        var text = new StringBuilder(
                "%,d samples with %,d marks on %,d pictures\n".formatted(samples, marks, pictures.size()));
        text.append("\nTable 1: stage 1\n\n| type | raw data | samples |\n| --- | --- | ---: |\n");
        for (PictureDomain domain : PictureDomain.values()) {
            row(text, domain.word(), "1 " + domain.word());
        }
        text.append("\nTable 2: stage 2\n\n| task | raw data | samples |\n| --- | --- | ---: |\n");
        for (SampleTask task : SampleTask.values()) {
            row(text, task.row(), "2 " + task.word());
        }
        text.append("\n| licence | samples |\n| --- | ---: |\n");
        licences.forEach((licence, count) -> text.append("| %s | %,d |\n".formatted(licence, count)));
        if (!counts.isEmpty()) {
            ledger(text, counts);
        }
        return text.toString();
    }

    private void row(StringBuilder text, String title, String name) {
        Row row = rows.get(name);
        if (row != null) {
            text.append("| %s | %s | %,d |\n".formatted(title, String.join(", ", row.sources), row.samples));
        }
    }

    private void ledger(StringBuilder text, Map<String, Long> counts) {
        Counts.requireExact(counts);
        if (counts.getOrDefault(Counts.SAMPLES_KEPT, 0L) != samples) {
            throw new IllegalStateException("the manifest says %d samples, the shards have %d"
                    .formatted(counts.getOrDefault(Counts.SAMPLES_KEPT, 0L), samples));
        }
        text.append("\n| | in | kept | dropped |\n| --- | ---: | ---: | ---: |\n");
        for (String what : new String[] {"lines", "annotations", "samples"}) {
            text.append("| %s | %,d | %,d | %,d |\n"
                    .formatted(
                            what,
                            counts.getOrDefault(what + "/in", 0L),
                            counts.getOrDefault(what + "/kept", 0L),
                            Counts.dropped(counts, what)));
        }
        counts.forEach((name, count) -> {
            int reason = name.indexOf("/dropped/");
            if (reason > 0) {
                text.append("| - %s: %s | | | %,d |\n"
                        .formatted(name.substring(0, reason), name.substring(reason + "/dropped/".length()), count));
            }
        });
    }
}
