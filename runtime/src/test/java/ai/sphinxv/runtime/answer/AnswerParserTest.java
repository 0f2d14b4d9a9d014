package ai.sphinxv.runtime.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms are those of reference-model 3.4. */
class AnswerParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Region 1>: a dog\n<Region 2>: a cat",
                "<Region 1>:a dog\n<Region 2>:a cat",
                "<Mark 1>: a dog\n<Mark 2>: a cat",
                "<Mark 1>:a dog\n\n<Mark 2>:a cat\n",
                "Region 1: a dog\nRegion 2: a cat",
                "Mark 1: a dog\nMark 2: a cat",
                "  <region 1> : a dog\r\n<REGION 2>: a cat",
                "<Mark1>: a dog\n<Mark 2>): a cat"
            })
    void everyFormOfAMarkerIsRead(String answer) {
        assertThat(AnswerParser.marks(answer, 2))
                .containsExactly(new MarkAnswer(1, "a dog"), new MarkAnswer(2, "a cat"));
    }

    @Test
    void marksComeInTheAnswersOrder() {
        assertThat(AnswerParser.marks("<Mark 2>: b\n<Mark 1>: a", 2))
                .containsExactly(new MarkAnswer(2, "b"), new MarkAnswer(1, "a"));
    }

    @Test
    void aDescriptionMayHaveSeveralLines() {
        assertThat(AnswerParser.marks("<Mark 1>: a dog.\nIt sleeps: deeply.\n<Mark 2>: a cat", 2))
                .containsExactly(new MarkAnswer(1, "a dog.\nIt sleeps: deeply."), new MarkAnswer(2, "a cat"));
    }

    @Test
    void wordsReadInThePictureStayInTheText() {
        assertThat(AnswerParser.marks("Region 1: a sign (STOP)", 1))
                .containsExactly(new MarkAnswer(1, "a sign (STOP)"));
    }

    @Test
    void aMarkerInsideASentenceBeginsNothing() {
        assertThat(AnswerParser.marks("<Mark 1>: left of <Mark 2>: it sits", 2))
                .containsExactly(new MarkAnswer(1, "left of <Mark 2>: it sits"));
    }

    @Test
    void aPlainSentenceIsAboutTheOnlyMark() {
        assertThat(AnswerParser.marks(" It is a dog. ", 1)).containsExactly(new MarkAnswer(1, "It is a dog."));
    }

    @Test
    void aPlainSentenceIsAboutNoneOfSeveralMarks() {
        assertThat(AnswerParser.marks("They are dogs.", 2)).isEmpty();
        assertThat(AnswerParser.marks(" ", 1)).isEmpty();
    }

    @Test
    void marksThatTheQuestionLacksAreLeftOut() {
        assertThat(AnswerParser.marks("<Mark 0>: x\n<Mark 1>: a\n<Mark 3>: y\n<Mark 999>: z", 2))
                .containsExactly(new MarkAnswer(1, "a"));
    }

    @Test
    void whatIsSaidASecondTimeIsLeftOut() {
        assertThat(AnswerParser.marks("<Mark 1>: a\n<Mark 1>: b", 1)).containsExactly(new MarkAnswer(1, "a"));
    }

    @Test
    void severalMarksTogetherAreARelation() {
        String answer = "<Region 1>: a cup\n<Region 1><Region 4>: the cup stands on the table";

        assertThat(AnswerParser.relations(answer, 4))
                .containsExactly(new Relation(List.of(1, 4), "the cup stands on the table"));
        assertThat(AnswerParser.marks(answer, 4)).containsExactly(new MarkAnswer(1, "a cup"));
    }

    @Test
    void tenMarksMayBeRelated() {
        String answer = "<Mark 1><Mark 2><Mark 3><Mark 4><Mark 5><Mark 6><Mark 7><Mark 8><Mark 9><Mark 10>: a row";

        assertThat(AnswerParser.relations(answer, 10))
                .containsExactly(new Relation(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), "a row"));
        assertThat(AnswerParser.relations(answer, 9)).isEmpty();
    }

    @Test
    void aMarkIsCompleteOnceTheNextBegins() {
        assertThat(AnswerParser.completeMarks("<Mark 1>: a dog\n<Mark 2>", 2)).isEmpty();
        assertThat(AnswerParser.completeMarks("<Mark 1>: a dog\n<Mark 2>:", 2))
                .containsExactly(new MarkAnswer(1, "a dog"));
        assertThat(AnswerParser.completeMarks("It is a dog", 1)).isEmpty();
    }

    @Test
    void whatIsCompleteNeverChanges() {
        String answer = "<Mark 2>: b: c\nmore\n<Mark 1><Mark 2>: near\nMark 1: a\n<Mark 3>): d";
        var whole = AnswerParser.marks(answer, 3);

        for (int length = 0; length <= answer.length(); length++) {
            var complete = AnswerParser.completeMarks(answer.substring(0, length), 3);
            assertThat(complete).isEqualTo(new ArrayList<>(whole).subList(0, complete.size()));
        }
    }

    @Test
    void aLongAnswerWithoutAMarkerIsReadInNoTime() {
        assertThat(AnswerParser.marks("<Mark 1> ".repeat(20_000), 2)).isEmpty();
        assertThat(AnswerParser.marks(" \t".repeat(50_000), 2)).isEmpty();
    }
}
