package ai.sphinxv.training.benchmark.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What a run of benchmarks asks, whom, and where it writes: system properties {@code benchmark.*}. */
@ConfigMapping(prefix = "benchmark")
public interface BenchmarkConfig {

    /** Names of tasks, or "all". */
    @WithDefault("all")
    List<String> task();

    /** Folder of the published annotations. */
    Path data();

    /** Pictures that do not lie beside their annotations. */
    Optional<Path> images();

    /** A bundle, asked in this process. */
    Optional<Path> bundle();

    /** Our own server, for instance http://localhost:8080. */
    Optional<URI> endpoint();

    /** Folder of predictions and reports; what lies there is gone on with. */
    Path out();

    /** Asks and scores at most so many items of a task, always the same; the figures are then of a sample. */
    OptionalInt limit();

    /** Questions at once, to a server. */
    @WithDefault("1")
    int parallel();

    /** Longest wait for one answer of a server. */
    @WithDefault("PT5M")
    Duration patience();

    /** Folder of METEOR's word lists. */
    Path meteor();

    /** METEOR's table of paraphrases. */
    Path paraphrases();

    /** In place of a run: two folders of earlier runs, which are compared. */
    Optional<List<Path>> compare();

    /** From system properties, checked. */
    static BenchmarkConfig read() {
        BenchmarkConfig config = new SmallRyeConfigBuilder()
                .addDefaultSources()
                .withMapping(BenchmarkConfig.class)
                .build()
                .getConfigMapping(BenchmarkConfig.class);
        config.check();
        return config;
    }

    private void check() {
        if (parallel() < 1 || parallel() > 64) {
            throw new IllegalArgumentException("-Dparallel is 1 to 64, got " + parallel());
        }
        if (limit().isPresent() && limit().getAsInt() < 1) {
            throw new IllegalArgumentException("-Dlimit is at least 1, got " + limit().getAsInt());
        }
        if (Stream.of(bundle(), endpoint()).filter(Optional::isPresent).count() > 1) {
            throw new IllegalArgumentException("give one of -Dbundle and -Dendpoint, not both");
        }
        if (compare().isPresent() && compare().get().size() != 2) {
            throw new IllegalArgumentException("-Dcompare takes two folders with a comma between");
        }
    }
}
