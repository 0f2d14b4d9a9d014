package ai.sphinxv.training.benchmark.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Which metric an input file is for; each is known by names that the others do not have. */
enum Shape {
    /** [{id, refs, hyp}] */
    CAPTIONS(true, "id", "refs"),
    /** [{image_name, prediction, answer}] */
    ROC(true, "image_name", "answer"),
    /** {items: [{answer, annotation}]} */
    OCR(false, "items"),
    /** {gt, pred}, each {image: [{points, text}]} */
    ICDAR(false, "gt", "pred"),
    /** [{category, tuple or review}] */
    JUDGE(true, "category"),
    /** [{review}] */
    JUDGE_SCORES(true, "review"),
    /** {answer_label, rationale_label, answer_scores, rationale_scores_givenGoldAnswer} */
    VCR(false, "answer_scores"),
    /** [{name, neg_class, synonyms, text}] */
    LVIS_BINARY(true, "neg_class"),
    /** {pairs: [{a, b}]} */
    SS_PAIRS(false, "pairs"),
    /** [{text}] */
    REGION_LINES(true, "text"),
    /** {x, refScores, predScores, resampleIndices} */
    BOOTSTRAP(false, "resampleIndices"),
    /** {wilson95, mcnemarExact} */
    STATISTICS(false, "wilson95");

    private final boolean isList;
    private final List<String> names;

    Shape(boolean isList, String... names) {
        this.isList = isList;
        this.names = List.of(names);
    }

    /** @throws IllegalArgumentException if it is none of them */
    static Shape of(Field input) {
        if (input.isList() && input.list().isEmpty()) {
            throw input.wrong("at least one item");
        }
        Field first = input.isList() ? input.list().getFirst() : input;
        return Arrays.stream(values())
                .filter(shape -> shape.isList == input.isList())
                .filter(shape -> shape.names.stream().allMatch(first::has))
                .findFirst()
                .orElseThrow(() -> first.wrong(known(input.isList())));
    }

    private static String known(boolean isList) {
        return Arrays.stream(values())
                .filter(shape -> shape.isList == isList)
                .map(shape -> "%s (%s)".formatted(String.join(" and ", shape.names), shape))
                .collect(Collectors.joining(", ", isList ? "an item with " : "an object with ", ""));
    }
}
