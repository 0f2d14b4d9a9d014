package ai.sphinxv.onnx.bench;

import ai.sphinxv.runtime.Answer.Usage;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.SeenImage;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.decode.SamplingOptions;
import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.text.Conversation;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * {@code ServedBench output-folder bundle}: what HTTP and Java add to the runs of the graphs, and what memory the server
 * takes. The same question about a point is answered by the packaged application over HTTP, by {@link SphinxV} in this
 * process, and as {@link BareRuns}, one after another in every round. Figures are medians of the rounds, differences and
 * ratios of one round. Leaves {@code served.md} and {@code served.json}.
 */
public final class ServedBench {
    private static final Path APPLICATION = Path.of("functions/target/quarkus-app/quarkus-run.jar");
    private static final int ROUNDS = 9;
    /** Of a round, to bring its median above the noise of one request. */
    private static final int REQUESTS = 10;

    /** After so many both JVMs have compiled what every request runs through: a server that lasts is measured. */
    private static final int BEFORE = 3000;

    private static final int TOKENS = 64;
    private static final String ASKED = "Please provide a brief description of each marked point in the image.";
    private static final Point POINT = new Point(400, 300);
    /** Of a server that lasts: the model lies outside the heap. */
    private static final String[] OPTIONS = {"-XX:+UseSerialGC", "-Xmx128m"};

    private static final int ANSWERS_AT_A_TIME = 2;

    private final Path output;
    private final Path bundle;
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();
    private int pictures;

    private ServedBench(Path output, Path bundle) {
        this.output = output;
        this.bundle = bundle;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            System.err.println("usage: ServedBench output-folder bundle");
            System.exit(2);
        }
        if (!Files.exists(APPLICATION)) {
            System.err.println(APPLICATION + " is not there: ./mvnw package -DskipTests first");
            System.exit(1);
        }
        var bench = new ServedBench(Path.of(arguments[0]), Path.of(arguments[1]));
        Files.createDirectories(bench.output);
        bench.run();
        bench.write();
    }

    private void run() throws IOException, InterruptedException {
        byte[] file = picture();
        RgbImage image = ImageDecoder.decode(file);
        try (var bare = new BareRuns(bundle, image, POINT);
                var model = SphinxV.open(bundle, RuntimeOptions.defaults());
                var server = new Server(APPLICATION, bundle, output.resolve("served.log"), OPTIONS)) {
            var kept = new ArrayList<SeenImage>();
            model.answer(question(image), event -> {}, kept::add);
            byte[] sent = body(encoded(file));
            var first = server.ask(sent);
            byte[] known = body(first.image());
            for (int i = 0; i < BEFORE; i++) {
                server.ask(known);
                model.answer(question(image), kept.getFirst(), event -> {});
            }
            for (int round = 0; round <= ROUNDS; round++) {
                server.ask(sent); // the new ones of the round before may have taken its place
                knownPicture(round, known, kept.getFirst(), model, server, bare, first.usage());
                newPicture(round, model, server, bare, first.usage());
            }
            memory(server, model.config());
        }
    }

    private void knownPicture(
            int round, byte[] body, SeenImage seen, SphinxV model, Server server, BareRuns bare, Usage usage) {
        var http = new ArrayList<Double>();
        var java = new ArrayList<Double>();
        var runs = new ArrayList<Double>();
        for (int i = 0; i < REQUESTS; i++) { // one beside the other, so that whatever else runs hits all
            http.add(time(() -> server.ask(body)));
            java.add(time(() -> model.answer(question(seen.image()), seen, event -> {})));
            runs.add(time(() -> bare.knownPicture(usage)));
        }
        round(round, "known picture", median(http), median(java), median(runs));
    }

    private void newPicture(int round, SphinxV model, Server server, BareRuns bare, Usage usage) throws IOException {
        var http = new ArrayList<Double>();
        var java = new ArrayList<Double>();
        var runs = new ArrayList<Double>();
        var pixels = new ArrayList<Double>();
        for (int i = 0; i < REQUESTS; i++) {
            byte[] file = picture();
            byte[] body = body(encoded(file));
            http.add(time(() -> server.ask(body)));
            java.add(time(() -> model.answer(question(ImageDecoder.decode(file)), event -> {}, seen -> {})));
            runs.add(time(() -> bare.newPicture(usage)));
            pixels.add(time(() ->
                    SquareImage.of(ImageDecoder.decode(file), model.config().image())));
        }
        round(round, "new picture", median(http), median(java), median(runs));
        if (round > 0) {
            add("new picture, of that decoding and resizing it, ms", median(pixels));
        }
    }

    private void round(int round, String name, double http, double java, double runs) {
        if (round == 0) { // warms up
            return;
        }
        add(name + ", over HTTP, ms", http);
        add(name + ", in process, ms", java);
        add(name + ", runs of the graphs alone, ms", runs);
        add(name + ", what HTTP and Java add, ms", http - runs);
        add(name + ", what HTTP and Java add, % of the runs", 100 * (http / runs - 1));
    }

    private void memory(Server server, ModelConfig config) throws IOException {
        var language = config.language();
        double token = 2.0 * language.layers() * language.kvHeads() * language.headWidth() * Float.BYTES;
        double caches = ANSWERS_AT_A_TIME * token * language.maxTokens() / 1e6;
        double weights = 0;
        try (var files = Files.newDirectoryStream(bundle)) {
            for (Path file : files) {
                weights += Files.size(file) / 1e6;
            }
        }
        double resident = server.resident();
        add("server, resident, MB", resident);
        add("of it weights, MB", weights);
        add("keys and values of %d answers, at most, MB".formatted(ANSWERS_AT_A_TIME), caches);
        add("server, resident, beyond weights, keys and values, MiB", (resident - weights - caches) * 1e6 / (1 << 20));
    }

    private static Question question(RgbImage image) {
        return new Question(image, List.of(POINT), Conversation.of(ASKED), SamplingOptions.greedy(), TOKENS);
    }

    private static byte[] body(String image) {
        return "{\"image\": \"%s\", \"question\": \"%s\", \"marks\": [{\"point\": [%s, %s]}], \"maxTokens\": %d}"
                .formatted(image, ASKED, POINT.x(), POINT.y(), TOKENS)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] file) {
        return Base64.getEncoder().encodeToString(file);
    }

    /** A JPEG of 800 x 600 that nobody has seen: its first blocks say which it is. */
    private byte[] picture() throws IOException {
        pictures++;
        var image = new BufferedImage(800, 600, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                boolean bit = y < 16 && (pictures >> x / 16 & 1) == 1;
                image.setRGB(x, y, bit ? 0xffffff : (x * 255 / 800) << 16 | (y * 255 / 600) << 8 | (x ^ y) & 0xff);
            }
        }
        var file = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", file);
        return file.toByteArray();
    }

    private static double time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private void add(String name, double value) {
        figures.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private void write() throws IOException {
        var text = new StringBuilder("| figure | median of %d rounds |%n| --- | --- |%n".formatted(ROUNDS));
        figures.forEach((name, values) -> text.append("| %s | %.1f |%n".formatted(name, median(values))));
        Files.writeString(output.resolve("served.md"), text);
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(output.resolve("served.json").toFile(), figures);
        System.out.print(text);
    }
}
