package ai.sphinxv.training;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Path;

/** A run's knobs, read from a recipe. A misspelt or missing key stops the run before it starts. */
@ConfigMapping(prefix = "train")
public interface TrainConfig {

    /** Which model: the name of a config that ships, or a JSON file beside the recipe. */
    String model();

    /** Everything random follows from it: parameters, scenes, questions. */
    @WithDefault("1")
    long seed();

    /** Threads of LibTorch; scenes are drawn by one more. */
    @WithDefault("2")
    int threads();

    /** AdamW's weight decay. */
    @WithDefault("0.01")
    double decay();

    /** Largest global norm of a step's gradient. */
    @WithDefault("1")
    double clip();

    /** Before the paper's stages: the visual experts learn to name what lies in each cell. */
    StageConfig experts();

    /** Before the paper's stages: the language model reads conversations without pictures. */
    StageConfig language();

    /** Stage 1: marks are aligned with picture and text; experts and decoder layers are frozen. */
    StageConfig align();

    /** Stage 2: every task; experts and prompt encoder are frozen. */
    StageConfig finetune();

    /** Scenes of each of the held-out measurements after the export. */
    @WithDefault("500")
    int heldOutScenes();

    /** A stage's knobs. */
    default StageConfig of(Stage stage) {
        return switch (stage) {
            case EXPERTS -> experts();
            case LANGUAGE -> language();
            case ALIGN -> align();
            case FINETUNE -> finetune();
        };
    }

    /** How long and how fast a stage learns. */
    interface StageConfig {
        /** Optimizer steps; 0 leaves the stage out. */
        int steps();

        /** Scenes, texts or conversations of a step. */
        int batch();

        /** Highest learning rate, reached after the first 3 % of the steps, then a half cosine down to 0. */
        double rate();
    }

    /** Reads a recipe; system properties of the same names go before it. */
    static TrainConfig read(Path recipe) throws IOException {
        return new SmallRyeConfigBuilder()
                .addDefaultSources()
                .withSources(new PropertiesConfigSource(recipe.toUri().toURL(), 50))
                .withMapping(TrainConfig.class)
                .build()
                .getConfigMapping(TrainConfig.class);
    }
}
