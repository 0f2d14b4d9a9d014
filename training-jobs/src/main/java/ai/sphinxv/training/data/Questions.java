package ai.sphinxv.training.data;

import ai.sphinxv.runtime.text.Conversation.Turn;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The fixed instructions that SPHINX-V was trained on, word for word (reference-model 3.4), and questions of our own
 * about one or two marks; each with its answer.
 */
public final class Questions {
    /** What is said of a region without words. */
    public static final String NO_TEXT = "(no text)";

    /** The fixed instructions about labels and words, with room for what the marks are called. */
    public static final String LABEL = "Please identify the labels of each marked %s in the image.";

    public static final String OCR = "Please provide the ocr results of each marked %s in the image.";

    private Questions() {}

    /** What each mark is. */
    public static Turn label(MarkedRegions marked) {
        return ofEach(marked, LABEL, slot -> Wording.label(marked.region(slot)));
    }

    /** A few words on each mark. */
    public static Turn brief(MarkedRegions marked) {
        return ofEach(
                marked,
                "Please provide a brief description of each marked %s in the image.",
                slot -> Wording.brief(marked.region(slot)));
    }

    /** What, where and how large each mark is. */
    public static Turn detailed(MarkedRegions marked) {
        return ofEach(
                marked,
                "Please provide a detailed description of each marked %s in the image.",
                slot -> Wording.detailed(marked, slot));
    }

    /** What each mark says. */
    public static Turn ocr(MarkedRegions marked) {
        return ofEach(
                marked,
                OCR,
                slot -> Objects.requireNonNullElse(marked.region(slot).text(), NO_TEXT));
    }

    /** All marks in one sentence. */
    public static Turn summary(MarkedRegions marked) {
        return new Turn(
                "Please provide a summarized description based on all the marked %s in the image."
                        .formatted(marked.kind().noun()),
                "The marks show %s.".formatted(Wording.summary(marked.regions())));
    }

    /** Each mark and the next; there must be two. */
    public static Turn relations(MarkedRegions marked) {
        return SpatialRelation.ofAll(marked.kind(), marked.places());
    }

    /** Two of the marks; there must be two whose relation is clear. */
    public static Turn relation(MarkedRegions marked, RandomGenerator random) {
        return relations(marked, 1, random).getFirst();
    }

    /**
     * Questions about so many pairs of marks whose relation is clear, or about all. Each relation that there is comes as
     * often as any other: what lies on a page lies above or below nearly all else there, and to the left of little.
     */
    static List<Turn> relations(MarkedRegions marked, int most, RandomGenerator random) {
        var places = marked.places();
        var left = new ArrayList<>(SpatialRelation.clearPairs(places).stream()
                .collect(Collectors.groupingBy(
                        pair -> SpatialRelation.of(places.get(pair.first()), places.get(pair.second())),
                        () -> new EnumMap<>(SpatialRelation.class),
                        Collectors.toCollection(ArrayList::new)))
                .values());
        var turns = new ArrayList<Turn>();
        while (turns.size() < most && !left.isEmpty()) {
            var alike = left.get(random.nextInt(left.size()));
            var pair = alike.remove(random.nextInt(alike.size()));
            turns.add(SpatialRelation.between(marked.kind(), places, pair.first(), pair.second()));
            left.removeIf(List::isEmpty);
        }
        return turns;
    }

    /** The colour of one of those whose colour is known; there must be one. */
    public static Turn color(MarkedRegions marked, RandomGenerator random) {
        int slot = anyOf(marked.slots(region -> region.attributes().containsKey("color")), random);
        return new Turn(
                "What is the color of %s?".formatted(marked.kind().tag(slot)),
                marked.region(slot).attributes().get("color"));
    }

    /** What one of those that say something says; there must be one. */
    public static Turn says(MarkedRegions marked, RandomGenerator random) {
        int slot = anyOf(marked.slots(region -> region.text() != null), random);
        return new Turn(
                "What does %s say?".formatted(marked.kind().tag(slot)),
                marked.region(slot).text());
    }

    /** A few words on one mark. */
    public static Turn whatIs(MarkedRegions marked, RandomGenerator random) {
        int slot = random.nextInt(marked.count());
        return new Turn("What is %s?".formatted(marked.kind().tag(slot)), Wording.brief(marked.region(slot)));
    }

    /** Where one mark lies. */
    public static Turn where(MarkedRegions marked, RandomGenerator random) {
        int slot = random.nextInt(marked.count());
        return new Turn("Where is %s?".formatted(marked.kind().tag(slot)), Wording.where(marked, slot));
    }

    /** One of two classes (paper 5.2): its own and another that is marked too; there must be one. */
    public static Turn either(MarkedRegions marked, RandomGenerator random) {
        int slot = random.nextInt(marked.count());
        String own = Wording.label(marked.region(slot));
        List<Integer> others = marked.slots(region -> !Wording.label(region).equals(own));
        String other = Wording.label(marked.region(anyOf(others, random)));
        boolean first = random.nextBoolean();
        return new Turn(
                "What is the class of %s? Is it %s or %s?"
                        .formatted(marked.kind().tag(slot), first ? own : other, first ? other : own),
                own);
    }

    /** Which mark is of a class; all marks of it. */
    public static Turn which(MarkedRegions marked, RandomGenerator random) {
        String label = Wording.label(marked.region(random.nextInt(marked.count())));
        String found = marked.slots(region -> Wording.label(region).equals(label)).stream()
                .map(marked.kind()::tag)
                .collect(Collectors.joining(", "));
        return new Turn(
                "Which of the marked %ss is %s?".formatted(marked.kind().noun(), Wording.withArticle(label)), found);
    }

    /** How many marks are of a class. */
    public static Turn howMany(MarkedRegions marked, RandomGenerator random) {
        String label = Wording.label(marked.region(random.nextInt(marked.count())));
        int count = marked.slots(region -> Wording.label(region).equals(label)).size();
        return new Turn(
                "How many of the marked %ss are %s?".formatted(marked.kind().noun(), Wording.plural(label)),
                Wording.number(count));
    }

    private static Turn ofEach(MarkedRegions marked, String question, IntFunction<String> answer) {
        String answers = IntStream.range(0, marked.count())
                .mapToObj(slot -> marked.kind().tag(slot) + ": " + answer.apply(slot))
                .collect(Collectors.joining("\n"));
        return new Turn(question.formatted(marked.kind().noun()), answers);
    }

    private static int anyOf(List<Integer> slots, RandomGenerator random) {
        return slots.get(random.nextInt(slots.size()));
    }
}
