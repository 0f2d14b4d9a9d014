package ai.sphinxv.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.answer.AnswerParser;
import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.text.Conversation.Turn;
import ai.sphinxv.runtime.text.MarkedText;
import ai.sphinxv.training.source.CocoNames;
import ai.sphinxv.training.source.Region;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MixtureTest {
    private static final Pattern NUMBER = Pattern.compile("(?<=<(?:Mark|Region) )\\d+(?=>)");
    private static final ModelConfig NANO = ModelConfig.named("nano");
    private static final PictureFeatures PAGE = picture(
            "web-screenshot",
            region("button", "Save", 10, "color", "blue"),
            region("link", "Help", 60, "color", "blue"),
            region("text line", "Total 12.90", 110),
            region("icon", null, 160, "name", "search"),
            region("image", null, 210));
    private static final PictureFeatures PHOTO = picture("photo", region("dog", null, 10), region("cat", null, 60));
    private static final List<Sample> EVERYTHING = samples(Mixture.everything(NANO, List.of(PAGE, PHOTO), 1, 0.5));

    @Test
    void aSampleIsTheSameEveryTime() {
        assertThat(samples(Mixture.everything(NANO, List.of(PAGE, PHOTO), 1, 0.5)).stream()
                        .map(Sample::conversation))
                .isEqualTo(EVERYTHING.stream().map(Sample::conversation).toList());
    }

    /** Whoever works on every n-th sample, or goes on in the middle, has the samples that one alone would have there. */
    @Test
    void theRowIsTheSameForAnyNumberOfWorkersAndAfterAResume() throws Exception {
        for (int workers : new int[] {1, 2, 4}) {
            for (int from : new int[] {0, 137}) {
                var row = new ConcurrentHashMap<Long, String>();
                try (var threads = Executors.newFixedThreadPool(workers)) {
                    List<Callable<Void>> shares = new ArrayList<>();
                    for (int worker = 0; worker < workers; worker++) {
                        int first = from + worker;
                        var mixture = Mixture.everything(NANO, List.of(PAGE, PHOTO), 1, 0.5);
                        shares.add(() -> {
                            for (long i = first; i < EVERYTHING.size(); i += workers) {
                                assertThat(row.put(
                                                i,
                                                mixture.sample(i).conversation().toString()))
                                        .isNull();
                            }
                            return null;
                        });
                    }
                    for (Future<Void> share : threads.invokeAll(shares)) {
                        share.get();
                    }
                }
                assertThat(row).hasSize(EVERYTHING.size() - from);
                for (int i = from; i < EVERYTHING.size(); i++) {
                    assertThat(row.get((long) i))
                            .as("sample %d of %d workers", i, workers)
                            .isEqualTo(EVERYTHING.get(i).conversation().toString());
                }
            }
        }
    }

    @Test
    void theFirstStageAsksForLabelsAndHowTwoMarksLie() {
        assertThat(samples(Mixture.labels(NANO, List.of(PHOTO), 1, 0)).stream()
                        .flatMap(sample -> sample.conversation().turns().stream())
                        .map(turn -> turn.question().replaceAll("(labels|between).*", "$1"))
                        .distinct())
                .containsExactlyInAnyOrder("Please identify the labels", "What is the relation between");
    }

    @Test
    void theSecondStageAsksAllSevenInstructionsAndMore() {
        var questions = new HashSet<String>();
        for (Sample sample : EVERYTHING) {
            sample.conversation()
                    .turns()
                    .forEach(turn -> questions.add(turn.question()
                            .replaceAll("<\\w+ \\d+>", "<>")
                            .replaceAll("points|point|regions|region", "_")));
        }

        assertThat(questions)
                .contains(
                        "Please identify the labels of each marked _ in the image.",
                        "Please provide the ocr results of each marked _ in the image.",
                        "Please provide a brief description of each marked _ in the image.",
                        "Please provide a detailed description of each marked _ in the image.",
                        "Please provide a summarized description based on all the marked _ in the image.",
                        "Please analyze the relationship between all marked _ in the image.",
                        "What is the relation between <> and <>?",
                        "What is the color of <>?",
                        "What does <> say?",
                        "What is <>?",
                        "Where is <>?");
    }

    @Test
    void anAnswerAboutEachMarkNamesEachOnceAndTheParserReadsItBack() {
        for (Sample sample : EVERYTHING) {
            for (Turn turn : sample.conversation().turns()) {
                if (turn.question().contains("each marked")) {
                    var answer = Objects.requireNonNull(turn.answer());

                    assertThat(AnswerParser.marks(answer, sample.marks().size()))
                            .map(MarkAnswer::mark)
                            .isEqualTo(IntStream.rangeClosed(1, sample.marks().size())
                                    .boxed()
                                    .toList());
                }
            }
        }
    }

    @Test
    void aQuestionAboutOneMarkNamesAMarkThatThereIs() {
        for (Sample sample : EVERYTHING) {
            for (Turn turn : sample.conversation().turns()) {
                NUMBER.matcher(turn.question())
                        .results()
                        .map(number -> Integer.valueOf(number.group()))
                        .forEach(number ->
                                assertThat(number).isBetween(1, sample.marks().size()));
            }
        }
    }

    @Test
    void whatIsSaidOfWordsIsWhatTheModelIsTold() {
        for (Sample sample : EVERYTHING) {
            for (Turn turn : sample.conversation().turns()) {
                if (turn.question().contains("the ocr results")) {
                    for (MarkAnswer said : AnswerParser.marks(
                            Objects.requireNonNull(turn.answer()),
                            sample.marks().size())) {
                        var told = new MarkedText("<Region %d>".formatted(said.mark()), said.text());

                        assertThat(said.text().equals(Questions.NO_TEXT)
                                        || told(sample, "Text").contains(told))
                                .as("%s of %s", said, sample.told())
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void whatWasReadInWordsIsSaidHoweverWrongAndWhatWasReadInADrawingIsNot() {
        var misread = picture("web-screenshot", read("logo", "Brily"));
        var drawing = picture("web-screenshot", read("icon", "E"), region("link", "Help", 60));

        assertThat(ocr(misread)).containsOnly("Brily");
        assertThat(ocr(drawing)).contains(Questions.NO_TEXT, "Help").doesNotContain("E");
    }

    @Test
    void wordsThatNobodyHasSeenAreReadToo() {
        assertThat(ocr(PAGE)).anyMatch(text -> text.matches("(H|He|Hel|Help)(Save|ave|ve|e)"));
    }

    @Test
    void pointsAreNotRead() {
        assertThat(EVERYTHING)
                .filteredOn(sample -> sample.marks().getFirst().mark() instanceof Point)
                .isNotEmpty()
                .allMatch(sample -> told(sample, "Text").isEmpty());
    }

    @Test
    void aRenamedClassTakesItsScoresAlong() {
        int renamed = 0;
        for (Sample sample : EVERYTHING) {
            if (sample.picture().domain().equals("photo")) {
                for (int i = 0; i < sample.marks().size(); i++) {
                    float[] scores = Halves.read(sample.marks().get(i).objects());
                    String label = sample.regions().get(i).label();

                    assertThat(scores[CocoNames.ALL.indexOf(label)]).isEqualTo(1);
                    renamed += label.equals("dog") || label.equals("cat") ? 0 : 1;
                }
            }
        }
        assertThat(renamed).isPositive();
    }

    @Test
    void aRenamedThingIsToldByItsNewName() {
        for (Sample sample : EVERYTHING) {
            if (sample.picture().domain().equals("photo")) {
                assertThat(told(sample, "Thing"))
                        .extracting(MarkedText::text)
                        .isEqualTo(sample.regions().stream().map(Region::label).toList());
            }
        }
    }

    private static List<String> ocr(PictureFeatures picture) {
        return samples(Mixture.everything(NANO, List.of(picture), 1, 0.5)).stream()
                .flatMap(sample -> sample.conversation().turns().stream()
                        .filter(turn -> turn.question().contains("the ocr results"))
                        .flatMap(turn ->
                                AnswerParser.marks(
                                        Objects.requireNonNull(turn.answer()),
                                        sample.marks().size())
                                        .stream()))
                .map(MarkAnswer::text)
                .toList();
    }

    private static List<MarkedText> told(Sample sample, String role) {
        return sample.told().stream()
                .filter(expert -> expert.role().equals(role))
                .flatMap(expert -> expert.marks().stream())
                .toList();
    }

    private static PictureFeatures picture(String domain, RegionFeatures... regions) {
        return new PictureFeatures(domain, 300, 200, new float[5], new byte[0], List.of(regions));
    }

    private static RegionFeatures read(String label, String reading) {
        var region = region(label, null, 10);
        return new RegionFeatures(region.region(), region.boxes(), region.points(), reading);
    }

    private static RegionFeatures region(String label, @Nullable String text, int x, String... attribute) {
        var box = new Box(x, 20, x + 40, 50);
        Map<String, String> attributes = attribute.length == 0 ? Map.of() : Map.of(attribute[0], attribute[1]);
        float[] scores = new float[2 * CocoNames.ALL.size()];
        int own = CocoNames.ALL.indexOf(label);
        if (own >= 0) {
            scores[own] = 1;
        }
        byte[] objects = Halves.of(scores);
        return new RegionFeatures(
                new Region(box, label, text, attributes, null, -1, false),
                List.of(new MarkFeatures(box, new float[4], new byte[0], objects)),
                List.of(new MarkFeatures(new Point(x + 20, 35), new float[4], new byte[0], objects)),
                text);
    }

    private static List<Sample> samples(Mixture mixture) {
        return LongStream.range(0, 600).mapToObj(mixture::sample).toList();
    }
}
