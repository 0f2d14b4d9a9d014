package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.training.augment.BoxNoise;
import ai.sphinxv.training.augment.FreeForm;
import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.Region;
import java.util.random.RandomGenerator;

/** How a region is marked. */
enum Hand {
    BOX("box"),
    NOISY_BOX("noisy box"),
    FREE_FORM("free-form");

    private final String word;

    Hand(String word) {
        this.word = word;
    }

    /** As reports call it. */
    String word() {
        return word;
    }

    /** In pixels of the picture. */
    VisualPrompt mark(LabelledImage picture, Region region, RandomGenerator random) {
        return switch (this) {
            case BOX -> region.box();
            case NOISY_BOX -> BoxNoise.jitter(region.box(), picture.width(), picture.height(), random);
            case FREE_FORM -> FreeForm.around(region.box(), picture.width(), picture.height(), random);
        };
    }
}
