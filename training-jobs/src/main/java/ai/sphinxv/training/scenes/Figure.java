package ai.sphinxv.training.scenes;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** An object of a certain size that seeks a place in a scene; its colours wait for what lies behind it. */
sealed interface Figure permits ShapeFigure, EmojiFigure, WordFigure {

    /** Pixels. */
    int width();

    /** Pixels. */
    int height();

    /** How much of this figure another one may hide, by the area of the smaller box, 0 to 1. */
    default double overlap() {
        return 0.1;
    }

    /** The figure in colours that stand out from what lies behind it, or null where none do. */
    @Nullable
    Sprite paint(Patch behind, RandomGenerator random);
}
