package ai.sphinxv.training.engine;

import ai.sphinxv.training.engine.ShardWriter.Shard;
import ai.sphinxv.training.engine.ShardWriter.Written;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * {@link BuildJob} on a cluster: the same functions of a line and of a part, so that the same shards come out, byte for byte.
 * Lines, pictures and shards lie where every machine sees them under the same path. Tasks that fail are Spark's to repeat.
 */
final class SparkBuild {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SparkBuild() {}

    /** Samples by the number of their part; the last part takes the counts. */
    private static final class Parts extends Partitioner {
        private static final long serialVersionUID = 1;
        private final int parts;

        private Parts(int parts) {
            this.parts = parts;
        }

        @Override
        public int numPartitions() {
            return parts + 1;
        }

        @Override
        public int getPartition(Object key) {
            return (Integer) key;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Parts same && same.parts == parts;
        }

        @Override
        public int hashCode() {
            return parts;
        }
    }

    /** Makes the shards; returns the counts, names as in {@link Counts}. */
    static Map<String, Long> run(JavaSparkContext spark, BuildInput input, Path out) throws IOException {
        Optional<Map<String, Long>> done = ShardManifest.finished(out, input.job());
        if (done.isPresent()) {
            return done.get();
        }
        LeakCheck leaks = LeakCheck.read(input.benchmarks());
        JavaRDD<String> lines = lines(spark, input);
        PictureIndex pictures = index(lines, input.pictures());
        var mapper = spark.broadcast(new LineToSamples(input.config(), pictures, leaks));
        var writer = new ShardWriter(out.toString(), input.isPacked() ? input.pictures() : null);
        int parts = input.parts();
        List<String> written = lines.mapPartitionsToPair(some -> samples(some, mapper.value(), parts))
                .partitionBy(new Parts(parts))
                .mapPartitionsWithIndex((part, pairs) -> write(part, parts, pairs, writer), true)
                .collect();
        var counts = new Tally();
        var shards = new ArrayList<Shard>();
        for (String one : written) {
            JsonNode json = JSON.readTree(one);
            counts.addAll(BuildJob.counts(json.path("counts")));
            for (JsonNode shard : json.path("shards")) {
                shards.add(JSON.convertValue(shard, Shard.class));
            }
        }
        ShardManifest.write(out, input, leaks.watched(), pictures.size(), shards, counts.counts());
        return new TreeMap<>(counts.counts());
    }

    private static JavaRDD<String> lines(JavaSparkContext spark, BuildInput input) {
        return input.files().stream()
                .map(file -> spark.textFile(file.toAbsolutePath().toUri().toString()))
                .reduce(JavaRDD::union)
                .orElseThrow(() -> new IllegalArgumentException("there are no lines to build from"))
                .filter(line -> !line.isBlank());
    }

    private static PictureIndex index(JavaRDD<String> lines, @Nullable Pictures pictures) {
        if (pictures == null) {
            return new PictureIndex();
        }
        Map<String, Fingerprint> prints = lines.mapPartitionsToPair(some -> {
                    Map<String, Fingerprint> own = new HashMap<>();
                    some.forEachRemaining(line -> PictureIndex.print(line, pictures, own));
                    return own.entrySet().stream()
                            .map(one -> new Tuple2<>(one.getKey(), one.getValue()))
                            .iterator();
                })
                .reduceByKey((one, same) -> one)
                .collectAsMap();
        return PictureIndex.of(new TreeMap<>(prints));
    }

    private static Iterator<Tuple2<Integer, String>> samples(Iterator<String> lines, LineToSamples mapper, int parts)
            throws IOException {
        var pairs = new ArrayList<Tuple2<Integer, String>>();
        var counts = new Tally();
        while (lines.hasNext()) {
            LineToSamples.Mapped mapped = mapper.map(lines.next());
            counts.addAll(mapped.counts().counts());
            mapped.samples().forEach(sample -> pairs.add(new Tuple2<>(BuildInput.part(sample, parts), sample)));
        }
        pairs.add(new Tuple2<>(parts, JSON.writeValueAsString(counts.counts())));
        return pairs.iterator();
    }

    private static Iterator<String> write(
            int part, int parts, Iterator<Tuple2<Integer, String>> pairs, ShardWriter writer) throws IOException {
        var values = new ArrayList<String>();
        pairs.forEachRemaining(pair -> values.add(pair._2()));
        ObjectNode json = JSON.createObjectNode();
        if (part == parts) {
            var counts = new Tally();
            for (String value : values) {
                counts.addAll(BuildJob.counts(JSON.readTree(value)));
            }
            json.set("counts", JSON.valueToTree(counts.counts()));
        } else {
            Written written = writer.write(part, values);
            json.set("counts", JSON.valueToTree(written.counts().counts()));
            json.set("shards", JSON.valueToTree(written.shards()));
        }
        return List.of(json.toString()).iterator();
    }
}
