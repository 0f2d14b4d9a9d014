package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import ai.sphinxv.training.data.Questions;
import ai.sphinxv.training.source.CocoNames;
import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.Region;
import ai.sphinxv.training.source.RegionFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The paper's measurements on one's own labelled pictures ({@link RegionFile}), where the published sets are not at hand:
 * the questions and scores are those of the tables, the figures are of other data and no parity with them.
 */
public record LabelledPictures(Kind kind) implements Task {
    private static final String REGION = "region";

    /** What is asked of them. */
    enum Kind {
        /** COCO's things in the validation photographs of {@code natural.json}: labels, as Table 3 has it for LVIS. */
        OBJECTS("own-objects", "as Table 3, on COCO val objects of natural.json, box", "natural.json", 10),
        /** Which of two things, as Table 4 has it for LVIS; the other is the nearest of another class in the picture. */
        CHOICE(
                "own-choice",
                "as Table 4, one of two classes, on COCO val objects of natural.json, box",
                "natural.json",
                1),
        /** Lines of receipts in {@code ocr.json}, as Table 4 has it for COCO-Text. */
        LINES("own-lines", "as Table 4, regional OCR, on the lines of ocr.json, box", "ocr.json", 3);

        private final String task;
        private final String title;
        private final String file;
        private final int marks;

        Kind(String task, String title, String file, int marksOfAQuestion) {
            this.task = task;
            this.title = title;
            this.file = file;
            this.marks = marksOfAQuestion;
        }
    }

    @Override
    public String name() {
        return kind.task;
    }

    @Override
    public String title() {
        return kind.title;
    }

    @Override
    public List<Column> columns() {
        return switch (kind) {
            case OBJECTS -> ReferringClassification.columns(null, null);
            case CHOICE -> List.of(Column.percent("Accuracy", ClosedSet.ACCURACY, null));
            case LINES -> RegionalOcr.columns(null);
        };
    }

    @Override
    public List<Item> read(DataFolder data) throws IOException {
        var items = new ArrayList<Item>();
        for (LabelledImage picture : RegionFile.read(data.file(kind.file))) {
            if (!Files.isRegularFile(picture.file())) {
                throw new MissingDataException("the picture %s is not there".formatted(picture.file()));
            }
            List<Region> regions =
                    picture.regions().stream().filter(counted(picture)).toList();
            for (int from = 0; from < regions.size(); from += kind.marks) {
                List<Region> some = regions.subList(from, Math.min(regions.size(), from + kind.marks));
                item(picture, from / kind.marks + 1, some, regions).ifPresent(items::add);
            }
        }
        return items;
    }

    private Predicate<Region> counted(LabelledImage picture) {
        return switch (kind) {
            case OBJECTS, CHOICE ->
                region -> !region.ignored() && "val".equals(picture.split()) && CocoNames.ALL.contains(region.label());
            case LINES ->
                region -> !region.ignored()
                        && region.text() != null
                        && !region.text().isBlank();
        };
    }

    private Optional<Item> item(LabelledImage picture, int number, List<Region> asked, List<Region> all) {
        Path file = picture.file();
        String id = "%s/%d".formatted(file.getFileName(), number);
        List<VisualPrompt> places =
                asked.stream().<VisualPrompt>map(Region::box).toList();
        return switch (kind) {
            case OBJECTS ->
                Optional.of(new Item(
                        id,
                        kind.task,
                        file,
                        places,
                        Questions.LABEL.formatted(REGION),
                        Item.SHORT,
                        lines(asked.stream().map(Region::label).toList())));
            case LINES ->
                Optional.of(new Item(
                        id,
                        kind.task,
                        file,
                        places,
                        Questions.OCR.formatted(REGION),
                        Item.SHORT,
                        lines(asked.stream()
                                .map(region -> String.valueOf(region.text()).strip())
                                .toList())));
            case CHOICE ->
                otherClass(asked.getFirst(), all).map(other -> {
                    var truth = ClosedSet.truth(
                            asked.getFirst().label(), List.of(asked.getFirst().label()), other);
                    boolean rightFirst = Math.floorMod(id.hashCode(), 2) == 0; // whatever else is asked
                    String question = ClosedSet.question(truth, rightFirst, REGION);
                    return new Item(id, kind.task, file, places, question, Item.SHORT, truth);
                });
        };
    }

    /** Of the nearest object whose name is no part of this one's, nor this one's of it (metrics.md 5). */
    static Optional<String> otherClass(Region one, List<Region> all) {
        return all.stream()
                .filter(other ->
                        !other.label().contains(one.label()) && !one.label().contains(other.label()))
                .min(Comparator.comparingDouble(other -> distance(one, other)))
                .map(Region::label);
    }

    private static double distance(Region one, Region other) {
        return Math.hypot(
                one.box().x1() + one.box().x2() - other.box().x1() - other.box().x2(),
                one.box().y1() + one.box().y2() - other.box().y1() - other.box().y2());
    }

    private static JsonNode lines(List<String> said) {
        return JsonNodeFactory.instance.textNode(String.join(
                "\n",
                IntStream.range(0, said.size())
                        .mapToObj(i -> "Region %d: %s".formatted(i + 1, said.get(i)))
                        .toList()));
    }

    @Override
    public Scored score(List<Answered> answers, Scorer scorer) throws IOException {
        return switch (kind) {
            case OBJECTS -> ReferringClassification.scored(answers, scorer);
            case CHOICE -> ClosedSet.scored(answers, scorer);
            case LINES -> RegionalOcr.scored(answers, scorer);
        };
    }
}
