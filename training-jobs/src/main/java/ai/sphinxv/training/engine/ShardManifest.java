package ai.sphinxv.training.engine;

import ai.sphinxv.training.engine.ShardWriter.Shard;
import ai.sphinxv.training.files.WholeFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * manifest.json beside the shards, written last: what they were made of, with SHA-256; the shards, with SHA-256; and what came
 * in, was kept and was dropped and why, which is exact. It says nothing of the machine or the hour.
 */
final class ShardManifest {
    static final String FILE = "manifest.json";
    private static final String JOB = "job.txt";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ShardManifest() {}

    /**
     * The counts, if the shards are all there.
     *
     * @throws IllegalArgumentException if they are of another job
     */
    static Optional<Map<String, Long>> finished(Path out, String job) throws IOException {
        Path file = out.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode json = JSON.readTree(file.toFile());
        if (!json.path("job").asText().equals(job)) {
            throw new IllegalArgumentException(
                    "%s holds the shards of another input or other settings: give another folder, or delete it"
                            .formatted(out));
        }
        return Optional.of(BuildJob.counts(json.path("counts")));
    }

    /**
     * Takes the folder for that job, or goes on with it; what a run that was killed had half written is deleted.
     *
     * @throws IllegalArgumentException if another job was begun there
     */
    static void claim(Path out, Path work, String job) throws IOException {
        Path file = work.resolve(JOB);
        if (Files.exists(file) && !Files.readString(file).equals(job)) {
            throw new IllegalArgumentException(
                    "%s holds another job that is not finished: give another folder, or delete it".formatted(work));
        }
        WholeFile.write(file, job.getBytes(StandardCharsets.UTF_8));
        for (Path folder : List.of(out, work)) {
            try (var halves = Files.newDirectoryStream(folder, "*.tmp")) {
                for (Path half : halves) {
                    Files.delete(half);
                }
            }
        }
    }

    static void write(
            Path out,
            BuildInput input,
            Map<String, Long> watched,
            int pictures,
            List<Shard> shards,
            Map<String, Long> counts)
            throws IOException {
        Counts.requireExact(counts);
        ObjectNode json = JSON.createObjectNode().put("job", input.job()).put("format", 1);
        ArrayNode files = json.putArray("inputs");
        for (int i = 0; i < input.files().size(); i++) {
            files.addObject()
                    .put("file", String.valueOf(input.files().get(i).getFileName()))
                    .put("sha256", input.digests().get(i));
        }
        ObjectNode benchmarks = json.putObject("benchmarks");
        watched.forEach(benchmarks::put);
        json.put("picturesSeen", pictures).put("settings", input.config().toString());
        json.set("counts", JSON.valueToTree(new TreeMap<>(counts)));
        json.set("shards", JSON.valueToTree(shards));
        byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
        WholeFile.write(out.resolve(FILE), bytes);
    }
}
