package ai.sphinxv.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildJobTest {
    private static final PrintStream QUIET =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void theSameShardsComeOutWhateverTheNumberOfThreads() throws Exception {
        Path lines = Lines.write(folder.resolve("a.jsonl"), 1_500);

        build(folder.resolve("one"), 1, lines);
        build(folder.resolve("five"), 5, lines);

        assertThat(files(folder.resolve("five"))).isEqualTo(files(folder.resolve("one")));
    }

    @Test
    void theSameShardsComeOutInWhateverOrderTheLinesAre() throws Exception {
        Path lines = Lines.write(folder.resolve("a.jsonl"), 500);
        List<String> reversed = new ArrayList<>(Files.readAllLines(lines)).reversed();
        Path backwards = Files.write(folder.resolve("b.jsonl"), reversed);

        build(folder.resolve("one"), 2, lines);
        build(folder.resolve("other"), 2, backwards);

        Map<String, String> other = files(folder.resolve("other"));
        Map<String, String> one = files(folder.resolve("one"));
        one.remove(ShardManifest.FILE); // which names the input
        other.remove(ShardManifest.FILE);
        assertThat(other).isEqualTo(one);
    }

    @Test
    void whoeverIsKilledAnywhereGoesOnToTheSameShards() throws Exception {
        Path lines = Lines.write(folder.resolve("a.jsonl"), 1_500); // two parts
        build(folder.resolve("whole"), 2, lines);
        Path killed = folder.resolve("killed");

        for (String until : List.of("work/part-0001.jsonl", "work/mapped.json", "work/part-0000.json")) {
            killOnceThereIs(killed, until, lines);
            assertThat(killed.resolve(ShardManifest.FILE)).doesNotExist();
        }
        build(killed, 3, lines);

        assertThat(files(killed)).isEqualTo(files(folder.resolve("whole")));
    }

    @Test
    void whatAKilledRunHadHalfWrittenIsNotLeftAmongTheShards() throws Exception {
        Path lines = Lines.write(folder.resolve("a.jsonl"), 50);
        build(folder.resolve("whole"), 1, lines);
        Path out = Files.createDirectories(folder.resolve("killed"));
        Files.writeString(out.resolve("train-0000-000.tar.7-1.tmp"), "half");

        build(out, 1, lines);

        assertThat(files(out)).isEqualTo(files(folder.resolve("whole")));
    }

    @Test
    void aLineThatMeansNothingIsCountedByReasonAndTheOthersAreBuilt() throws Exception {
        String head = """
            {"source":"a","id":"1","image":"a.jpg","domain":"natural","width":100,"height":100,"licence":"x",\
            """;
        String part = "\"parts\":[{\"mark\":[1,2,30,40],\"label\":\"dog\"}]";
        var bad = new LinkedHashMap<String, String>();
        bad.put("null", "the line is null");
        bad.put("{}", "it has no source");
        bad.put(head.replace("\"image\":\"a.jpg\",", "") + part + "}", "it has no image");
        bad.put(head.replace("\"domain\":\"natural\",", "") + part + "}", "it has no domain");
        bad.put(head.replace("100,\"height\"", "0,\"height\"") + part + "}", "its picture has no size");
        bad.put(head + "\"parts\":[{\"label\":\"dog\"}]}", "a mark is neither two nor four numbers");
        bad.put(head + part.replace("30,", "") + "}", "a mark is neither two nor four numbers");
        bad.put(head + part.replace("30", "\"NaN\"") + "}", "a mark is not inside its picture");
        bad.put(head + part.replace("40", "400") + "}", "a mark is not inside its picture");
        bad.put(head + part.replace("40", "2") + "}", "a mark has no area");
        bad.put(head + "\"captions\":[{\"parts\":[]}]}", "it has no caption");
        bad.put(
                head + part + ",\"captions\":[{\"text\":\"a\",\"parts\":[1]}]}",
                "it speaks of a part that is not there");
        bad.put(
                head + part + ",\"relations\":[{\"subject\":0,\"predicate\":\"on\",\"object\":7}]}",
                "it speaks of a part that is not there");
        bad.put(head + "\"dialogues\":[{\"task\":\"qa\",\"marks\":[[1,2]],\"turns\":[]}]}", "a dialogue has no turn");
        bad.put(
                head + "\"dialogues\":[{\"task\":\"qa\",\"marks\":[[1,2]],\"turns\":[{\"question\":\"q\"}]}]}",
                "it has no answer");
        Path lines = Files.write(folder.resolve("a.jsonl"), bad.keySet());
        Files.writeString(lines, Files.readString(lines) + head + part + "}\n");

        Map<String, Long> counts = build(folder.resolve("out"), 2, lines);

        Map<String, Long> expected = new TreeMap<>();
        bad.values().forEach(why -> expected.merge("lines/dropped/it is no annotated picture: " + why, 1L, Long::sum));
        assertThat(counts).containsAllEntriesOf(expected).containsEntry("lines/kept", 1L);
        assertThat(counts.get("lines/in")).isEqualTo(bad.size() + 1L);
    }

    @Test
    void whatCameInWasKeptOrDroppedExactly() throws Exception {
        Path lines = Lines.write(folder.resolve("a.jsonl"), 300);
        Files.writeString(lines, Files.readString(lines) + "no picture\n{\"source\": 3\n");
        long annotations = 0;
        for (int i = 0; i < 300; i++) {
            annotations += (i % 3 == 0 ? 2L : 1L) * Lines.picture(i).annotations();
        }

        Map<String, Long> counts = build(folder.resolve("out"), 2, lines);

        assertThat(counts.get("lines/in")).isEqualTo(402);
        assertThat(counts.get("lines/dropped/it is no annotated picture")).isEqualTo(2);
        assertThat(counts.get("annotations/in")).isEqualTo(annotations);
        assertThat(counts.get("annotations/kept")).isEqualTo(annotations);
        long made = counts.getOrDefault("samples/in", -1L);
        long kept = counts.getOrDefault("samples/kept", -1L);
        long duplicates = counts.getOrDefault("samples/dropped/an exact duplicate", -1L);
        assertThat(made).isEqualTo(kept + duplicates);
        assertThat(duplicates).isPositive();
        var ids = new ArrayList<String>();
        for (Path shard : ShardReader.shards(folder.resolve("out"))) {
            ShardReader.read(
                    shard, (sample, picture) -> ids.add(sample.path("id").asText()));
        }
        assertThat(ids).hasSize((int) kept).doesNotHaveDuplicates();
        assertThat(Statistics.of(folder.resolve("out")))
                .contains("| samples | %,d | %,d |".formatted(made, kept))
                .contains("| Natural | coco, lvis | ", " | 4.6M |\n", "| Relationship Analysis | coco, lvis | ");
    }

    @Test
    void aPictureIsInOneSplitOnly() throws Exception {
        Path lines = Lines.write(folder.resolve("a.jsonl"), 400);
        build(folder.resolve("out"), 2, lines);

        Map<String, String> splits = new TreeMap<>();
        for (Path shard : ShardReader.shards(folder.resolve("out"))) {
            ShardReader.read(shard, (sample, picture) -> {
                String split = sample.path("split").asText();
                assertThat(shard.getFileName().toString()).startsWith(split);
                assertThat(splits.merge(sample.path("image").asText(), split, (old, now) -> old))
                        .isEqualTo(split);
                return true;
            });
        }
        assertThat(new HashSet<>(splits.values())).containsExactlyInAnyOrder("train", "held-out");
    }

    @Test
    void aFinishedFolderIsLeftAloneAndAnotherJobIsRefusedThere() throws Exception {
        Path lines = Lines.write(folder.resolve("a.jsonl"), 50);
        Path other = Lines.write(folder.resolve("b.jsonl"), 51);
        Path out = folder.resolve("out");
        build(out, 1, lines);
        Map<String, String> before = files(out);

        build(out, 2, lines);

        assertThat(files(out)).isEqualTo(before);
        assertThatThrownBy(() -> build(out, 1, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds the shards of another input or other settings");
    }

    @Test
    void aRunThatMeasuresItselfLeavesNothing() throws Exception {
        var said = new ByteArrayOutputStream();

        ScaleRun.run(folder, 3_000, 2, new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsPattern(
                        "3000 lines, 3000 annotations, \\d{4} samples: \\d+\\.\\d s on 2 threads, \\d+ annotations a"
                                + " second");
        assertThat(folder).isEmptyDirectory();
    }

    private static Map<String, Long> build(Path out, int threads, Path lines) throws Exception {
        var input = BuildInput.of(List.of(lines), List.of(), BuildConfig.DEFAULT, null, false)
                .withPartsOf(1);
        return BuildJob.run(input, out, threads, QUIET);
    }

    /** A second process, which is killed (SIGKILL) as soon as it has written that file. */
    private static void killOnceThereIs(Path out, String file, Path lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DataMain.class.getName(),
                        "build",
                        out.toString(),
                        lines.toString(),
                        "--part-mb",
                        "1",
                        "--threads",
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            while (process.isAlive() && !Files.exists(out.resolve(file))) {
                Thread.onSpinWait();
            }
            assertThat(process.isAlive())
                    .as("still at work when %s was there", file)
                    .isTrue();
        } finally {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static Map<String, String> files(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (var all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), ShardWriter.sha256(file));
            }
        }
        return files;
    }
}
