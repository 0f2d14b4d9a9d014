package ai.sphinxv.training.data;

import ai.sphinxv.runtime.text.Conversation.Turn;
import ai.sphinxv.training.source.Region;
import java.util.random.RandomGenerator;

/** What may be asked about marked regions, and how often one is asked beside the others. */
public enum Task {
    LABEL(8),
    BRIEF(5),
    DETAILED(2),
    SUMMARY(1),
    OCR(5),
    RELATIONS(8),
    RELATION(16),
    COLOR(2),
    SAYS(2),
    WHAT_IS(2),
    WHERE(1),
    EITHER(1),
    WHICH(1),
    HOW_MANY(1);

    /** Of more marks, detailed descriptions are longer than an answer may be. */
    private static final int MOST_DETAILED = 4;

    private final int weight;

    Task(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }

    /** Whether the question has an answer there that people would agree on. */
    public boolean fits(MarkedRegions marked) {
        return switch (this) {
            case BRIEF, WHAT_IS, WHERE -> true;
            case DETAILED -> marked.count() <= MOST_DETAILED;
            case LABEL, SUMMARY, WHICH, HOW_MANY -> marked.all(Task::hasClass);
            case OCR ->
                marked.kind() == MarkKind.REGION && marked.regions().stream().anyMatch(r -> r.text() != null);
            case SAYS -> marked.regions().stream().anyMatch(region -> region.text() != null);
            case COLOR -> marked.regions().stream().anyMatch(Task::hasColor);
            case RELATIONS -> marked.count() > 1 && SpatialRelation.areClear(marked.places());
            case RELATION -> !SpatialRelation.clearPairs(marked.places()).isEmpty();
            case EITHER ->
                marked.all(Task::hasClass)
                        && marked.regions().stream()
                                        .map(Wording::label)
                                        .distinct()
                                        .count()
                                > 1;
        };
    }

    /** The question and its answer. */
    public Turn turn(MarkedRegions marked, RandomGenerator random) {
        return switch (this) {
            case LABEL -> Questions.label(marked);
            case BRIEF -> Questions.brief(marked);
            case DETAILED -> Questions.detailed(marked);
            case SUMMARY -> Questions.summary(marked);
            case OCR -> Questions.ocr(marked);
            case RELATIONS -> Questions.relations(marked);
            case RELATION -> Questions.relation(marked, random);
            case COLOR -> Questions.color(marked, random);
            case SAYS -> Questions.says(marked, random);
            case WHAT_IS -> Questions.whatIs(marked, random);
            case WHERE -> Questions.where(marked, random);
            case EITHER -> Questions.either(marked, random);
            case WHICH -> Questions.which(marked, random);
            case HOW_MANY -> Questions.howMany(marked, random);
        };
    }

    /** A line of text is part of a heading, a button, a paragraph: nobody can say which of them is meant. */
    private static boolean hasClass(Region region) {
        return !region.label().equals(Region.TEXT_LINE);
    }

    private static boolean hasColor(Region region) {
        return region.attributes().containsKey("color");
    }
}
