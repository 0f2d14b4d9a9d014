package ai.sphinxv.onnx;

import ai.sphinxv.onnx.checkpoint.Checkpoint;
import ai.sphinxv.onnx.checkpoint.JoinedFiles;
import ai.sphinxv.onnx.checkpoint.PublishedCheckpoint;
import ai.sphinxv.onnx.checkpoint.RandomWeights;
import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint to a bundle: {@code Convert config checkpoint-folder tokenizer.json bundle-folder full|small}. The folder
 * has the released {@code consolidated.0N-of-0M.model.pth}, or safetensors files whose names are the networks' own. {@code
 * random} in its place draws weights: a bundle of that size, to see whether a machine can load it and how fast it answers.
 */
public final class Convert {
    private static final String USAGE = """
            usage: Convert config checkpoint-folder tokenizer.json bundle-folder full|small
              config             published or paper
              checkpoint-folder  all of consolidated.0N-of-0M.model.pth, or *.safetensors;
                                 "random" draws weights of that size, to measure with
              full|small         32-bit weights, or 8 bits in the vision encoder and 4 in the decoder""";

    private static final Path RANDOM = Path.of("random");
    private static final long SEED = 1;

    private Convert() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 5 || !List.of("full", "small").contains(arguments[4])) {
            System.err.println(USAGE);
            System.exit(2);
        }
        run(
                ModelConfig.named(arguments[0]),
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                Path.of(arguments[3]),
                arguments[4].equals("small") ? Precision.SMALL : Precision.FULL,
                System.out);
    }

    static void run(ModelConfig config, Path folder, Path tokenizer, Path bundle, Precision precision, PrintStream out)
            throws IOException {
        Instant start = Instant.now();
        try (Checkpoint checkpoint = open(folder, NetworkShapes.of(config, 1).weights())) {
            BundleExporter.export(
                    config,
                    checkpoint,
                    precision,
                    tokenizer,
                    null,
                    bundle,
                    provenance(config, folder, precision, start));
        }
        out.printf(
                "%s: %s in %d s%n",
                bundle, precision, Duration.between(start, Instant.now()).toSeconds());
    }

    private static Checkpoint open(Path folder, Map<String, Shape> model) throws IOException {
        if (folder.equals(RANDOM)) {
            return new RandomWeights(model, SEED);
        }
        List<Path> safetensors;
        try (var files = Files.list(folder)) {
            safetensors = files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
        return safetensors.isEmpty() ? PublishedCheckpoint.open(folder, model) : JoinedFiles.open(safetensors);
    }

    private static Provenance provenance(ModelConfig config, Path folder, Precision precision, Instant start) {
        return new Provenance(
                "./mvnw -Pconvert -Dmodel=" + config.name(),
                folder.equals(RANDOM) ? "none: random weights" : "none: converted, not trained",
                start.truncatedTo(ChronoUnit.SECONDS).toString(),
                Map.of("precision", precision.toString()));
    }
}
