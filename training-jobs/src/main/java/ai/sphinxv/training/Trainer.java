package ai.sphinxv.training;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.text.Tokenizer;
import ai.sphinxv.training.TrainConfig.StageConfig;
import ai.sphinxv.training.data.Batches.Answers;
import ai.sphinxv.training.data.Batches.Cells;
import ai.sphinxv.training.data.Batches.Texts;
import ai.sphinxv.training.data.CellTargets;
import ai.sphinxv.training.data.Collator;
import ai.sphinxv.training.data.Mixture;
import ai.sphinxv.training.data.Sample;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.SceneGenerator;
import ai.sphinxv.training.scenes.Split;
import ai.sphinxv.training.torch.Learner;
import ai.sphinxv.training.torch.Parameters;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.stream.LongStream;

/** The stages on scenes that no step sees twice: scenes are numbered through all stages. */
final class Trainer {
    /** One scene in so many is a usual one for the experts, the others are crowded. */
    private static final int USUAL_OF_EXPERTS = 4;

    private final TrainConfig recipe;
    private final ModelConfig config;
    private final Catalog catalog;
    private final Collator collator;
    private final Parameters parameters;
    private final PrintStream out;

    Trainer(
            TrainConfig recipe,
            ModelConfig config,
            Catalog catalog,
            Tokenizer tokenizer,
            Parameters parameters,
            PrintStream out) {
        this.recipe = recipe;
        this.config = config;
        this.catalog = catalog;
        this.collator = new Collator(config, tokenizer, catalog);
        this.parameters = parameters;
        this.out = out;
    }

    void learn(Stage stage) {
        var scenes = SceneGenerator.of(catalog, Split.TRAIN, recipe.seed());
        var labels = Mixture.labels(catalog, Split.TRAIN, recipe.seed());
        var everything = Mixture.everything(catalog, Split.TRAIN, recipe.seed());
        var cells = new CellTargets(config, catalog);
        switch (stage) {
            case EXPERTS ->
                learn(
                        stage,
                        numbers -> new Experts(cells.of(numbers.mapToObj(
                                        n -> n % USUAL_OF_EXPERTS == 0 ? scenes.scene(n) : scenes.crowdedScene(n))
                                .toList())));
            case LANGUAGE ->
                learn(
                        stage,
                        numbers -> new Language(collator.texts(numbers.mapToObj(everything::sample)
                                .map(Sample::conversation)
                                .toList())));
            case ALIGN ->
                learn(
                        stage,
                        numbers -> new Marks(collator.answers(
                                numbers.mapToObj(labels::sample).toList())));
            case FINETUNE ->
                learn(
                        stage,
                        numbers -> new Marks(collator.answers(
                                numbers.mapToObj(everything::sample).toList())));
        }
    }

    /** What one step learns from. */
    private sealed interface Lesson {}

    private record Experts(Cells cells) implements Lesson {}

    private record Language(Texts texts) implements Lesson {}

    private record Marks(Answers answers) implements Lesson {}

    private interface Lessons {
        Lesson of(LongStream numbers);
    }

    private void learn(Stage stage, Lessons lessons) {
        StageConfig knobs = recipe.of(stage);
        long first = firstScene(stage);
        var schedule = new Schedule(knobs.steps(), knobs.rate());
        var progress = new Progress(out, stage, knobs.steps());
        try (var learner = new Learner(
                        config, parameters, name -> stage.trains(config, name), recipe.decay(), recipe.clip());
                var ahead = new Prefetch<>(step -> lessons.of(
                        LongStream.range(first + (long) step * knobs.batch(), first + (step + 1L) * knobs.batch())))) {
            for (int step = 0; step < knobs.steps(); step++) {
                Lesson lesson = ahead.next();
                double rate = schedule.rate(step);
                double loss = switch (lesson) {
                    case Experts experts -> learner.learnCells(experts.cells(), rate);
                    case Language language -> learner.learnText(language.texts(), rate);
                    case Marks marks -> learner.learnAnswers(marks.answers(), rate);
                };
                progress.step(step, loss, rate, tokens(lesson));
            }
        }
    }

    private long firstScene(Stage stage) {
        return Arrays.stream(Stage.values())
                .filter(before -> before.compareTo(stage) < 0)
                .mapToLong(before ->
                        (long) recipe.of(before).steps() * recipe.of(before).batch())
                .sum();
    }

    private long tokens(Lesson lesson) {
        return switch (lesson) {
            case Experts experts ->
                (long) experts.cells().images().count()
                        * ModelConfig.VIEWS
                        * config.image().rows();
            case Language language ->
                (long) language.texts().count() * language.texts().length();
            case Marks marks ->
                (long) marks.answers().texts().count()
                        * (config.prefixTokens() + marks.answers().texts().length());
        };
    }
}
