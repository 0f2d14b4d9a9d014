package ai.sphinxv.training.engine;

import ai.sphinxv.runtime.bundle.Sha256;
import ai.sphinxv.training.files.WholeFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a part of the samples as WebDataset shards: a tar whose entries ID.json (and ID.jpg where pictures are packed) are
 * one sample. Tar because it is read from beginning to end at the disk's speed, holds pictures as they are, and every tool
 * of the field takes it; Parquet would have to carry pictures as columns.
 *
 * @param out folder of the shards
 * @param packed where pictures lie that go into the shards; nothing to leave them where they are
 */
record ShardWriter(String out, @Nullable Pictures packed) implements Serializable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A shard is cut before it grows larger, bytes. */
    private static final long MOST_BYTES = 512 << 20;

    /** A written shard. */
    record Shard(String file, String split, long samples, long bytes, String sha256) {}

    /** What was written, and what became of the samples: names as in {@link Counts}. */
    record Written(List<Shard> shards, Tally counts) {}

    /**
     * Writes them by split, in the order of their ids.
     *
     * @param samples in any order, several times where several sources have them
     */
    Written write(int part, List<String> samples) throws IOException {
        var counts = new Tally();
        var kept = new ArrayList<String>();
        for (String sample : new TreeSet<>(samples)) { // of equal samples the source that is first by name stays
            if (!kept.isEmpty() && MdvpSample.id(kept.getLast()).equals(MdvpSample.id(sample))) {
                continue;
            }
            kept.add(sample);
        }
        counts.add(Counts.SAMPLES_KEPT, kept.size());
        counts.add(Counts.SAMPLES_DROPPED + "an exact duplicate", samples.size() - kept.size());
        var shards = new ArrayList<Shard>();
        for (String split : List.of(LineToSamples.TRAIN, LineToSamples.HELD_OUT)) {
            String word = "\"split\":\"%s\"".formatted(split);
            shards(
                    part,
                    split,
                    kept.stream().filter(sample -> head(sample).contains(word)).toList(),
                    shards);
        }
        return new Written(shards, counts);
    }

    private static String head(String sample) {
        return sample.substring(0, sample.indexOf(",\"conversations\":"));
    }

    private void shards(int part, String split, List<String> samples, List<Shard> shards) throws IOException {
        int from = 0;
        for (int number = 0; from < samples.size(); number++) {
            String name = "%s-%04d-%03d".formatted(split, part, number);
            List<String> left = samples.subList(from, samples.size());
            int[] count = new int[1];
            MessageDigest digest = sha256();
            Path file = Path.of(out, name + ".tar");
            WholeFile.write(file, stream -> count[0] = tar(new DigestOutputStream(stream, digest), left));
            index(Path.of(out, name + ".index.tsv"), left.subList(0, count[0]));
            shards.add(new Shard(
                    name + ".tar",
                    split,
                    count[0],
                    Files.size(file),
                    HexFormat.of().formatHex(digest.digest())));
            from += count[0];
        }
    }

    /** How many went in before the shard was full; at least one. */
    private int tar(OutputStream stream, List<String> samples) throws IOException {
        var tar = new TarArchiveOutputStream(stream, StandardCharsets.UTF_8.name());
        int count = 0;
        for (String sample : samples) {
            if (count > 0 && tar.getBytesWritten() > MOST_BYTES) {
                break;
            }
            String id = MdvpSample.id(sample);
            Optional<Path> picture = picture(sample);
            if (picture.isPresent()) {
                String name = picture.get().getFileName().toString();
                entry(tar, id + name.substring(name.lastIndexOf('.')), Files.readAllBytes(picture.get()));
            }
            entry(tar, id + ".json", sample.getBytes(StandardCharsets.UTF_8));
            count++;
        }
        tar.finish();
        tar.flush();
        return count;
    }

    private Optional<Path> picture(String sample) throws IOException {
        if (packed == null) {
            return Optional.empty();
        }
        JsonNode json = JSON.readTree(sample);
        return packed.file(json.path("source").asText(), json.path("image").asText());
    }

    /** Nothing of this machine, this user or this hour goes into it. */
    private static void entry(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setModTime(0);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setMode(0644);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    /** Beside each shard, a line a sample: id, stage, task, domain, source, licence, picture. */
    private static void index(Path file, List<String> samples) throws IOException {
        WholeFile.write(file, stream -> {
            for (String sample : samples) {
                JsonNode json = JSON.readTree(sample);
                var line = new StringBuilder(MdvpSample.id(sample));
                for (String field : List.of("stage", "task", "domain", "source", "license", "image")) {
                    line.append('\t').append(json.path(field).asText().replaceAll("[\\t\\r\\n]", " "));
                }
                stream.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The file's own. */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] block = new byte[1 << 16];
        try (var in = Files.newInputStream(file)) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of several texts, each of which tells. */
    static String sha256(List<String> texts) {
        return Sha256.of(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
    }
}
