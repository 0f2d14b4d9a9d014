package ai.sphinxv.training.engine;

import ai.sphinxv.training.engine.ShardWriter.Shard;
import ai.sphinxv.training.engine.ShardWriter.Written;
import ai.sphinxv.training.files.WholeFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * From annotation lines to shards, on one machine. First every line is mapped and its samples are dealt to as many parts as
 * the input's size asks for; then each part is sorted, freed of duplicates and written. The samples of one part are in memory
 * at a time, for each thread. A run that was killed goes on where it was, and what comes out is the same, byte for byte,
 * however many threads there are.
 */
final class BuildJob {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAPPED = "mapped.json";

    private final BuildInput input;
    private final Path out;
    private final Path work;
    private final int threads;
    private final PrintStream log;

    private BuildJob(BuildInput input, Path out, int threads, PrintStream log) {
        this.input = input;
        this.out = out;
        this.work = out.resolve("work");
        this.threads = threads;
        this.log = log;
    }

    /** Makes the shards, or what is missing of them; returns the counts, names as in {@link Counts}. */
    static Map<String, Long> run(BuildInput input, Path out, int threads, PrintStream log)
            throws IOException, InterruptedException {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("--threads must be 1 to 1024, got %d".formatted(threads));
        }
        Optional<Map<String, Long>> done = ShardManifest.finished(out, input.job());
        if (done.isPresent()) {
            log.printf("%s is finished: nothing to do%n", out);
            return done.get();
        }
        return new BuildJob(input, out, threads, log).run();
    }

    private Map<String, Long> run() throws IOException, InterruptedException {
        ShardManifest.claim(out, work, input.job());
        LeakCheck leaks = LeakCheck.read(input.benchmarks());
        PictureIndex pictures = index();
        var counts = new Tally();
        counts.addAll(mapped(new LineToSamples(input.config(), pictures, leaks)));
        List<Shard> shards = written(counts);
        ShardManifest.write(out, input, leaks.watched(), pictures.size(), shards, counts.counts());
        Folders.delete(work);
        log.printf(
                "%d samples in %d shards in %s%n",
                counts.counts().getOrDefault(Counts.SAMPLES_KEPT, 0L), shards.size(), out);
        return new TreeMap<>(counts.counts());
    }

    private PictureIndex index() throws IOException, InterruptedException {
        Pictures pictures = input.pictures();
        if (pictures == null) {
            return new PictureIndex();
        }
        var prints = new ConcurrentHashMap<String, Fingerprint>();
        try (var pool = new OrderedPool<Boolean>(threads, any -> {})) {
            for (Path file : input.files()) {
                LineBlocks.read(
                        file,
                        lines -> pool.submit(() -> {
                            lines.forEach(line -> PictureIndex.print(line, pictures, prints));
                            return true;
                        }));
            }
        }
        log.printf("%d pictures seen%n", prints.size());
        return PictureIndex.of(new TreeMap<>(prints));
    }

    /** Deals the samples to parts, all or nothing: whoever is killed here begins anew. */
    private Map<String, Long> mapped(LineToSamples mapper) throws IOException, InterruptedException {
        Path marker = work.resolve(MAPPED);
        if (Files.exists(marker)) {
            return counts(JSON.readTree(marker.toFile()));
        }
        var counts = new Tally();
        var progress = new Progress(log, input.bytes());
        try (var parts = PartFiles.create(work, input.parts())) {
            try (var pool = new OrderedPool<List<LineToSamples.Mapped>>(threads, block -> {
                long lines = block.size();
                for (LineToSamples.Mapped mapped : block) {
                    counts.addAll(mapped.counts().counts());
                    mapped.samples().forEach(parts::add);
                }
                progress.add(lines);
            })) {
                for (Path file : input.files()) {
                    LineBlocks.read(
                            file,
                            lines -> pool.submit(
                                    () -> lines.stream().map(mapper::map).toList()));
                }
            }
        }
        WholeFile.write(marker, JSON.writeValueAsBytes(counts.counts()));
        return counts.counts();
    }

    /** Writes the parts that are not written yet. */
    private List<Shard> written(Tally counts) throws IOException, InterruptedException {
        var shards = new ArrayList<Shard>();
        var writer = new ShardWriter(out.toString(), input.isPacked() ? input.pictures() : null);
        try (var pool = new OrderedPool<JsonNode>(threads, marker -> {
            counts.addAll(counts(marker.path("counts")));
            for (JsonNode shard : marker.path("shards")) {
                shards.add(JSON.convertValue(shard, Shard.class));
            }
        })) {
            IntStream.range(0, input.parts()).forEach(part -> pool.submit(part(part, writer)));
        }
        return shards;
    }

    private Callable<JsonNode> part(int part, ShardWriter writer) {
        return () -> {
            Path marker = work.resolve("part-%04d.json".formatted(part));
            if (!Files.exists(marker)) {
                Written written = writer.write(part, PartFiles.read(work, part));
                WholeFile.write(
                        marker,
                        JSON.writeValueAsBytes(JSON.createObjectNode()
                                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                        "counts",
                                        JSON.valueToTree(written.counts().counts()))
                                .set("shards", JSON.valueToTree(written.shards()))));
                PartFiles.delete(work, part); // the shards take its place on the disk
            }
            return JSON.readTree(marker.toFile());
        };
    }

    static Map<String, Long> counts(@Nullable JsonNode json) {
        var counts = new TreeMap<String, Long>();
        if (json != null) {
            json.properties()
                    .forEach(one -> counts.put(one.getKey(), one.getValue().asLong()));
        }
        return counts;
    }

    /** A line now and then. */
    private static final class Progress {
        private static final long EVERY = 1_000_000;
        private final PrintStream log;
        private final long start = System.nanoTime();
        private long lines;

        private Progress(PrintStream log, long bytes) {
            this.log = log;
            log.printf("mapping %d MB%n", bytes >> 20);
        }

        private void add(long count) {
            if ((lines + count) / EVERY > lines / EVERY) {
                log.printf(
                        "%d lines, %.0f a second%n",
                        lines + count, (lines + count) / ((System.nanoTime() - start) / 1e9));
            }
            lines += count;
        }
    }

    /** What went wrong on a disk in a place that may not say so itself. */
    static UncheckedIOException unchecked(IOException e) {
        return new UncheckedIOException(e.getMessage(), e);
    }
}
