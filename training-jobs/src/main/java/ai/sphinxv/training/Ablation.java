package ai.sphinxv.training;

import ai.sphinxv.onnx.BundleExporter;
import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.answer.AnswerParser;
import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.text.Conversation;
import ai.sphinxv.runtime.text.Conversation.Segment;
import ai.sphinxv.runtime.text.Conversation.Turn;
import ai.sphinxv.runtime.text.Tokenizer;
import ai.sphinxv.training.Marking.Asked;
import ai.sphinxv.training.benchmark.Finding.Counted;
import ai.sphinxv.training.benchmark.Report;
import ai.sphinxv.training.benchmark.Share;
import ai.sphinxv.training.data.Collator;
import ai.sphinxv.training.data.MarkFeatures;
import ai.sphinxv.training.data.MarkKind;
import ai.sphinxv.training.data.MarkedScene;
import ai.sphinxv.training.data.Picture;
import ai.sphinxv.training.data.Picture.Thing;
import ai.sphinxv.training.data.PictureFeatures;
import ai.sphinxv.training.data.Questions;
import ai.sphinxv.training.data.Readings;
import ai.sphinxv.training.data.Sample;
import ai.sphinxv.training.data.TokenizerTrainer;
import ai.sphinxv.training.data.Vocabulary;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.Draws;
import ai.sphinxv.training.scenes.SceneGenerator;
import ai.sphinxv.training.scenes.Split;
import ai.sphinxv.training.source.Region;
import ai.sphinxv.training.torch.FrozenExperts;
import ai.sphinxv.training.torch.LibTorch;
import ai.sphinxv.training.torch.Parameters;
import ai.sphinxv.training.torch.Processor;
import ai.sphinxv.training.torch.TrainingHeads;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The paper's Table 9 at this scale, on generated scenes: the visual prompt encoder against marks drawn over the picture and
 * against coordinates in the question; two stages against one. Every arm begins with the same region expert and language
 * model and learns from the same scenes, regions and questions for the same number of steps. All but the view experts
 * learn.
 *
 * <p>{@code Ablation recipe.properties output-folder} leaves {@code ablation.md} and {@code ablation.json} there.
 */
public final class Ablation {
    /** A model, trained in one way. */
    private enum Arm {
        ENCODER("visual prompt encoder, two stages", Marking.ENCODED, true),
        ONE_STAGE("visual prompt encoder, one stage", Marking.ENCODED, false),
        BLENDING("alpha blending, two stages", Marking.BLENDED, true),
        COORDINATES("coordinates in the question, two stages", Marking.WRITTEN, true);

        private final String words;
        private final Marking marking;
        private final boolean twoStages;

        Arm(String words, Marking marking, boolean twoStages) {
            this.words = words;
            this.marking = marking;
            this.twoStages = twoStages;
        }
    }

    /** A scene's regions, as one way of marking shows them: both questions about them. */
    private record Pair(Sample label, Sample brief) {}

    private final TrainConfig recipe;
    private final ModelConfig config;
    private final Processor processor;
    private final Path output;
    private final PrintStream out;
    private final Catalog catalog = Catalog.open();

