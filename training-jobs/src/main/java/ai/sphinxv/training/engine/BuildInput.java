package ai.sphinxv.training.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a build is made of.
 *
 * @param files lines of annotations
 * @param benchmarks whose pictures and words must not come in
 * @param pictures where the pictures are; nothing to do without
 * @param isPacked whether pictures go into the shards
 * @param digests SHA-256 of the files, then of the benchmarks
 * @param bytes of the files together
 * @param partMegabytes input of one part of the samples: what is in memory at a time is a few times that
 */
record BuildInput(
        List<Path> files,
        List<Path> benchmarks,
        BuildConfig config,
        @Nullable Pictures pictures,
        boolean isPacked,
        List<String> digests,
        long bytes,
        int partMegabytes) {
    private static final int PART_MEGABYTES = 8;
    private static final int MOST_PARTS = 512;

    static BuildInput of(
            List<Path> files, List<Path> benchmarks, BuildConfig config, @Nullable Pictures pictures, boolean isPacked)
            throws IOException {
        var digests = new ArrayList<String>();
        long bytes = 0;
        for (Path file : files) {
            digests.add(digest(file));
            bytes += Files.size(file);
        }
        for (Path file : benchmarks) {
            digests.add(digest(file));
        }
        return new BuildInput(
                List.copyOf(files),
                List.copyOf(benchmarks),
                config,
                pictures,
                isPacked,
                List.copyOf(digests),
                bytes,
                PART_MEGABYTES);
    }

    /** The same in larger or smaller parts, and so in other shards. */
    BuildInput withPartsOf(int megabytes) {
        if (megabytes < 1 || megabytes > 1024) {
            throw new IllegalArgumentException("--part-mb must be 1 to 1024, got %d".formatted(megabytes));
        }
        return new BuildInput(files, benchmarks, config, pictures, isPacked, digests, bytes, megabytes);
    }

    private static String digest(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("%s is not there".formatted(file.toAbsolutePath()));
        }
        return ShardWriter.sha256(file);
    }

    /** How many parts the samples are dealt to; follows from the input alone. */
    int parts() {
        return Math.clamp(bytes / ((long) partMegabytes << 20) + 1, 1, MOST_PARTS);
    }

    /** To which part a sample belongs: by the first 32 bits of its id, so that all parts together are in order. */
    static int part(String sample, int parts) {
        long first = Long.parseLong(MdvpSample.id(sample).substring(0, 8), 16);
        return (int) (first * parts >>> 32);
    }

    /** Two runs with the same give the same shards. */
    String job() {
        var all = new ArrayList<>(digests);
        all.add(config.toString());
        all.add(pictures == null ? "no pictures" : "pictures" + (isPacked ? ", packed" : ""));
        all.add(partMegabytes + " MB");
        return ShardWriter.sha256(all);
    }
}
