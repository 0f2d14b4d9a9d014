package ai.sphinxv.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.Answer.StopReason;
import ai.sphinxv.runtime.AnswerEvent.Mark;
import ai.sphinxv.runtime.AnswerEvent.Token;
import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.answer.Relation;
import ai.sphinxv.runtime.bundle.BundleException;
import ai.sphinxv.runtime.bundle.Manifest;
import ai.sphinxv.runtime.bundle.TokenTable;
import ai.sphinxv.runtime.decode.SamplingOptions;
import ai.sphinxv.runtime.graph.GraphException;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.text.Conversation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole chain through ONNX Runtime, on a model that says what it is told to say. */
@Timeout(60)
class SphinxVTest {
    private static final String ASKED = "What?";
    private static final RgbImage PICTURE = new RgbImage(4, 2, new byte[24]);
    private static final List<VisualPrompt> MARKS = List.of(new Point(1, 1), new Box(0, 0, 2, 2));
    private static final int PROMPT_TOKENS =
            1 + 20 + 5 + ScriptedModel.text(ASKED).length();

    @TempDir
    static Path folder;

    private static SphinxV model;

    @BeforeAll
    static void open() throws IOException {
        String script = " <Mark 1>: a cup\n<Mark 2>: tea\n<Mark 1><Mark 2>: hot\n### Q: more";
        model = SphinxV.open(ScriptedModel.write(folder, ASKED, script), RuntimeOptions.defaults());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void aQuestionIsAnswered() {
        var answer = model.answer(Question.of(PICTURE, MARKS, ASKED));

        assertThat(answer.text()).isEqualTo("<Mark 1>: a cup\n<Mark 2>: tea\n<Mark 1><Mark 2>: hot");
        assertThat(answer.marks()).containsExactly(new MarkAnswer(1, "a cup"), new MarkAnswer(2, "tea"));
        assertThat(answer.relations()).containsExactly(new Relation(List.of(1, 2), "hot"));
        assertThat(answer.stop()).isEqualTo(StopReason.STOP);
        assertThat(answer.usage().promptTokens()).isEqualTo(PROMPT_TOKENS);
        assertThat(answer.usage().answerTokens())
                .isEqualTo(" ".length() + answer.text().length() + "\n###".length());
    }

    @Test
    void theAnswerIsToldAsItIsWritten() {
        var events = new ArrayList<AnswerEvent>();

        var answer = model.answer(Question.of(PICTURE, MARKS, ASKED), events::add);

        var text = new StringBuilder();
        for (AnswerEvent event : events) {
            switch (event) {
                case Token token -> text.append(token.text());
                case Mark mark
                when mark.mark().mark() == 1 -> assertThat(text).hasToString("<Mark 1>: a cup\n<Mark 2>:");
                case Mark mark -> assertThat(text).hasToString("<Mark 1>: a cup\n<Mark 2>: tea\n<Mark 1><Mark 2>:");
            }
        }
        assertThat(text).hasToString(answer.text());
        assertThat(events).filteredOn(Mark.class::isInstance).hasSize(2);
    }

    @Test
    void theLastMarkIsToldAtTheEnd() {
        var events = new ArrayList<AnswerEvent>();
        int untilTea = " <Mark 1>: a cup\n<Mark 2>: tea".length();

        var answer = model.answer(question(MARKS, untilTea), events::add);

        assertThat(answer.stop()).isEqualTo(StopReason.LENGTH);
        assertThat(answer.text()).isEqualTo("<Mark 1>: a cup\n<Mark 2>: tea");
        assertThat(answer.usage().answerTokens()).isEqualTo(untilTea);
        assertThat(events.getLast()).isEqualTo(new Mark(new MarkAnswer(2, "tea")));
    }

    @Test
    void theTokensOfAnAnswerAreThoseOfItsText() {
        var question = Question.of(PICTURE, MARKS, ASKED);

        assertThat(model.tokens(question))
                .hasSize(model.answer(question).usage().answerTokens());
    }

    @Test
    void threeSubgraphsOneAfterTheOtherAnswerAsAllAtOnce() {
        var seen = model.see(PICTURE);
        var marks = model.see(seen, MARKS);
        var question = Question.of(PICTURE, MARKS, ASKED);

        var answer = model.answer(question, seen, marks, event -> {});

        assertThat(answer.text()).isEqualTo(model.answer(question).text());
        assertThat(answer.usage()).isEqualTo(model.answer(question).usage());
    }

    @Test
    void whatWasSeenOfOtherMarksOrAnotherPictureIsNotTaken() {
        var seen = model.see(PICTURE);
        var marks = model.see(seen, List.of(new Point(0, 0)));
        var other = model.see(new RgbImage(4, 2, new byte[24]));
        var question = Question.of(PICTURE, MARKS, ASKED);

        assertThatThrownBy(() -> model.answer(question, seen, marks, event -> {}))
                .hasMessage("the question is about other marks than those that were seen");
        assertThatThrownBy(() -> model.answer(question, other, model.see(other, MARKS), event -> {}))
                .hasMessage("the question is about another picture than the one that was seen");
    }

    @Test
    void oneAnswerLeavesNothingToTheNext() {
        var question = Question.of(PICTURE, MARKS, ASKED);

        assertThat(model.answer(question).text())
                .isEqualTo(model.answer(question).text());
    }

    @Test
    void manyAreAnsweredAtATime() throws Exception {
        var question = Question.of(PICTURE, MARKS, ASKED);
        String expected = model.answer(question).text();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(
                    Collections.nCopies(16, () -> model.answer(question).text()));
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void whatTheListenerThrowsStopsTheAnswer() {
        var question = Question.of(PICTURE, MARKS, ASKED);

        assertThatThrownBy(() -> model.answer(question, event -> {
                    throw new IllegalStateException("the caller is gone");
                }))
                .hasMessage("the caller is gone");
        assertThat(model.answer(question).stop()).isEqualTo(StopReason.STOP);
    }

    @Test
    void theModelIsNamedByItsBundle() {
        assertThat(model.model())
                .isEqualTo("scripted@" + Manifest.read(folder).digest().substring(0, 12));
        assertThat(model.config()).isEqualTo(ScriptedModel.CONFIG);
    }

    @Test
    void aMarkOutsideThePictureIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> model.answer(question(List.of(new Point(5, 1)), 1)))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("mark 1 lies outside the picture: point (5.0, 1.0) is not within 4x2 pixels");
    }

