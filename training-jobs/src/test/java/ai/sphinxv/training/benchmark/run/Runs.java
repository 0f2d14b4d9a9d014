package ai.sphinxv.training.benchmark.run;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Runs of benchmarks in this process, for a test, with data and everything else in one folder. */
record Runs(Path folder) {

    /** Of a task, written to a folder of that name. */
    Map<String, String> settings(String task, String out) {
        var settings = new HashMap<String, String>();
        settings.put("benchmark.task", task);
        settings.put("benchmark.data", folder.resolve("data").toString());
        settings.put("benchmark.out", folder.resolve(out).toString());
        settings.put("benchmark.cache", folder.resolve("cache").toString());
        settings.put("benchmark.meteor", "nowhere");
        settings.put("benchmark.paraphrases", "nowhere");
        return settings;
    }

    /** What it prints. */
    static String run(Map<String, String> settings) throws IOException, InterruptedException {
        BenchmarkConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 50))
                .withMapping(BenchmarkConfig.class)
                .build()
                .getConfigMapping(BenchmarkConfig.class);
        config.check();
        var printed = new ByteArrayOutputStream();
        BenchmarkMain.run(config, new PrintStream(printed, true, StandardCharsets.UTF_8));
        return printed.toString(StandardCharsets.UTF_8);
    }
}
