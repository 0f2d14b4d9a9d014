package ai.sphinxv.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.onnx.checkpoint.TorchSave;
import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.text.TokenizerJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The released checkpoint's conversion at its full size: two shards of its names and shapes whose zeros take no room on disk,
 * converted by a process of its own, whose peak memory and speed are told. Not of the test suite: see the module's README.
 */
class FullSizeConversion {
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final String HEAD = """
        | precision | checkpoint | bundle | time | of processors | read | written | disk | most memory |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- |\
        """;
    private static final long MOST_KILOBYTES = 3L << 20;

    @Test
    void itTakesAtMostThreeGibibytes() throws Exception {
        String property = System.getProperty("full-size", "");
        assumeTrue(!property.isEmpty(), "say where to put it, some 13 GB: -Dfull-size=FOLDER");
        Path folder = Files.createDirectories(Path.of(property));
        Path checkpoint = Files.createDirectories(folder.resolve("checkpoint"));
        long read = 0;
        for (int rank = 0; rank < 2; rank++) {
            Path shard = checkpoint.resolve("consolidated.%02d-of-02.model.pth".formatted(rank));
            Files.deleteIfExists(shard);
            sparse().write(shard);
            read += Files.size(shard);
        }
        Path tokenizer = new TokenizerJson(true, List.of(), List.of()).write(folder);
        Path bundle = folder.resolve("bundle");
        String precision = System.getProperty("precision", "small");

        Instant start = Instant.now();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx2500m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Convert.class.getName(),
                        "published",
                        checkpoint.toString(),
                        tokenizer.toString(),
                        bundle.toString(),
                        precision)
                .inheritIO()
                .start();
        Taken taken = taken(process);
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;

        assertThat(process.exitValue()).isZero();
        long written = bytes(bundle);
        System.out.println(HEAD);
        System.out.printf(
                "| %s | %.1f GB | %.2f GB | %.0f s | %.0f s | %.0f MB/s | %.0f MB/s | %.0f MB/s | %.2f GiB |%n",
                precision,
                read / 1e9,
                written / 1e9,
                seconds,
                taken.processor().toMillis() / 1e3,
                read / seconds / 1e6,
                written / seconds / 1e6,
                diskSpeed(folder) / 1e6,
                taken.peak() / 1024.0 / 1024);
        assertThat(taken.peak()).isLessThanOrEqualTo(MOST_KILOBYTES);
    }

    /** What a process took: kilobytes at its peak, and time of processors. */
    private record Taken(long peak, Duration processor) {}

    /** When the process is over. */
    private static Taken taken(Process process) throws IOException, InterruptedException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        var taken = new Taken(0, Duration.ZERO);
        while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
            var found = PEAK.matcher(Files.exists(status) ? Files.readString(status, UTF_8) : "");
            taken = new Taken(
                    found.find() ? Long.parseLong(found.group(1)) : taken.peak(),
                    process.info().totalCpuDuration().orElse(taken.processor()));
        }
        return taken;
    }

    /** Bytes a second that a file of a gigabyte takes, forced to disk. */
    private static double diskSpeed(Path folder) throws IOException {
        Path file = folder.resolve("speed");
        long start = System.nanoTime();
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.allocateDirect(16 << 20);
            for (int i = 0; i < 64; i++) {
                channel.write(bytes.clear());
            }
            channel.force(true);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Files.delete(file);
        return (1 << 30) / seconds;
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static TorchSave sparse() {
        var saved = new TorchSave();
        Map<String, Shape> shapes = new LinkedHashMap<>(
                NetworkShapes.of(ModelConfig.named("published"), 1).weights());
        shapes.put("dinov2_vitg14.pos_embed", Shape.of(1, 1370, 1536));
        shapes.forEach((name, shape) -> {
            long[] sizes = shape.toArray();
            int axis = SmallPublished.axis(name);
            if (axis >= 0) {
                sizes[axis] /= 2;
            }
            saved.zeros("llma." + name, sizes);
        });
        SmallPublished.leftOvers(saved);
        return saved;
    }
}
