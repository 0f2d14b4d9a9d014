package ai.sphinxv.training;

import ai.sphinxv.onnx.BundleExporter;
import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.onnx.verify.ParityCheck;
import ai.sphinxv.onnx.verify.ParityCheck.Parity;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.text.Conversation.Segment;
import ai.sphinxv.runtime.text.Tokenizer;
import ai.sphinxv.training.data.Mixture;
import ai.sphinxv.training.data.TokenizerTrainer;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.Split;
import ai.sphinxv.training.torch.LibTorch;
import ai.sphinxv.training.torch.Parameters;
import ai.sphinxv.training.torch.Reference;
import ai.sphinxv.training.torch.TrainingHeads;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The whole job: tokenizer, four stages, checkpoint, bundle, parity, held-out measurements.
 *
 * <p>{@code TrainMain recipe.properties output-folder} leaves in the folder {@code tokenizer.json},
 * {@code model.safetensors} and {@code bundle/}. The parameters after each stage are kept there too: a run that was stopped
 * goes on with the stage it was in. Every stage begins with a fresh optimizer, so nothing is lost by that.
 */
public final class TrainMain {
    private static final int TOKENIZER_TEXTS = 4000;
    private static final int PARITY_ANSWERS = 50;

    private TrainMain() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: TrainMain recipe.properties output-folder");
            System.exit(2);
        }
        run(Path.of(arguments[0]), Path.of(arguments[1]), System.out);
    }

    /** Trains by the recipe and gives the folder of the exported, checked and measured bundle. */
    public static Path run(Path recipeFile, Path output, PrintStream out) throws IOException {
        long start = System.nanoTime();
        String commit = SourceCommit.read(); // now: by the end of the run the checkout may have moved on
        TrainConfig recipe = TrainConfig.read(recipeFile);
        ModelConfig config = config(recipe.model(), recipeFile);
        LibTorch.start(recipe.threads());
        Files.createDirectories(output);
        Catalog catalog = Catalog.open();
        Path tokenizerFile = output.resolve("tokenizer.json");
        Tokenizer tokenizer = tokenizer(recipe, config, catalog, tokenizerFile);

        Path checkpoint = output.resolve("model.safetensors");
        Path bundle = output.resolve("bundle");
        try (var parameters = start(recipe, config, catalog, output)) {
            out.printf(
                    "%s: %,d parameters, %d tokens before the text%n",
                    config.name(), parameters.count(TrainMain::isExported), config.prefixTokens());
            var trainer = new Trainer(recipe, config, catalog, tokenizer, parameters, out);
            for (Stage stage : Stage.values()) {
                if (!Files.exists(after(stage, output))) {
                    trainer.learn(stage);
                    parameters.write(after(stage, output), name -> true);
                }
            }
            parameters.write(checkpoint, TrainMain::isExported);
            Duration training = Duration.ofNanos(System.nanoTime() - start).truncatedTo(ChronoUnit.SECONDS);
            out.println("trained in " + training);

            var measured = new LinkedHashMap<String, String>();
            measured.put("training time", "%d s on %d threads".formatted(training.toSeconds(), recipe.threads()));
            BundleExporter.export(config, checkpoint, tokenizerFile, bundle, provenance(recipeFile, commit, measured));
            Parity parity = parity(recipe, config, catalog, tokenizer, parameters, bundle);
            out.println("the bundle equals the trained networks: " + parity);
            measured.put("parity with LibTorch", parity.toString());
            Evaluation.print(Evaluation.measure(bundle, catalog, recipe.heldOutScenes(), measured), out);
            BundleExporter.writeManifest(config, bundle, provenance(recipeFile, commit, measured));
        }
        out.println("bundle: " + bundle.toAbsolutePath());
        return bundle;
    }

    /** Fresh parameters, or those after the last stage that an earlier run into this folder finished. */
    private static Parameters start(TrainConfig recipe, ModelConfig config, Catalog catalog, Path output)
            throws IOException {
        var shapes = shapes(config, catalog);
        for (Stage stage : List.of(Stage.values()).reversed()) {
            if (Files.exists(after(stage, output))) {
                return Parameters.read(after(stage, output), shapes);
            }
        }
        return Parameters.initial(shapes, config.language().layers(), recipe.seed());
    }

    private static Path after(Stage stage, Path output) {
        return output.resolve("after-%s.safetensors".formatted(stage.word()));
    }

    private static ModelConfig config(String model, Path recipe) throws IOException {
        return model.endsWith(".json")
                ? new ObjectMapper().readValue(recipe.resolveSibling(model).toFile(), ModelConfig.class)
                : ModelConfig.named(model);
    }

    private static Tokenizer tokenizer(TrainConfig recipe, ModelConfig config, Catalog catalog, Path file)
            throws IOException {
        var texts = Mixture.everything(catalog, Split.TRAIN, recipe.seed());
        TokenizerTrainer.train(
                LongStream.range(0, TOKENIZER_TEXTS)
                        .mapToObj(texts::sample)
                        .flatMap(sample -> sample.conversation().segments(config.template()).stream())
                        .map(Segment::text),
                config.language().vocabulary(),
                file);
        return Tokenizer.read(file);
    }

    private static Map<String, Shape> shapes(ModelConfig config, Catalog catalog) {
        var shapes = new LinkedHashMap<>(NetworkShapes.of(config, 1).weights());
        shapes.putAll(TrainingHeads.shapes(
                config,
                catalog.labels().size(),
                catalog.colors().size(),
                catalog.words().size()));
        return shapes;
    }

    private static boolean isExported(String name) {
        return !TrainingHeads.ofCells(name) && !TrainingHeads.ofMarks(name);
    }

    private static Parity parity(
            TrainConfig recipe,
            ModelConfig config,
            Catalog catalog,
            Tokenizer tokenizer,
            Parameters parameters,
            Path bundle) {
        LibTorch.precise(true);
        var cases = new ParityCases(config, new Reference(config, parameters));
        var samples = Mixture.everything(catalog, Split.VALIDATION, recipe.seed());
        return ParityCheck.run(
                bundle,
                cases.images(),
                cases.prompts(),
                cases.decoders(),
                cases.answers(samples, tokenizer, catalog, PARITY_ANSWERS));
    }

    private static Provenance provenance(Path recipe, String commit, Map<String, String> measured) {
        return new Provenance(
                "./mvnw -Ptrain -Drecipe=recipes/" + recipe.getFileName(),
                commit,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                measured);
    }
}
