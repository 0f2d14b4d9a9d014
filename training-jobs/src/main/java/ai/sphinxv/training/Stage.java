package ai.sphinxv.training;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.training.torch.TrainingHeads;
import java.util.Locale;

/**
 * What learns and what is frozen. ALIGN and FINETUNE are the paper's two stages (reference-model 5). The two before
 * them stand for what the paper takes from others: pretrained visual experts and a pretrained language model.
 */
public enum Stage {
    EXPERTS,
    LANGUAGE,
    ALIGN,
    FINETUNE;

    /** Its name as it is printed and as files are named. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the stage trains the parameter of that name. */
    boolean trains(ModelConfig config, String name) {
        boolean expert = config.experts().stream().anyMatch(one -> name.startsWith(one.name() + "."))
                || name.startsWith("qformer.");
        boolean cells = TrainingHeads.ofCells(name);
        boolean layers = name.startsWith("layers.");
        boolean text = name.startsWith("tok_embeddings.") || name.startsWith("norm.") || name.startsWith("output.");
        return switch (this) {
            case EXPERTS -> expert || cells;
            case LANGUAGE -> layers || text;
            case ALIGN -> !expert && !cells && !layers;
            case FINETUNE -> !expert && !cells && !name.startsWith("vp_encoder.");
        };
    }
}
