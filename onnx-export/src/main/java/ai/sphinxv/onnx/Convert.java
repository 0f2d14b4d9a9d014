package ai.sphinxv.onnx;

import ai.sphinxv.onnx.checkpoint.Checkpoint;
import ai.sphinxv.onnx.checkpoint.CheckpointException;
import ai.sphinxv.onnx.checkpoint.JoinedFiles;
import ai.sphinxv.onnx.checkpoint.PublishedCheckpoint;
import ai.sphinxv.onnx.checkpoint.RandomWeights;
import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.BundleException;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.text.Tokenizer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A checkpoint to a bundle: {@code Convert config checkpoint-folder tokenizer.json bundle-folder precision [prompts]}. The
 * folder has the released {@code consolidated.0N-of-0M.model.pth}, or safetensors files whose names are the networks' own.
 * {@code random} in its place draws weights: a bundle of that size, to see whether a machine can load it and how fast it
 * answers. Started again after it was stopped, however, it goes on where it was.
 */
public final class Convert {
    private static final String USAGE = """
        usage: Convert config checkpoint-folder tokenizer.json bundle-folder precision [prompts]
          config             published, paper or nano
          checkpoint-folder  all of consolidated.0N-of-0M.model.pth, or *.safetensors;
                             "random" draws weights of that size, to measure with;
                             a model that reads text needs its reader's files there or beside tokenizer.json
          precision          full        32-bit weights
                             half        16 bits
                             small       8 bits in the vision encoder, 4 in the decoder
                             small-half  16 bits in the vision encoder, 4 in the decoder
                             gpu, small-gpu  as half and small-half, computing with 16 bits, as CUDA wants
          prompts            fp32 (the default), or reference-bf16: the prompt encoder in brain floats,
                             step by step as the released code computes it\
        """;

    private static final Path RANDOM = Path.of("random");
    private static final long SEED = 1;

    private Convert() {}

    public static void main(String[] arguments) {
        if (arguments.length < 5 || arguments.length > 6) {
            System.err.println(USAGE);
            System.exit(2);
        }
        orFail(() -> {
            requireGiven(arguments);
            run(
                    config(arguments[0], arguments.length == 6 ? arguments[5] : "fp32"),
                    Path.of(arguments[1]),
                    Path.of(arguments[2]),
                    Path.of(arguments[3]),
                    Precision.named(arguments[4]),
                    System.out);
        });
    }

    /**
     * What nobody set arrives as it is written in the pom.
     *
     * @throws IllegalArgumentException naming the property
     */
    public static void requireGiven(String... arguments) {
        for (String argument : arguments) {
            if (argument.startsWith("${") && argument.endsWith("}")) {
                throw new IllegalArgumentException(
                        "give -D%s=...".formatted(argument.substring(2, argument.length() - 1)));
            }
        }
    }

    interface Conversion {
        void run() throws IOException;
    }

    /** Says what was wrong and ends the process, if something was. */
    static void orFail(Conversion conversion) {
        try {
            conversion.run();
        } catch (IllegalArgumentException | CheckpointException | BundleException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            fail(e.getFile() + " is not there");
        } catch (IOException e) {
            fail(e.toString());
        } catch (UncheckedIOException e) {
            fail(String.valueOf(e.getCause()));
        }
    }

    private static void fail(String message) {
        System.err.println("not converted: " + message);
        System.exit(1);
    }

    private static ModelConfig config(String name, String prompts) {
        return switch (prompts) {
            case "fp32" -> ModelConfig.named(name);
            case "reference-bf16" -> ModelConfig.named(name).withBfloat16Prompts();
            default ->
                throw new IllegalArgumentException(
                        "no prompt encoder \"%s\": there are fp32 and reference-bf16".formatted(prompts));
        };
    }

    static void run(ModelConfig config, Path folder, Path tokenizer, Path bundle, Precision precision, PrintStream out)
            throws IOException {
        Instant start = Instant.now();
        requireWordsOf(config, tokenizer, out); // else it would be missed at the very end
        Path reader = config.reader() == null ? null : reader(config, folder, tokenizer);
        try (Checkpoint checkpoint = open(folder, NetworkShapes.of(config, 1).weights())) {
            BundleExporter.export(
                    config,
                    checkpoint,
                    precision,
                    tokenizer,
                    reader,
                    bundle,
                    provenance(config, folder, precision, start));
        }
        out.printf(
                "%s: %s in %d s%n",
                bundle, precision, Duration.between(start, Instant.now()).toSeconds());
    }

    private static void requireWordsOf(ModelConfig config, Path tokenizer, PrintStream out) throws IOException {
        if (!Files.isRegularFile(tokenizer)) {
            throw new NoSuchFileException(tokenizer.toString());
        }
        int words = Tokenizer.read(tokenizer).size();
        int vocabulary = config.language().vocabulary();
        if (words > vocabulary) {
            throw new IllegalArgumentException("%s has %d tokens and the model %s %d: it is of another model"
                    .formatted(tokenizer, words, config.name(), vocabulary));
        }
        if (words < vocabulary) {
            out.printf(
                    "%s has %d tokens and the model %s %d: the others are taken for padding%n",
                    tokenizer, words, config.name(), vocabulary);
        }
    }

    /** A bundle has all of them, so that its own files will do for a conversion whose checkpoint brings none. */
    private static Path reader(ModelConfig config, Path folder, Path tokenizer) {
        Path beside = tokenizer.toAbsolutePath().normalize().getParent();
        List<String> needed = Bundle.readers(config);
        for (Path place : Stream.of(folder, beside).filter(Objects::nonNull).toList()) {
            if (needed.stream().allMatch(name -> Files.isRegularFile(place.resolve(name)))) {
                return place;
            }
        }
        throw new IllegalArgumentException(
                "the model %s reads text: put %s beside %s%s; functions/src/main/resources/nano has them"
                        .formatted(
                                config.name(),
                                String.join(", ", needed),
                                tokenizer,
                                folder.equals(RANDOM) ? "" : " or into " + folder));
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
