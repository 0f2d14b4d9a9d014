package ai.sphinxv.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.AnswerEvent.Mark;
import ai.sphinxv.runtime.AnswerEvent.Token;
import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.answer.Relation;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.Mask;
import ai.sphinxv.runtime.prompt.Polygon;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be asked in which mode, of a model with three slots that answers whatever is asked in five letters. */
class ModeTest {
    private static final RgbImage PICTURE = new RgbImage(4, 2, new byte[24]);
    private static final Point POINT = new Point(1, 1);
    private static final Box BOX = new Box(0, 0, 2, 2);

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        ScriptedModel.write(folder, "What?", " <Mark 1>: cup\n<Mark 2>: tea\n<Mark 1><Mark 2>: hot\n###");
    }

    @Test
    void moreMarksThanSlotsAreAskedSomeAfterOthersAndKeepTheirNumbers() {
        var events = new ArrayList<AnswerEvent>();
        try (var model = open(Mode.EXTENDED)) {
            var answer = model.answer(question(Collections.nCopies(5, POINT), "What?"), events::add);

            assertThat(answer.text())
                    .isEqualTo("<Mark 1>: cup\n<Mark 2>: tea\n<Mark 1><Mark 2>: hot\n"
                            + "<Mark 4>: cup\n<Mark 5>: tea\n<Mark 4><Mark 5>: hot");
            assertThat(answer.marks())
                    .containsExactly(
                            new MarkAnswer(1, "cup"),
                            new MarkAnswer(2, "tea"),
                            new MarkAnswer(4, "cup"),
                            new MarkAnswer(5, "tea"));
            assertThat(answer.relations())
                    .containsExactly(new Relation(List.of(1, 2), "hot"), new Relation(List.of(4, 5), "hot"));
            assertThat(pieces(events)).isEqualTo(answer.text());
            assertThat(events.stream().filter(Mark.class::isInstance).map(event -> ((Mark) event).mark()))
                    .isEqualTo(answer.marks());
            var alone = model.answer(question(List.of(POINT), "What?")).usage();
            assertThat(answer.usage().promptTokens()).isEqualTo(2 * alone.promptTokens());
        }
    }

    /** What the model says of a mark that it was not asked about is of no mark of the whole question either. */
    @Test
    void aMarkThatAGroupDoesNotHaveIsNotTakenForAnother() {
        try (var model = open(Mode.EXTENDED)) {
            var answer = model.answer(question(Collections.nCopies(4, POINT), "What?"));

            assertThat(answer.text()).endsWith("<Mark 4>: cup\n<Mark 6>: tea\n<Mark 4><Mark 6>: hot");
            assertThat(answer.marks()).last().isEqualTo(new MarkAnswer(4, "cup"));
        }
    }

    @Test
    void aWrongMarkIsToldBeforeAnythingIsAnswered() {
        var marks = new ArrayList<VisualPrompt>(Collections.nCopies(4, POINT));
        marks.add(new Point(9, 9));
        var events = new ArrayList<AnswerEvent>();
        try (var model = open(Mode.EXTENDED)) {
            assertThatThrownBy(() -> model.answer(question(marks, "What?"), events::add))
                    .isInstanceOf(InvalidPromptException.class)
                    .hasMessage("mark 2 lies outside the picture: point (9.0, 9.0) is not within 4x2 pixels");
        }
        assertThat(events).isEmpty();
    }

    @Test
    void aQuestionWithoutMarksIsAboutThePicture() {
        try (var model = open(Mode.EXTENDED)) {
            var answer = model.answer(question(List.of(), "What?"));

            assertThat(answer.text()).startsWith("<Mark 1>: cup");
            assertThat(answer.marks()).isEmpty();
        }
    }

    @Test
    void pointsAndBoxesStandSideBySideInTheExtendedModeAlone() {
        var question = question(List.of(POINT, BOX), "What?");
        try (var model = open(Mode.EXTENDED)) {
            assertThat(model.answer(question).marks()).hasSize(2);
        }
        try (var model = open(Mode.FAITHFUL)) {
            assertThatThrownBy(() -> model.answer(question))
                    .isInstanceOf(InvalidPromptException.class)
                    .hasMessage(
                            "in the faithful mode all marks of a question are points or all are regions, got 1 and 1");
            assertThat(model.answer(question(List.of(BOX, BOX), "What?")).marks())
                    .hasSize(2);
        }
    }

    @Test
    void theFaithfulModeTakesOneMarkToAsManyAsThereAreSlots() {
        try (var model = open(Mode.FAITHFUL)) {
            assertThatThrownBy(() -> model.answer(question(Collections.nCopies(4, POINT), "What?")))
                    .isInstanceOf(InvalidPromptException.class)
                    .hasMessage("in the faithful mode a question takes 1 to 3 visual prompts, got 4");
            assertThatThrownBy(() -> model.answer(question(List.of(), "What?")))
                    .isInstanceOf(InvalidPromptException.class)
                    .hasMessage("in the faithful mode a question takes 1 to 3 visual prompts, got 0");
        }
    }

    @Test
    void polygonsAndMasksAreOfTheExtendedModeAlone() {
        var polygon = new Polygon(List.of(List.of(new Point(0, 0), new Point(2, 0), new Point(2, 2))));
        var mask = new Mask(4, 2, new int[] {2, 2, 4});
        var stroke = new Stroke(List.of(new Point(0, 0), new Point(2, 2)));
        try (var model = open(Mode.EXTENDED)) {
            assertThat(model.answer(question(List.of(polygon, mask), "What?")).marks())
                    .hasSize(2);
        }
        try (var model = open(Mode.FAITHFUL)) {
            assertThat(model.answer(question(List.of(BOX, stroke), "What?")).marks())
                    .hasSize(2);
            assertThatThrownBy(() -> model.answer(question(List.of(BOX, polygon), "What?")))
                    .isInstanceOf(InvalidPromptException.class)
                    .hasMessage("in the faithful mode a mark is a point, a box or a stroke, mark 2 is a polygon");
            assertThatThrownBy(() -> model.answer(question(List.of(mask), "What?")))
                    .hasMessage("in the faithful mode a mark is a point, a box or a stroke, mark 1 is a mask");
        }
    }

    /** What each step sees, it sees by the same rules as all of them at once. */
    @Test
    void theStepsByThemselvesKeepToTheMode() {
        List<VisualPrompt> mixed = List.of(POINT, BOX);
        List<VisualPrompt> many = Collections.nCopies(4, POINT);
        try (var extended = open(Mode.EXTENDED);
                var faithful = open(Mode.FAITHFUL)) {
            var seen = extended.see(PICTURE);
            var whole = extended.see(seen, List.of());
            var marks = extended.see(seen, mixed);

            assertThat(whole.marks()).isEmpty();
            assertThat(extended.answer(question(List.of(), "What?"), seen, whole, event -> {})
                            .text())
                    .isEqualTo(extended.answer(question(List.of(), "What?")).text());
            assertThatThrownBy(() -> extended.see(seen, many))
                    .isInstanceOf(InvalidPromptException.class)
                    .hasMessage("the steps by themselves take at most 3 visual prompts, got 4:"
                            + " ask for the whole answer at once");
            assertThatThrownBy(() -> faithful.see(seen, mixed)).hasMessageStartingWith("in the faithful mode");
            assertThatThrownBy(() -> faithful.answer(question(mixed, "What?"), seen, marks, event -> {}))
                    .hasMessageStartingWith("in the faithful mode");
        }
    }

    private static SphinxV open(Mode mode) {
        return SphinxV.open(folder, RuntimeOptions.defaults().in(mode));
    }

    private static Question question(List<? extends VisualPrompt> marks, String words) {
        return Question.of(PICTURE, List.copyOf(marks), words);
    }

    private static String pieces(List<AnswerEvent> events) {
        var text = new StringBuilder();
        for (AnswerEvent event : events) {
            if (event instanceof Token token) {
                text.append(token.text());
            }
        }
        return text.toString();
    }
}
