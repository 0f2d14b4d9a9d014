package ai.sphinxv.training.engine;

import ai.sphinxv.training.source.Dataset;
import ai.sphinxv.training.teacher.ChatConfig;
import ai.sphinxv.training.teacher.ChatEndpoint;
import ai.sphinxv.training.teacher.ChatException;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The data engine's commands, see {@link #USAGE}: {@code DataMain build shards a.jsonl b.jsonl}. */
public final class DataMain {
    static final String USAGE = """
            usage: DataMain COMMAND
              import DATASET FROM OUT.jsonl [--pictures FOLDER]
              build OUT-FOLDER IN.jsonl... [--benchmarks FILE,FILE] [--pictures FOLDER or source=FOLDER,...] [--pack true]
                    [--points 2] [--category-share 0.3] [--held-out 0.01] [--part-mb 8] [--threads CORES]
              teach IN.jsonl OUT.jsonl --pictures ... --chat SETTINGS.properties [--most 1000]
              statistics SHARDS
              gallery SHARDS OUT-FOLDER [--pictures ...] [--most 200]
              scale FOLDER LINES [--threads CORES]
            """;

    private DataMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            run(arguments);
        } catch (IllegalArgumentException | ConfigValidationException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (UncheckedIOException e) {
            System.err.printf("%s ends here: %s%n", arguments[0], words(e));
            System.exit(1);
        } catch (IOException e) {
            System.err.printf("%s ends here: %s%n", arguments[0], words(e));
            System.exit(1);
        } catch (ChatException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Of some, the message is only the file. */
    private static String words(Exception e) {
        return switch (e) {
            case UncheckedIOException outer when outer.getCause() != null -> words(outer.getCause());
            case NoSuchFileException missing -> missing.getFile() + " is not there";
            case FileSystemException file when file.getReason() == null -> file.toString();
            default -> String.valueOf(e.getMessage());
        };
    }

    static void run(String... arguments) throws IOException, InterruptedException {
        if (arguments.length == 0) {
            throw new IllegalArgumentException(USAGE);
        }
        var options = new Options(Arrays.copyOfRange(arguments, 1, arguments.length));
        switch (arguments[0]) {
            case "import" -> imports(options);
            case "build" -> build(options);
            case "teach" -> teach(options);
            case "statistics" -> statistics(options);
            case "gallery" -> gallery(options);
            case "scale" -> scale(options);
            default -> throw new IllegalArgumentException("there is no command %s%n%s".formatted(arguments[0], USAGE));
        }
    }

    private static void imports(Options options) throws IOException {
        var pictures = options.path("--pictures");
        List<String> words = options.rest(3, USAGE);
        ImportJob.run(Dataset.of(words.get(0)), Path.of(words.get(1)), Path.of(words.get(2)), pictures, System.out);
    }

    private static void build(Options options) throws IOException, InterruptedException {
        int threads = options.integer("--threads", Runtime.getRuntime().availableProcessors());
        Build build = Build.parse(options);
        BuildJob.run(build.input(), build.out(), threads, System.out);
    }

    /** What the words after {@code build} say. */
    record Build(BuildInput input, Path out) {
        static Build parse(Options options) throws IOException {
            var pictures = options.take("--pictures").map(Pictures::parse);
            boolean isPacked = options.take("--pack").map(Boolean::parseBoolean).orElse(false);
            var config = new BuildConfig(
                    options.integer("--points", BuildConfig.DEFAULT.points()),
                    options.number("--category-share", BuildConfig.DEFAULT.categoryShare()),
                    options.number("--held-out", BuildConfig.DEFAULT.heldOutShare()));
            int megabytes = options.integer("--part-mb", 8);
            List<Path> benchmarks = options.paths("--benchmarks");
            List<String> words = options.rest(2, USAGE);
            List<Path> files = words.stream().skip(1).map(Path::of).toList();
            return new Build(
                    BuildInput.of(files, benchmarks, config, pictures.orElse(null), isPacked)
                            .withPartsOf(megabytes),
                    Path.of(words.getFirst()));
        }
    }

    private static void teach(Options options) throws IOException {
        Pictures pictures = options.take("--pictures")
                .map(Pictures::parse)
                .orElseThrow(() -> new IllegalArgumentException("teach needs --pictures: " + USAGE));
        Path settings =
                options.path("--chat").orElseThrow(() -> new IllegalArgumentException("teach needs --chat: " + USAGE));
        int most = options.integer("--most", 1000);
        List<String> words = options.rest(2, USAGE);
        var properties = new Properties();
        try (var in = Files.newBufferedReader(settings)) {
            properties.load(in);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        ChatConfig config = ChatConfig.of(values);
        try (var teacher = ChatEndpoint.open(config)) {
            TeacherJob.run(
                    Path.of(words.get(0)),
                    Path.of(words.get(1)),
                    pictures,
                    teacher,
                    most,
                    config.concurrency(),
                    System.out);
        }
    }

    private static void scale(Options options) throws IOException, InterruptedException {
        int threads = options.integer("--threads", Runtime.getRuntime().availableProcessors());
        List<String> words = options.rest(2, USAGE);
        if (!words.get(1).matches("\\d{1,9}")) {
            throw new IllegalArgumentException("scale takes a number of lines, got %s".formatted(words.get(1)));
        }
        ScaleRun.run(Path.of(words.get(0)), Integer.parseInt(words.get(1)), threads, System.out);
    }

    private static void statistics(Options options) throws IOException {
        System.out.print(Statistics.of(Path.of(options.rest(1, USAGE).getFirst())));
    }

    private static void gallery(Options options) throws IOException {
        var pictures = options.take("--pictures").map(Pictures::parse);
        int most = options.integer("--most", 200);
        List<String> words = options.rest(2, USAGE);
        Path out = Path.of(words.get(1));
        int shown = Gallery.write(Path.of(words.get(0)), out, pictures.orElse(null), most);
        System.out.printf("%d samples in %s%n", shown, out.resolve("index.html"));
    }
}
