package ai.sphinxv.training.engine;

import ai.sphinxv.training.source.PictureDomain;
import ai.sphinxv.training.source.SampleTask;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The paper's Tables 1 and 2 of our own shards, counted from the shards themselves, and what became of all that came in. */
final class Statistics {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the paper's tables say. */
    private static final Map<String, String> PUBLISHED = Map.ofEntries(
            Map.entry("Natural", "4.6M"),
            Map.entry("Document layout", "3.1M"),
            Map.entry("OCR Spotting", "550K"),
            Map.entry("Android & Web", "300K"),
            Map.entry(SampleTask.CATEGORY.row(), "2.0M"),
            Map.entry(SampleTask.BRIEF.row(), "1.2M"),
            Map.entry(SampleTask.DETAILED.row(), "752K"),
            Map.entry(SampleTask.RELATION.row(), "1.1M"),
            Map.entry(SampleTask.SUMMARY.row(), "1.2M"),
            Map.entry(SampleTask.WHOLE.row(), "1.2M"),
            Map.entry(SampleTask.QA.row(), "2.3M"));

    private final Map<String, Row> rows = new TreeMap<>();

    /** By 64 bits each, of which no two of a thousand million are likely the same. */
    private final Set<Long> pictures = new HashSet<>();

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
        pictures.add(PictureKey.hash(
                sample.path("source").asText() + "\n" + sample.path("image").asText()));
        licences.merge(sample.path("license").asText(), 1L, Long::sum);
        boolean isFirst = sample.path("stage").asInt() == 1;
        String name = isFirst
                ? "1 " + type(PictureDomain.of(sample.path("domain").asText()))
                : "2 " + SampleTask.of(sample.path("task").asText()).row();
        Row row = rows.computeIfAbsent(name, any -> new Row());
        row.sources.add(sample.path("source").asText());
        row.samples++;
    }

    private String text(Map<String, Long> counts) {
        var text = new StringBuilder(
                "%,d samples with %,d marks on %,d pictures\n".formatted(samples, marks, pictures.size()));
        text.append(
                "\nTable 1: stage 1\n\n| type | raw data | samples | in the paper |\n| --- | --- | ---: | ---: |\n");
        Arrays.stream(PictureDomain.values())
                .map(Statistics::type)
                .distinct()
                .forEach(type -> row(text, type, "1 " + type));
        text.append(
                "\nTable 2: stage 2\n\n| task | raw data | samples | in the paper |\n| --- | --- | ---: | ---: |\n");
        for (SampleTask task : SampleTask.values()) {
            row(text, task.row(), "2 " + task.row());
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
            text.append("| %s | %s | %,d | %s |\n"
                    .formatted(title, String.join(", ", row.sources), row.samples, PUBLISHED.getOrDefault(title, "")));
        }
    }

    /** As the paper's Table 1 calls it; multi-panel pictures are in Table 2 only. */
    private static String type(PictureDomain domain) {
        return switch (domain) {
            case NATURAL -> "Natural";
            case DOCUMENT -> "Document layout";
            case OCR -> "OCR Spotting";
            case WEB_SCREENSHOT, MOBILE_SCREENSHOT -> "Android & Web";
            case MULTI_PANEL -> "Multi-panel";
        };
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
