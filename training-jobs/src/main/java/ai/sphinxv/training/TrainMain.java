package ai.sphinxv.training;

import ai.sphinxv.onnx.BundleExporter;
import ai.sphinxv.onnx.checkpoint.TfjsNanoDet;
import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.onnx.verify.ParityCheck;
import ai.sphinxv.onnx.verify.ParityCheck.Parity;
import ai.sphinxv.runtime.ExpertWords;
import ai.sphinxv.runtime.bundle.Expert;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.graph.Providers;
import ai.sphinxv.runtime.graph.TextReader;
import ai.sphinxv.runtime.text.Conversation.Segment;
import ai.sphinxv.runtime.text.Tokenizer;
import ai.sphinxv.training.data.Collator;
import ai.sphinxv.training.data.FeatureFile;
import ai.sphinxv.training.data.Mixture;
import ai.sphinxv.training.data.PictureFeatures;
import ai.sphinxv.training.data.Readings;
import ai.sphinxv.training.data.TokenizerTrainer;
import ai.sphinxv.training.data.Vocabulary;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.torch.CopyHeads;
import ai.sphinxv.training.torch.FrozenExperts;
import ai.sphinxv.training.torch.LibTorch;
import ai.sphinxv.training.torch.Parameters;
import ai.sphinxv.training.torch.Processor;
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
import org.jspecify.annotations.Nullable;

