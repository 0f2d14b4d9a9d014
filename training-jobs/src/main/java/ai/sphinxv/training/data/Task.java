package ai.sphinxv.training.data;

import ai.sphinxv.runtime.text.Conversation.Turn;
import java.util.random.RandomGenerator;

/** What may be asked about a marked scene. */
public enum Task {
    LABEL,
    BRIEF,
    OCR,
    COLOR,
    SAYS,
    WHAT_IS;

    /** Whether the question has an answer there. */
    boolean fits(MarkedScene scene) {
        return switch (this) {
            case LABEL, BRIEF, WHAT_IS -> true;
            case OCR -> scene.words().size() == scene.objects().size();
            case COLOR -> !scene.shapes().isEmpty();
            case SAYS -> !scene.words().isEmpty();
        };
    }

    /** The question and its answer. */
    Turn turn(MarkedScene scene, RandomGenerator random) {
        return switch (this) {
            case LABEL -> Questions.label(scene);
            case BRIEF -> Questions.brief(scene);
            case OCR -> Questions.ocr(scene);
            case COLOR -> Questions.color(scene, random);
            case SAYS -> Questions.says(scene, random);
            case WHAT_IS -> Questions.whatIs(scene, random);
        };
    }
}
