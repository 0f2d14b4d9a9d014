package ai.sphinxv.training;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.training.data.Mixture;
import ai.sphinxv.training.data.PictureFeatures;
import ai.sphinxv.training.data.Sample;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What the stages learn from: endless rows of samples, numbered from 0.
 *
 * @param crowded what the region expert sees: as many marks as there are
 * @param labels stage 1: what marks are, and what they say
 * @param everything stage 2, and what the language model reads before: every task
 */
record Samples(LongFunction<Sample> crowded, LongFunction<Sample> labels, LongFunction<Sample> everything) {

    static Samples of(ModelConfig config, List<PictureFeatures> pictures, TrainConfig recipe) {
        var crowded = Mixture.crowded(config, pictures, recipe.seed());
        var labels = Mixture.labels(config, pictures, recipe.seed(), recipe.fewMarks());
        var everything =
                recipe.labelsOnly() ? labels : Mixture.everything(config, pictures, recipe.seed(), recipe.fewMarks());
        return new Samples(crowded::sample, labels::sample, everything::sample);
    }
}
