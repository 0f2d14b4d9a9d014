package ai.sphinxv.training.engine;

import ai.sphinxv.runtime.bundle.ProcessFolder;
import ai.sphinxv.training.source.AnnotatedPicture;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.PictureDomain;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How fast lines become shards and how much memory that takes, without pictures: writes lines of one box with a class each,
 * builds shards of them, says after every million lines how much memory the process has and ever had, and deletes both. Ten
 * million lines take 2 GB, their shards 25 GB.
 */
final class ScaleRun {
    private ScaleRun() {}

    static void run(Path folder, int lines, int threads, PrintStream log) throws IOException, InterruptedException {
        if (lines < 1) {
            throw new IllegalArgumentException("scale takes a number of lines above 0, got %d".formatted(lines));
        }
        Files.createDirectories(folder);
        try (var own = ProcessFolder.in(folder, ".sphinxv-scale")) {
            Path input = write(own.path().resolve("lines.jsonl"), lines);
            long start = System.nanoTime();
            Map<String, Long> counts = BuildJob.run(
                    BuildInput.of(List.of(input), List.of(), BuildConfig.DEFAULT, null, false),
                    own.path().resolve("shards"),
                    threads,
                    watched(log));
            double seconds = (System.nanoTime() - start) / 1e9;
            long annotations = counts.getOrDefault(Counts.ANNOTATIONS_IN, 0L);
            log.printf(
                    "%d lines, %d annotations, %d samples: %.1f s on %d threads, %.0f annotations a second, %s%n",
                    lines,
                    annotations,
                    counts.getOrDefault(Counts.SAMPLES_KEPT, 0L),
                    seconds,
                    threads,
                    annotations / seconds,
                    memory());
        }
    }

    private static Path write(Path file, int lines) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < lines; i++) {
                out.write(picture(i).line());
                out.write('\n');
            }
        }
        return file;
    }

    private static AnnotatedPicture picture(int number) {
        var random = new SplittableRandom(number);
        double x = random.nextInt(500);
        double y = random.nextInt(300);
        double[] box = {x, y, x + 20 + random.nextInt(100), y + 20 + random.nextInt(100)};
        var part = new Part(box, "thing " + random.nextInt(500), null, List.of(), null);
        return new AnnotatedPicture(
                "coco",
                String.valueOf(number),
                "%012d.jpg".formatted(number),
                PictureDomain.NATURAL,
                640,
                480,
                "CC BY 4.0",
                List.of(part),
                List.of(),
                List.of(),
                List.of());
    }

    /** The same, with the process's memory behind each line. */
    private static PrintStream watched(PrintStream log) {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
            @Override
            public PrintStream printf(String format, Object... values) {
                log.print(format.formatted(values).strip() + ", " + memory() + System.lineSeparator());
                return this;
            }
        };
    }

    private static String memory() {
        try (var status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
                    .map(line -> line.replaceAll("\\s+", " "))
                    .sorted()
                    .reduce("memory", (all, one) -> all + " " + one);
        } catch (IOException e) {
            return "memory unknown";
        }
    }
}
