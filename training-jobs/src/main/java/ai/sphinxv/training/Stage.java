package ai.sphinxv.training;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Regions;
import ai.sphinxv.training.torch.TrainingHeads;
import java.util.Locale;

/**
 * What learns and what is frozen; the view experts always are. ALIGN and FINETUNE are the paper's two stages
 * (reference-model 5). The two before them stand for what the paper takes from others: an expert that sees regions and a
 * pretrained language model.
 */
public enum Stage {
    REGIONS,
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
        if (expert) {
            return false;
        }
        Regions regions = config.regions();
        boolean region = regions != null && name.startsWith(regions.name() + ".");
        boolean prompts = name.startsWith("vp_encoder.");
        boolean looks = TrainingHeads.ofLooks(name);
        boolean layers = name.startsWith("layers.");
        boolean text = name.startsWith("tok_embeddings.") || name.startsWith("norm.") || name.startsWith("output.");
        return switch (this) {
            case REGIONS -> region || prompts || looks;
            case LANGUAGE -> layers || text;
            case ALIGN -> !region && !looks && !layers;
            case FINETUNE -> !region && !looks && !prompts;
        };
    }
}
