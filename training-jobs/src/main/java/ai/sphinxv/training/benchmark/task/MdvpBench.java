package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.runtime.answer.AnswerParser;
import ai.sphinxv.training.benchmark.metrics.Part;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * MDVP-Bench (paper 3.3, Table 8): 30 phases, of a task, a domain and a kind of prompt, judged beside GPT-4V's answers with
 * the marks drawn on the picture. A domain's figure is of all its tasks together, for boxes and points apart (metrics.md
 * 6.4).
 *
 * <p>What can be said without a judge is reported besides, and is not in the paper: how near the answers are to the
 * references in words, and of how many marks an answer speaks where it should speak of each.
 */
public final class MdvpBench implements Task {
    private static final String NAME = "mdvp-bench";
    private static final String ANSWERED = "marks answered";
    private static final double TEMPERATURE = 0.7;
    private static final int REVIEW_TOKENS = 2048;

    /** Of a phase, by how its name begins; the columns' order. */
    private enum Domain {
        NATURAL("natural", "The image is a natural image.", 88.82, 92.95, "natural_"),
        OCR(
                "OCR",
                "The image contains text, and the user wishes to know the content of the text.",
                78.49,
                76.29,
                "ocr_doc_",
                "ocr_spotting_"),
        MULTI_PANEL("multi-panel", "The image is a multi-panel figure.", 77.30, 79.08, "multipanel_"),
        // the published script knows no context for these two names; this sentence is the one it has for "screen"
        SCREENSHOT(
                "screenshot",
                "The image is a screenshot from a mobile phone or webpage.",
                80.07,
                54.05,
                "android_",
                "web_");

        private final String word;
        private final String context;
        private final double box;
        private final double point;
        private final List<String> begins;

        Domain(String word, String context, double box, double point, String... begins) {
            this.word = word;
            this.context = context;
            this.box = box;
            this.point = point;
            this.begins = List.of(begins);
        }

        static Domain of(String phase) {
            return Arrays.stream(values())
                    .filter(domain -> domain.begins.stream().anyMatch(phase::startsWith))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("MDVP-Bench has no phase " + phase));
        }

        private Stream<String> phases() {
            var tasks = new ArrayList<>(List.of("detailed_caption", "QA"));
            if (this == NATURAL || this == MULTI_PANEL) {
                tasks.add("Inter_Relationship");
            }
            if (this == NATURAL) {
                tasks.add("brief_caption");
            }
            return begins.stream()
                    .flatMap(begin -> tasks.stream().map(begin::concat))
                    .flatMap(task -> Stream.of(task + "_box", task + "_point"));
        }
    }

    private JudgeRules rules = JudgeRules.notRead("MDVP-Bench/rule.json");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Table 8: MDVP-Bench";
    }

    @Override
    public List<Column> columns() {
        return Arrays.stream(Domain.values())
                .flatMap(domain -> Stream.of(
                        Column.as(domain.word + ", box", domain.word + " box", domain.box),
                        Column.as(domain.word + ", point", domain.word + " point", domain.point)))
                .toList();
    }

    /** All phases in one file, {@code mdvp-bench/items.jsonl}, or a published file each. */
    @Override
    public List<Item> read(DataFolder data) throws IOException {
        rules = rules.in(data);
        Optional<Path> all = data.find("mdvp-bench/items.jsonl");
        var items = new ArrayList<Item>();
        if (all.isPresent()) {
            items.addAll(RegionAnnotations.read(data, all.get(), NAME, MdvpBench::maxTokens));
        } else {
            for (String phase : phases()) {
                items.addAll(RegionAnnotations.read(data, data.file(phase + ".json"), phase, MdvpBench::maxTokens));
            }
        }
        items.forEach(item -> requirePhase(item.group()));
        return items;
    }

    static List<String> phases() {
        return Arrays.stream(Domain.values()).flatMap(Domain::phases).toList();
    }

    private static void requirePhase(String phase) {
        if (!phases().contains(phase)) {
            throw new IllegalArgumentException(
                    "MDVP-Bench has no phase \"%s\"; it has %s".formatted(phase, String.join(", ", phases())));
        }
    }

    /** As vp_annotation_config.json has it. */
    private static int maxTokens(String phase) {
        return phase.contains("detailed_caption") && !phase.startsWith("android") ? Item.LONG : Item.SHORT;
    }

    @Override
    public boolean isJudged() {
        return true;
    }

    @Override
    public Optional<JudgeQuestion> toJudge(Answered answered) {
        Item item = answered.item();
        String kind = kind(item.group());
        return Optional.of(new JudgeQuestion(
                JudgeQuestion.BACKSLASH + Domain.of(item.group()).context,
                item.question(),
                item.truth().asText(),
                answered.words(),
                rules.role(kind),
                rules.prompt(kind),
                true,
                TEMPERATURE,
                REVIEW_TOKENS));
    }

    @Override
    public Scored score(List<Answered> answers, Scorer scorer) throws IOException {
        Scored judged = JudgeFigures.of(answers, MdvpBench::column, scorer);
        Scored byPhase = JudgeFigures.of(answers, Item::group, scorer);
        Scored all = byPhase.paper().isEmpty() ? judged : judged.and("", byPhase);
        return all.and(
                        "words, ",
                        CaptionFigures.of(
                                answers, Answered::text, item -> item.truth().asText(), scorer))
                .and("", marksAnswered(answers));
    }

    private static String column(Item item) {
        return "%s %s".formatted(Domain.of(item.group()).word, kind(item.group()));
    }

    private static String kind(String phase) {
        return phase.endsWith("_point") ? "point" : "box";
    }

    /** Of descriptions, which are asked of each mark: the share that the answer speaks of. */
    private static Scored marksAnswered(List<Answered> answers) {
        var columns = new TreeMap<String, Map<String, Part>>();
        for (Answered one : answers) {
            if (one.item().group().contains("caption")) {
                int marks = one.item().marks().size();
                int answered = AnswerParser.marks(one.words(), marks).size();
                columns.computeIfAbsent(column(one.item()), name -> new LinkedHashMap<>())
                        .put(one.item().id(), new Part(answered, marks));
            }
        }
        return columns.entrySet().stream()
                .map(column -> Scored.of("%s, %s".formatted(ANSWERED, column.getKey()), column.getValue()))
                .reduce((one, other) -> one.and("", other))
                .orElseGet(() -> Scored.none("no description was asked for"));
    }
}