    private Ablation(TrainConfig recipe, ModelConfig config, Processor processor, Path output, PrintStream out) {
        this.recipe = recipe;
        this.config = config;
        this.processor = processor;
        this.output = output;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: Ablation recipe.properties output-folder");
            System.exit(2);
        }
        run(Path.of(arguments[0]), Path.of(arguments[1]), System.out);
    }

    /** Trains and measures every arm, and gives the table. */
    static Report run(Path recipeFile, Path output, PrintStream out) throws IOException {
        TrainConfig recipe = TrainConfig.read(recipeFile);
        Processor processor = LibTorch.start(recipe.threads(), recipe.processor());
        Files.createDirectories(output);
        return new Ablation(recipe, TrainMain.config(recipe.model(), recipeFile), processor, output, out)
                .run(recipeFile);
    }

    private Report run(Path recipeFile) throws IOException {
        Map<Marking, List<Pair>> pairs = new EnumMap<>(Marking.class);
        try (var experts = Parameters.initial(
                NetworkShapes.of(config, 1).weights(), config.language().layers(), recipe.seed())) {
            experts.moveTo(processor);
            var featurizer =
                    new Featurizer(config, new FrozenExperts(config, experts), new Readings(null, config.reader()));
            for (Marking marking : Marking.values()) {
                pairs.put(marking, pairs(marking, featurizer));
            }
        }
        List<Pair> encoded = Objects.requireNonNull(pairs.get(Marking.ENCODED));
        var vocabulary = Vocabulary.of(
                encoded.stream().map(pair -> pair.label().picture()).toList());
        Path tokenizerFile = tokenizer(pairs);
        var collator = new Collator(config, Tokenizer.read(tokenizerFile), vocabulary);
        var shapes = TrainMain.shapes(config, vocabulary);
        Path begun = output.resolve("begun.safetensors");
        try (var parameters = Parameters.initial(shapes, config.language().layers(), recipe.seed())) {
            parameters.moveTo(processor);
            var trainer = new Trainer(recipe, config, samples(encoded, true), collator, parameters, out);
            trainer.learn(Stage.REGIONS);
            trainer.learn(Stage.LANGUAGE);
            parameters.write(begun, name -> true);
        }

        var report = new Report(config.name() + ", ablations of the paper's Table 9", out::println);
        for (Arm arm : Arm.values()) {
            Path checkpoint = output.resolve(arm.name() + ".safetensors");
            try (var parameters = Parameters.read(begun, shapes)) {
                parameters.moveTo(processor);
                learn(
                        arm,
                        new Trainer(
                                recipe,
                                config,
                                samples(Objects.requireNonNull(pairs.get(arm.marking)), arm.twoStages),
                                collator,
                                parameters,
                                out));
                parameters.write(checkpoint, TrainMain::isExported);
            }
            Path bundle = output.resolve(arm.name());
            BundleExporter.export(config, checkpoint, tokenizerFile, null, bundle, provenance(recipeFile));
            measure(arm, bundle, report);
        }
        report.write(output.resolve("ablation.md"));
        return report;
    }

    /** The same steps in all: labels first, or every question from the start. */
    private void learn(Arm arm, Trainer trainer) {
        int align = recipe.align().steps();
        int finetune = recipe.finetune().steps();
        trainer.learn(Stage.ALIGN, arm.twoStages ? align : align + finetune, this::learns);
        trainer.learn(Stage.FINETUNE, arm.twoStages ? finetune : 0, this::learns);
    }

    private boolean learns(String name) {
        return !TrainingHeads.ofLooks(name) && !Stage.isExpert(config, name);
    }

    private Samples samples(List<Pair> pairs, boolean twoStages) {
        LongFunction<Sample> labels = n -> pick(pairs, n).label();
        LongFunction<Sample> everything =
                n -> n % 2 == 0 ? pick(pairs, n).label() : pick(pairs, n).brief();
        return new Samples(labels, twoStages ? labels : everything, everything);
    }

    private Pair pick(List<Pair> pairs, long n) {
        return pairs.get(Draws.of(recipe.seed(), n).nextInt(pairs.size()));
    }

    private List<Pair> pairs(Marking marking, Featurizer featurizer) {
        var generator = SceneGenerator.of(catalog, Split.TRAIN, recipe.seed());
        var pairs = new ArrayList<Pair>();
        for (int n = 0; n < recipe.scenes(); n++) {
            var random = Draws.of(recipe.seed(), n);
            MarkedScene scene = some(
                    MarkedScene.everyObject(generator.scene(Split.TRAIN.index(n)), MarkKind.REGION, random), random);
            pairs.add(pair(marking, scene, featurizer, random));
        }
        return pairs;
    }

    private Pair pair(Marking marking, MarkedScene scene, Featurizer featurizer, RandomGenerator random) {
        Turn label = Questions.label(scene.regions());
        Turn brief = Questions.brief(scene.regions());
        Asked asked = marking.ask(scene, label.question());
        List<Region> regions = scene.regions().regions();
        var things = IntStream.range(0, asked.marks().size())
                .mapToObj(i -> new Thing(regions.get(i), null))
                .toList();
        PictureFeatures features = featurizer.of(
                new Picture(asked.image(), "scene", things),
                things,
                asked.marks().stream().map(List::of).toList(),
                random);
        List<Region> meant = marking == Marking.ENCODED ? regions : List.of(); // a box around all means no region
        return new Pair(
                sample(features, meant, asked, label),
                sample(features, meant, marking.ask(scene, brief.question()), brief));
    }

    private static Sample sample(PictureFeatures features, List<Region> regions, Asked asked, Turn turn) {
        List<MarkFeatures> marks = features.regions().stream()
                .map(region -> region.boxes().getFirst())
                .toList();
        return new Sample(
                features,
                marks,
                regions,
                List.of(),
                new Conversation(List.of(new Turn(asked.question(), turn.answer()))));
    }

    private static MarkedScene some(MarkedScene all, RandomGenerator random) {
        int count = Math.min(all.marks().size(), 1 + random.nextInt(Marking.MOST));
        return new MarkedScene(
                all.image(),
                all.kind(),
                all.marks().subList(0, count),
                all.objects().subList(0, count));
    }

    private Path tokenizer(Map<Marking, List<Pair>> pairs) throws IOException {
        Path file = output.resolve("tokenizer.json");
        TokenizerTrainer.train(
                pairs.values().stream()
                        .flatMap(List::stream)
                        .flatMap(pair -> List.of(pair.label(), pair.brief()).stream())
                        .flatMap(sample -> sample.conversation().segments(config.template()).stream())
                        .map(Segment::text),
                config.language().vocabulary(),
                file);
        return file;
    }

    /** Every region of held-out scenes, three at most of each. */
    private void measure(Arm arm, Path bundle, Report report) {
        var generator = SceneGenerator.of(catalog, Split.HELD_OUT, 0);
        var labels = new Share(0, 0);
        var briefs = new Share(0, 0);
        try (var model = SphinxV.open(bundle, RuntimeOptions.defaults())) {
            for (int n = 0; n < recipe.heldOutScenes(); n++) {
                var random = Draws.of(0, n);
                MarkedScene scene = some(
                        MarkedScene.everyObject(generator.scene(Split.HELD_OUT.index(n)), MarkKind.REGION, random),
                        random);
                labels = labels.plus(score(model, arm.marking, scene, Questions.label(scene.regions())));
                briefs = briefs.plus(score(model, arm.marking, scene, Questions.brief(scene.regions())));
            }
        }
        report.add("labels, " + arm.words, new Counted(labels, 0));
        report.add("brief descriptions, " + arm.words, new Counted(briefs, 0));
    }

    private static Share score(SphinxV model, Marking marking, MarkedScene scene, Turn turn) {
        Asked asked = marking.ask(scene, turn.question());
        int count = scene.marks().size();
        List<MarkAnswer> said = AnswerParser.marks(
                model.answer(Question.of(asked.image(), asked.marks(), asked.question()))
                        .text(),
                count);
        List<MarkAnswer> right = AnswerParser.marks(String.valueOf(turn.answer()), count);
        return new Share((int) right.stream().filter(said::contains).count(), count);
    }

    private static Provenance provenance(Path recipe) {
        return new Provenance(
                "./mvnw -Pablation -Drecipe=recipes/" + recipe.getFileName(),
                SourceCommit.read(),
                Instant.now().toString(),
                Map.of());
    }
}