/**
 * The whole job: features of the frozen experts, tokenizer, four stages, checkpoint, bundle, parity, held-out
 * measurements.
 *
 * <p>{@code TrainMain recipe.properties output-folder} leaves in the folder {@code features.smile},
 * {@code tokenizer.json}, {@code model.safetensors} and {@code bundle/}; features that lie there already are used. The
 * parameters after each stage are kept there too ({@link StageCheckpoint}): a run that was stopped goes on with the stage
 * it was in. Every stage begins with a fresh optimizer, so nothing is lost by that.
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
        Processor processor = LibTorch.start(recipe.threads(), recipe.processor());
        Files.createDirectories(output);
        Catalog catalog = Catalog.open();
        var sources = new Sources(recipe, catalog);
        Path checkpoint = output.resolve("model.safetensors");
        Path bundle = output.resolve("bundle");

        try (var reader = reader(recipe, config)) {
            var readings = new Readings(reader == null ? null : reader::read, config.reader());
            List<PictureFeatures> pictures = features(recipe, config, sources, readings, processor, output, out);
            Path tokenizerFile = output.resolve("tokenizer.json");
            Tokenizer tokenizer = tokenizer(recipe, config, pictures, tokenizerFile);
            var vocabulary = Vocabulary.of(pictures);
            StageCheckpoint.dropDamaged(output, out);
            try (var parameters = start(recipe, config, vocabulary, output)) {
                parameters.moveTo(processor);
                out.printf(
                        "%s on %s: %,d parameters, %,d of them frozen, %d tokens before the text%n",
                        config.name(),
                        processor,
                        parameters.count(TrainMain::isExported),
                        parameters.count(name -> Stage.isExpert(config, name)),
                        config.prefixTokens());
                var trainer = new Trainer(
                        recipe,
                        config,
                        Samples.of(config, pictures, recipe),
                        new Collator(config, tokenizer, vocabulary),
                        parameters,
                        out);
                for (Stage stage : Stage.values()) {
                    if (!StageCheckpoint.isThere(stage, output)) {
                        trainer.learn(stage);
                        StageCheckpoint.write(stage, output, parameters);
                    }
                }
                parameters.write(checkpoint, TrainMain::isExported);
                Duration training = Duration.ofNanos(System.nanoTime() - start).truncatedTo(ChronoUnit.SECONDS);
                out.println("trained in " + training);

                var measured = new LinkedHashMap<String, String>();
                measured.put("training time", "%d s on %s".formatted(training.toSeconds(), on(processor, recipe)));
                BundleExporter.export(
                        config,
                        checkpoint,
                        tokenizerFile,
                        recipe.textExpert().orElse(null),
                        bundle,
                        provenance(recipeFile, commit, measured));
                Parity parity = parity(
                        config, sources, new ExpertWords(config, readings.reader()), tokenizer, parameters, bundle);
                out.println("the bundle equals the trained networks: " + parity);
                measured.put("parity with LibTorch", parity.toString());
                Evaluation.print(Evaluation.measure(bundle, catalog, recipe.heldOutScenes(), measured), out);
                BundleExporter.writeManifest(config, bundle, provenance(recipeFile, commit, measured));
            }
        }
        out.println("bundle: " + bundle.toAbsolutePath());
        return bundle;
    }

    /** Those of an earlier run into this folder, or of every picture of the recipe. */
    private static List<PictureFeatures> features(
            TrainConfig recipe,
            ModelConfig config,
            Sources sources,
            Readings readings,
            Processor processor,
            Path output,
            PrintStream out)
            throws IOException {
        Path file = output.resolve("features.smile");
        if (!Files.exists(file)) {
            try (var parameters =
                    fresh(recipe, config, NetworkShapes.of(config, 1).weights())) {
                parameters.moveTo(processor);
                var featurizer = new Featurizer(config, new FrozenExperts(config, parameters), readings);
                featurizer.all(sources.pictures(), recipe, file, out);
            }
        }
        return FeatureFile.read(file);
    }

    /** Fresh parameters, or those after the last stage that an earlier run into this folder finished. */
    private static Parameters start(TrainConfig recipe, ModelConfig config, Vocabulary vocabulary, Path output)
            throws IOException {
        var shapes = shapes(config, vocabulary);
        for (Stage stage : List.of(Stage.values()).reversed()) {
            if (StageCheckpoint.isThere(stage, output)) {
                return Parameters.read(StageCheckpoint.file(stage, output), shapes);
            }
        }
        return fresh(recipe, config, shapes);
    }

    /** Of all that is learned, the heads of training included. */
    static Map<String, Shape> shapes(ModelConfig config, Vocabulary vocabulary) {
        var shapes = new LinkedHashMap<>(NetworkShapes.of(config, 1).weights());
        shapes.putAll(TrainingHeads.shapes(config, vocabulary));
        return shapes;
    }

    /** Random ones, but those of experts that come trained. */
    private static Parameters fresh(TrainConfig recipe, ModelConfig config, Map<String, Shape> shapes)
            throws IOException {
        var parameters = Parameters.initial(shapes, config.language().layers(), recipe.seed());
        if (config.reader() != null || config.objects() != null) {
            int slots = config.prompts().slots();
            CopyHeads.begin(parameters, config.language(), slots, recipe.seed()); // it has to repeat what it is told
        }
        for (Expert expert : config.experts()) {
            if (expert instanceof Expert.NanoDet net) {
                Path file = recipe.objectExpert()
                        .orElseThrow(() -> new IllegalArgumentException(
                                config.name() + " has an object expert: set train.object-expert to its nanodet.json"));
                parameters.set(TfjsNanoDet.read(file, net.name(), net.classes()));
            }
        }
        return parameters;
    }

    static ModelConfig config(String model, Path recipe) throws IOException {
        return model.endsWith(".json")
                ? new ObjectMapper().readValue(recipe.resolveSibling(model).toFile(), ModelConfig.class)
                : ModelConfig.named(model);
    }

    private static Tokenizer tokenizer(
            TrainConfig recipe, ModelConfig config, List<PictureFeatures> pictures, Path file) throws IOException {
        if (!Files.exists(file)) {
            var texts = Mixture.everything(config, pictures, recipe.seed(), recipe.fewMarks());
            TokenizerTrainer.train(
                    LongStream.range(0, TOKENIZER_TEXTS)
                            .mapToObj(texts::sample)
                            .flatMap(
                                    sample -> sample.conversation().segments(config.template(), sample.told()).stream())
                            .map(Segment::text),
                    config.language().vocabulary(),
                    file);
        }
        return Tokenizer.read(file);
    }

    /** The text expert, or nothing for a model that reads no text. */
    private static @Nullable TextReader reader(TrainConfig recipe, ModelConfig config) {
        if (config.reader() == null) {
            return null;
        }
        Path folder = recipe.textExpert()
                .orElseThrow(() -> new IllegalArgumentException(
                        config.name() + " reads text: set train.text-expert to the folder of its reader"));
        return TextReader.open(folder, config.reader(), new Providers(List.of(), recipe.threads()));
    }

    static boolean isExported(String name) {
        return !TrainingHeads.ofLooks(name) && !TrainingHeads.ofMarks(name);
    }

    private static Parity parity(
            ModelConfig config,
            Sources sources,
            ExpertWords words,
            Tokenizer tokenizer,
            Parameters parameters,
            Path bundle) {
        LibTorch.precise(true);
        parameters.moveTo(Processor.CPU);
        var cases = new ParityCases(config, new Reference(config, parameters));
        return ParityCheck.run(
                bundle,
                cases.images(),
                cases.prompts(),
                cases.decoders(),
                cases.answers(sources.validation(PARITY_ANSWERS), tokenizer, words));
    }

    private static String on(Processor processor, TrainConfig recipe) {
        return switch (processor) {
            case CPU -> recipe.threads() + " threads";
            case CUDA -> "a CUDA device";
        };
    }

    private static Provenance provenance(Path recipe, String commit, Map<String, String> measured) {
        return new Provenance(
                "./mvnw -Ptrain -Drecipe=recipes/" + recipe.getFileName(),
                commit,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                measured);
    }
}
