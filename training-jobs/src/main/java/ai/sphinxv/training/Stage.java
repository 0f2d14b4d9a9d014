package ai.sphinxv.training;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Regions;
import ai.sphinxv.training.torch.TrainingHeads;
import java.util.List;
import java.util.Locale;

/**
 * What learns and what is frozen; the view experts always are. ALIGN and FINETUNE are the paper's two stages
 * (reference-model 5): labels of marked regions, then every task. The two before them stand for what the paper takes from
 * others: an expert that sees regions and a pretrained language model. A decoder that was taught for minutes cannot yet
 * look up what a tag means, as a pretrained one can, so unlike the paper's it learns in ALIGN too.
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
        if (isExpert(config, name)) {
            return false;
        }
        Regions regions = config.regions();
        boolean region = regions != null && name.startsWith(regions.name() + ".");
        boolean prompts = name.startsWith("vp_encoder.");
        boolean looks = TrainingHeads.ofLooks(name);
        boolean decoder = List.of("tok_embeddings.", "layers.", "norm.", "output.").stream()
                .anyMatch(name::startsWith);
        return switch (this) {
            case REGIONS -> region || prompts || looks;
            case LANGUAGE -> decoder;
            case ALIGN -> !region && !looks;
            case FINETUNE -> !region && !looks && !prompts;
        };
    }

    /** Whether a parameter is a view expert's. */
    static boolean isExpert(ModelConfig config, String name) {
        return config.experts().stream().anyMatch(expert -> name.startsWith(expert.name() + "."))
                || name.startsWith("qformer.");
    }
}