    @Test
    void aPromptAndItsAnswerMustFitTheModel() {
        int most = 512 - PROMPT_TOKENS;
        assertThat(model.answer(question(MARKS, most)).stop()).isEqualTo(StopReason.STOP);

        assertThatThrownBy(() -> model.answer(question(MARKS, most + 1)))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("the picture, the marks and the words take %d tokens and the answer may take %d;"
                                .formatted(PROMPT_TOKENS, most + 1)
                        + " the model has 512 for both");
        assertThatThrownBy(() -> model.answer(question(MARKS, Integer.MAX_VALUE)))
                .isInstanceOf(InvalidPromptException.class);
    }

    @Test
    void aConversationOfAnyLengthIsRefusedQuickly() {
        String words = "why?".repeat(1_000_000);
        var question = Question.of(PICTURE, MARKS, words);

        assertThatThrownBy(() -> model.answer(question))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("the conversation has %d characters, the model reads at most 512 tokens"
                        .formatted(ScriptedModel.text(words).length()));
    }

    @Test
    void aClosedModelAnswersNothing(@TempDir Path other) throws IOException {
        var closed = SphinxV.open(ScriptedModel.write(other, ASKED, "yes"), RuntimeOptions.defaults());
        String name = closed.model();
        closed.close();
        closed.close();

        assertThatThrownBy(() -> closed.answer(Question.of(PICTURE, MARKS, ASKED)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the model " + name + " is closed");
    }

    @Test
    void closingStopsAnAnswerAndWaitsForIt(@TempDir Path other) throws Exception {
        var closing = SphinxV.open(ScriptedModel.write(other, ASKED, "yes, yes"), RuntimeOptions.defaults());
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> closing.answer(Question.of(PICTURE, MARKS, ASKED), event -> {
                begun.countDown();
                await(goOn);
            }));
            assertThat(begun.await(10, SECONDS)).isTrue();
            var close = threads.submit(closing::close);
            Thread.sleep(50);
            assertThat(close.isDone()).isFalse();
            goOn.countDown();

            assertThatThrownBy(answer::get)
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .cause()
                    .hasMessage("the model " + closing.model() + " is closed");
            close.get();
        }
    }

    @Test
    void anAnswerCannotCloseItsModel() {
        assertThatThrownBy(() -> model.answer(Question.of(PICTURE, MARKS, ASKED), event -> model.close()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("an answer's consumer cannot close the model: throw to stop the answer");
    }

    @Test
    void aGraphThatIsNoneIsNamed(@TempDir Path other) throws IOException {
        ScriptedModel.write(other, ASKED, "yes");
        replace(other, "prompt_encoder.onnx", new byte[] {8, 10}); // a version, and nothing else

        assertThatThrownBy(() -> SphinxV.open(other, RuntimeOptions.defaults()))
                .isInstanceOf(GraphException.class)
                .hasMessage("prompt_encoder.onnx cannot start");
    }

    @Test
    void aTableOfTheWrongSizeIsRefused(@TempDir Path other) throws IOException {
        ScriptedModel.write(other, ASKED, "yes");
        replace(other, TokenTable.SINGLE.file(), new byte[16]);

        assertThatThrownBy(() -> SphinxV.open(other, RuntimeOptions.defaults()))
                .isInstanceOf(BundleException.class)
                .hasMessage("%s has 16 bytes; 260 tokens of width 4 need 4160"
                        .formatted(other.resolve("token_embedding.f32")));
    }

    /** Changes a file of the bundle and says so in its manifest. */
    private static void replace(Path folder, String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
        var old = Manifest.read(folder);
        var files = old.files().stream()
                .map(file -> Manifest.describe(folder.resolve(file.name())))
                .toList();
        new Manifest(old.format(), old.model(), old.provenance(), files).write(folder);
    }

    private static Question question(List<? extends VisualPrompt> marks, int maxNewTokens) {
        return new Question(
                PICTURE, List.copyOf(marks), Conversation.of(ASKED), SamplingOptions.greedy(), maxNewTokens);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
