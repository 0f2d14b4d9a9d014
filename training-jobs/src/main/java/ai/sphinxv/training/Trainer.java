package ai.sphinxv.training;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.training.TrainConfig.StageConfig;
import ai.sphinxv.training.data.Batches.Answers;
import ai.sphinxv.training.data.Batches.Marks;
import ai.sphinxv.training.data.Batches.Texts;
import ai.sphinxv.training.data.Collator;
import ai.sphinxv.training.data.Sample;
import ai.sphinxv.training.scenes.Draws;
import ai.sphinxv.training.torch.Learner;
import ai.sphinxv.training.torch.Parameters;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The stages on samples that no step sees twice: samples are numbered through all stages. */
final class Trainer {
    /** Steps whose samples are drawn together. */
    private static final int BUCKET = 8;

    private final TrainConfig recipe;
    private final ModelConfig config;
    private final Samples samples;
    private final Collator collator;
    private final Parameters parameters;
    private final PrintStream out;

    Trainer(
            TrainConfig recipe,
            ModelConfig config,
            Samples samples,
            Collator collator,
            Parameters parameters,
            PrintStream out) {
        this.recipe = recipe;
        this.config = config;
        this.samples = samples;
        this.collator = collator;
        this.parameters = parameters;
        this.out = out;
    }

    void learn(Stage stage) {
        learn(stage, recipe.of(stage).steps(), name -> stage.trains(config, name));
    }

    /** A stage with other steps or other parameters than the recipe and the stage have. */
    void learn(Stage stage, int steps, Predicate<String> trained) {
        switch (stage) {
            case REGIONS -> learn(stage, steps, trained, samples.crowded(), batch -> new Looks(collator.marks(batch)));
            case LANGUAGE ->
                learn(stage, steps, trained, samples.everything(), batch -> new Language(collator.texts(batch)));
            case ALIGN ->
                learn(stage, steps, trained, samples.labels(), batch -> new Conversations(collator.answers(batch)));
            case FINETUNE ->
                learn(stage, steps, trained, samples.everything(), batch -> new Conversations(collator.answers(batch)));
        }
    }

    /** What one step learns from. */
    private sealed interface Lesson {}

    private record Looks(Marks marks) implements Lesson {}

    private record Language(Texts texts) implements Lesson {}

    private record Conversations(Answers answers) implements Lesson {}

    private void learn(
            Stage stage,
            int steps,
            Predicate<String> trained,
            LongFunction<Sample> row,
            Function<List<Sample>, Lesson> lessons) {
        StageConfig knobs = recipe.of(stage);
        long first = firstSample(stage);
        var schedule = new Schedule(steps, knobs.rate());
        var progress = new Progress(out, stage, steps);
        var buckets = new Buckets(row, first, knobs.batch());
        try (var learner = new Learner(config, parameters, trained, recipe.decay(), recipe.clip(), recipe.bf16());
                var ahead = new Prefetch<>(step -> lessons.apply(buckets.batch(step)))) {
            for (int step = 0; step < steps; step++) {
                Lesson lesson = ahead.next();
                double rate = schedule.rate(step);
                double loss = switch (lesson) {
                    case Looks looks -> learner.learnLooks(looks.marks(), rate);
                    case Language language -> learner.learnText(language.texts(), rate);
                    case Conversations conversations -> learner.learnAnswers(conversations.answers(), rate);
                };
                progress.step(step, loss, rate, tokens(lesson));
            }
        }
    }

    /** Batches of samples of like length: a batch is as long as its longest. Steps are asked for in their order. */
    private final class Buckets {
        private final LongFunction<Sample> row;
        private final long first;
        private final int batch;
        private List<List<Sample>> batches = List.of();

        Buckets(LongFunction<Sample> row, long first, int batch) {
            this.row = row;
            this.first = first;
            this.batch = batch;
        }

        List<Sample> batch(int step) {
            if (step % BUCKET == 0) {
                batches = draw(first + (long) step * batch);
            }
            return batches.get(step % BUCKET);
        }

        private List<List<Sample>> draw(long from) {
            var samples = LongStream.range(from, from + (long) BUCKET * batch)
                    .mapToObj(row)
                    .sorted(Comparator.comparingInt(collator::length))
                    .toList();
            var byLength = IntStream.range(0, BUCKET)
                    .mapToObj(i -> samples.subList(i * batch, (i + 1) * batch))
                    .toList();
            return Draws.shuffled(byLength, Draws.of(recipe.seed(), from));
        }
    }

    private long firstSample(Stage stage) {
        return Arrays.stream(Stage.values())
                .filter(before -> before.compareTo(stage) < 0)
                .mapToLong(before ->
                        (long) recipe.of(before).steps() * recipe.of(before).batch())
                .sum();
    }

    private long tokens(Lesson lesson) {
        return switch (lesson) {
            case Looks looks -> (long) looks.marks().count() * config.prompts().slots();
            case Language language -> tokens(language.texts(), 0);
            case Conversations conversations -> tokens(conversations.answers().texts(), config.prefixTokens());
        };
    }

    private static long tokens(Texts texts, int before) {
        return (long) texts.count() * (before + texts.length());
    }
}
