package ai.sphinxv.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.decode.SamplingOptions;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.text.Conversation;
import ai.sphinxv.runtime.text.Conversation.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTest {
    private static final RgbImage PICTURE = new RgbImage(1, 1, new byte[3]);

    @Test
    void aQuestionIsAnsweredGreedilyUnlessItSaysOtherwise() {
        var question = Question.of(PICTURE, List.of(), "What?");

        assertThat(question.sampling()).isEqualTo(SamplingOptions.greedy());
        assertThat(question.maxNewTokens()).isEqualTo(256);
        assertThat(question.conversation().turns()).containsExactly(new Turn("What?", null));
    }

    @Test
    void aQuestionHasWords() {
        assertThatThrownBy(() -> Question.of(PICTURE, List.of(), " \n"))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("question 1 of the conversation has no words");
    }

    @Test
    void theLastQuestionIsOpen() {
        assertThatThrownBy(() -> question(1))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("the conversation has no open question at its end");
        assertThatThrownBy(() -> question(1, new Turn("What?", "A cup.")))
                .hasMessage("the conversation has no open question at its end");
    }

    @Test
    void earlierQuestionsAreAnswered() {
        assertThatThrownBy(() -> question(1, new Turn("What?", null), new Turn("Where?", null)))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("question 1 of the conversation has no answer");
    }

    @Test
    void anAnswerHasRoom() {
        assertThatThrownBy(() -> question(0, new Turn("What?", null)))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("an answer needs at least 1 new token, got 0");
    }

    private static Question question(int maxNewTokens, Turn... turns) {
        return new Question(
                PICTURE, List.of(), new Conversation(List.of(turns)), SamplingOptions.greedy(), maxNewTokens);
    }
}
