package ai.sphinxv.onnx;

import ai.sphinxv.runtime.bundle.ModelConfig;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@link Convert} of a small checkpoint in a process of its own, which a test can kill: checkpoint, tokenizer, bundle,
 * precision.
 */
final class ConvertSmall {
    /** Enough to convert that there are moments to kill it in, and that its largest tensors are read in two pieces. */
    static final ModelConfig CONFIG = new ModelConfig(
            "small-published",
            SmallPublished.CONFIG.image(),
            SmallPublished.CONFIG.experts(),
            SmallPublished.CONFIG.queries(),
            SmallPublished.CONFIG.prompts(),
            null,
            null,
            null,
            new ModelConfig.Language(256, 8, 4, 4, 512, 5000, 160, 1e-5, 10_000, true),
            SmallPublished.CONFIG.template());

    private ConvertSmall() {}

    public static void main(String[] arguments) {
        Convert.orFail(() -> run(
                Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), Precision.named(arguments[3])));
    }

    static void run(Path checkpoint, Path tokenizer, Path bundle) throws IOException {
        run(checkpoint, tokenizer, bundle, Precision.FULL);
    }

    private static void run(Path checkpoint, Path tokenizer, Path bundle, Precision precision) throws IOException {
        Convert.run(CONFIG, checkpoint, tokenizer, bundle, precision, System.out);
    }
}
