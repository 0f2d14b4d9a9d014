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

    /** An OpenAI-compatible server that sees pictures, for instance http://localhost:8000/v1; its key is CHAT_KEY. */
    Optional<URI> server();

    /** What the server calls the model. */
    Optional<String> model();

    /** How marks are told; a server that knows no marks needs them drawn or written, and has them drawn if this is left out. */
    Optional<Pointing> marks();

    /** An OpenAI-compatible server that judges; its key is CHAT_KEY. */
    Optional<URI> judge();

    /** What the server calls the judge. */
    Optional<String> judgeModel();

    /** Whether the judge is asked in both orders. */
    @WithDefault("false")
    boolean judgeSwap();

    /** Tokens that a run may cost at a server and at a judge, each; the next run goes on behind what was answered. */
    @WithDefault("10000000")
    long tokenBudget();

    /** Folder of what servers and judges said, by what they were asked. */
    Path cache();

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

    /** {@link #marks}, or what goes without saying. */
    default Pointing pointing() {
        return marks().orElse(server().isPresent() ? Pointing.DRAWN : Pointing.ENCODED);
    }

    /** @throws IllegalArgumentException if settings are out of range or do not go together */
    default void check() {
        if (parallel() < 1 || parallel() > 64) {
            throw new IllegalArgumentException("-Dparallel is 1 to 64, got " + parallel());
        }
        if (limit().isPresent() && limit().getAsInt() < 1) {
            throw new IllegalArgumentException("-Dlimit is at least 1, got " + limit().getAsInt());
        }
        if (Stream.of(bundle(), endpoint(), server())
                        .filter(Optional::isPresent)
                        .count()
                > 1) {
            throw new IllegalArgumentException("give one of -Dbundle, -Dendpoint and -Dserver");
        }
        if (server().isPresent() && (model().isEmpty() || pointing() == Pointing.ENCODED)) {
            throw new IllegalArgumentException("-Dserver needs -Dmodel=NAME, and -Dmarks=drawn or written");
        }
        if (judge().isPresent() && judgeModel().isEmpty()) {
            throw new IllegalArgumentException("-Djudge needs -DjudgeModel=NAME");
        }
        if (compare().isPresent() && compare().get().size() != 2) {
            throw new IllegalArgumentException("-Dcompare takes two folders with a comma between");
        }
    }
}
