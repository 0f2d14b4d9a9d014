package ai.sphinxv.training.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkBuildTest {
    @TempDir
    Path folder;

    @Test
    void sparkMakesTheSameShardsAsOneMachine() throws Exception {
        Path lines = Lines.write(folder.resolve("a.jsonl"), 1_500);
        var input = BuildInput.of(List.of(lines), List.of(), BuildConfig.DEFAULT, null, false)
                .withPartsOf(1);
        assertThat(input.parts()).isGreaterThan(1);
        Path one = folder.resolve("one");
        Path many = folder.resolve("many");
        var quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

        Map<String, Long> counts = BuildJob.run(input, one, 2, quiet);
        var settings = new SparkConf()
                .setMaster("local[2]")
                .setAppName("SparkBuildTest")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1");
        try (var spark = new JavaSparkContext(settings)) {
            assertThat(SparkBuild.run(spark, input, many)).isEqualTo(counts);
        }

        List<Path> files;
        try (var all = Files.list(one)) {
            files = all.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(4);
        for (Path file : files) {
            assertThat(many.resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
    }
}
