package ai.sphinxv.training.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.training.source.AnnotatedPicture;
import ai.sphinxv.training.source.AnnotatedPicture.Caption;
import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.AnnotatedPicture.Relation;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import ai.sphinxv.training.source.Outline;
import ai.sphinxv.training.source.PictureDomain;
import ai.sphinxv.training.source.SampleTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleMakerTest {
    private static final Part DOG = Part.of(new double[] {10, 10, 60, 60}, "dog");
    private static final Part MAN = Part.of(new double[] {70, 10, 90, 60}, "man");

    private final Tally dropped = new Tally();

    @Test
    void aLabelQuestionHasThePapersStructure() {
        MdvpSample sample = only(picture(List.of(DOG)));

        assertThat(sample.line("train"))
                .contains("\"stage\":1,\"task\":\"category\",\"split\":\"train\",\"conversations\":"
                        + "[{\"from\":\"human\",\"value\":\"Please identify the labels of each marked region in the"
                        + " image.\"},{\"from\":\"gpt\",\"value\":\"<Region 1>: dog\"}],\"bbox\":[[10,10,50,50]]}");
    }

    @Test
    void twentyFiveBoxesAreAskedForOnceEachByTenAtMost() {
        var parts = IntStream.range(0, 25)
                .mapToObj(i -> Part.of(new double[] {i, 0, i + 1, 1}, "thing " + i))
                .toList();

        List<MdvpSample> samples = make(picture(parts), 0);

        assertThat(samples).allMatch(sample -> sample.marks().size() <= 10);
        assertThat(samples).hasSizeGreaterThan(2);
        var answers = new ArrayList<String>();
        for (MdvpSample sample : samples) {
            String[] lines = sample.turns().getFirst().answer().split("\n");
            assertThat(lines).hasSameSizeAs(sample.marks());
            for (int i = 0; i < lines.length; i++) {
                assertThat(lines[i]).isEqualTo("<Region %d>: thing %d".formatted(i + 1, (int)
                                sample.marks().get(i)[0]));
                answers.add(lines[i].substring(lines[i].indexOf("thing")));
            }
        }
        assertThat(answers).doesNotHaveDuplicates().hasSize(25);
    }

    @Test
    void severalPointsOfAnOutlineAskForTheSameThing() {
        var outline = new Outline(List.of(new double[] {10, 10, 60, 10, 60, 60}), new int[0]);
        var part = new Part(DOG.mark(), "dog", null, List.of(), outline);

        List<double[]> points = make(picture(List.of(part)), 0).stream()
                .filter(MdvpSample::isPoints)
                .peek(sample -> assertThat(sample.turns().getFirst().answer()).startsWith("<Mark 1>: dog"))
                .flatMap(sample -> sample.marks().stream())
                .toList();

        assertThat(points).hasSize(2).allMatch(point -> outline.contains(point[0], point[1], 80));
    }

    @Test
    void wordsInTheWildAreReadAndNotClassified() {
        var word = new Part(DOG.mark(), "text", "EXIT", List.of(), null);
        var picture = new AnnotatedPicture(
                "icdar15",
                "1",
                "1.jpg",
                PictureDomain.OCR,
                100,
                80,
                "",
                List.of(word),
                List.of(),
                List.of(),
                List.of());

        MdvpSample sample = only(picture);

        assertThat(sample.task()).isEqualTo(SampleTask.OCR);
        assertThat(sample.turns().getFirst().answer()).isEqualTo("<Region 1>: EXIT");
    }

    @Test
    void everyDescriptionIsAskedForOnce() {
        var part = new Part(DOG.mark(), "", null, List.of("a brown dog", "the dog"), null);

        assertThat(make(picture(List.of(part)), 0))
                .allMatch(sample -> sample.task() == SampleTask.BRIEF && sample.stage() == 2)
                .extracting(sample -> sample.turns().getFirst().answer())
                .containsExactly("<Region 1>: a brown dog", "<Region 1>: the dog");
    }

    @Test
    void relationsNameTheirMarks() {
        var picture = new AnnotatedPicture(
                "visual-genome",
                "1",
                "1.jpg",
                PictureDomain.NATURAL,
                100,
                80,
                "",
                List.of(DOG, MAN),
                List.of(),
                List.of(new Relation(1, "holds", 0), new Relation(0, "is", 0)),
                List.of());

        MdvpSample sample = of(SampleTask.RELATION, make(picture, 0));

        assertThat(sample.turns())
                .containsExactly(new Turn(
                        "Please analyze the relationship between all marked regions in the image.",
                        "<Region 1><Region 2>: man holds dog."));
        assertThat(sample.marks()).containsExactly(MAN.mark(), DOG.mark());
        assertThat(dropped.counts()).isEqualTo(Map.of("a relation of a thing to itself", 1L));
    }

    @Test
    void aSentenceIsTheAnswerToItsBoxes() {
        var picture = captioned(new Caption("A man and his dog.", List.of(1, 0)));

        MdvpSample sample = of(SampleTask.SUMMARY, make(picture, 0));

        assertThat(sample.marks()).containsExactly(MAN.mark(), DOG.mark());
        assertThat(sample.turns())
                .containsExactly(new Turn(
                        "Please provide a summarized description based on all the marked region in the image.",
                        "A man and his dog."));
    }

    @Test
    void aCaptionOfTheWholeIsAskedForByABoxAroundIt() {
        MdvpSample sample = of(SampleTask.WHOLE, make(captioned(new Caption("All of it.", List.of())), 0));

        assertThat(sample.marks().getFirst()).containsExactly(0, 0, 100, 80);
        assertThat(sample.turns().getFirst().answer()).isEqualTo("<Region 1>: All of it.");
    }

    @Test
    void aPointOfADialogueIsAMarkAndABoxARegion() {
        MdvpSample sample =
                only(asked(List.of(new double[] {5, 5}), new Turn("What is <Region 1>?", "<Region 1> is a dog.")));

        assertThat(sample.turns()).containsExactly(new Turn("What is <Mark 1>?", "<Mark 1> is a dog."));
        assertThat(sample.line("train")).contains("\"points\":[[5,5]]");
    }

    @Test
    void whatCannotBeAskedIsDroppedWithItsReason() {
        var eleven = Collections.nCopies(11, new double[] {5, 5});
        make(asked(eleven, new Turn("What?", "This.")), 0);
        make(asked(List.of(new double[] {5, 5}), new Turn("What is <Region 2>?", "This.")), 0);
        make(asked(List.of(new double[] {5, 5}, DOG.mark()), new Turn("What is it?", "This.")), 0);

        assertThat(dropped.counts())
                .isEqualTo(Map.of(
                        "more than 10 marks", 1L,
                        "its words name a mark that is not there", 1L,
                        "points and boxes in one question", 1L));
    }

    @Test
    void stageTwoAsksAShareOfTheLabelsAgain() {
        assertThat(make(picture(List.of(DOG)), 1)).extracting(MdvpSample::stage).containsExactly(1, 2);
        assertThat(make(picture(List.of(DOG)), 0)).extracting(MdvpSample::stage).containsExactly(1);
    }

    private List<MdvpSample> make(AnnotatedPicture picture, double categoryShare) {
        return SampleMaker.make(new BuildConfig(2, categoryShare, 0), picture, "group", dropped)
                .samples();
    }

    private MdvpSample only(AnnotatedPicture picture) {
        List<MdvpSample> samples = make(picture, 0);
        assertThat(samples).hasSize(1);
        return samples.getFirst();
    }

    private static MdvpSample of(SampleTask task, List<MdvpSample> samples) {
        return samples.stream()
                .filter(sample -> sample.task() == task)
                .findFirst()
                .orElseThrow();
    }

    private static AnnotatedPicture picture(List<Part> parts) {
        return new AnnotatedPicture(
                "coco", "1", "1.jpg", PictureDomain.NATURAL, 100, 80, "", parts, List.of(), List.of(), List.of());
    }

    private static AnnotatedPicture captioned(Caption caption) {
        return new AnnotatedPicture(
                "grit",
                "1",
                "1.jpg",
                PictureDomain.NATURAL,
                100,
                80,
                "",
                List.of(DOG, MAN),
                List.of(caption),
                List.of(),
                List.of());
    }

    private static AnnotatedPicture asked(List<double[]> marks, Turn turn) {
        return new AnnotatedPicture(
                "vcr",
                "1",
                "1.jpg",
                PictureDomain.NATURAL,
                100,
                80,
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(new Dialogue(SampleTask.QA, marks, List.of(turn))));
    }
}
