package ai.sphinxv.runtime;

import ai.sphinxv.runtime.decode.SamplingOptions;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.text.Conversation;
import ai.sphinxv.runtime.text.Conversation.Turn;
import java.util.List;

/**
 * What is asked: a picture, the marks on it, and the words.
 *
 * @param marks the first is {@code <Mark 1>} or {@code <Region 1>} in the words; pixels of the picture; none where the
 *     question is about all of it
 * @param conversation what was said before, and the open question last
 * @param maxNewTokens the answer is cut there
 */
public record Question(
        RgbImage image,
        List<VisualPrompt> marks,
        Conversation conversation,
        SamplingOptions sampling,
        int maxNewTokens) {

    private static final int DEFAULT_MAX_NEW_TOKENS = 256;

    public Question {
        marks = List.copyOf(marks);
        if (maxNewTokens < 1) {
            throw new InvalidPromptException("an answer needs at least 1 new token, got " + maxNewTokens);
        }
        List<Turn> turns = conversation.turns();
        if (turns.isEmpty() || turns.getLast().answer() != null) {
            throw new InvalidPromptException("the conversation has no open question at its end");
        }
        for (int i = 0; i < turns.size(); i++) {
            if (turns.get(i).question().isBlank()) {
                throw new InvalidPromptException("question %d of the conversation has no words".formatted(i + 1));
            }
            if (turns.get(i).answer() == null && i < turns.size() - 1) {
                throw new InvalidPromptException("question %d of the conversation has no answer".formatted(i + 1));
            }
        }
    }

    /** The same with one mark, the box around the picture: a model that reads marks looks at no picture without one. */
    Question aboutAllOfIt() {
        return new Question(image, List.of(allOf(image)), conversation, sampling, maxNewTokens);
    }

    static Box allOf(RgbImage image) {
        return new Box(0, 0, image.width(), image.height());
    }

    /** A first question; the likeliest answer, of at most 256 tokens. */
    public static Question of(RgbImage image, List<VisualPrompt> marks, String text) {
        return new Question(image, marks, Conversation.of(text), SamplingOptions.greedy(), DEFAULT_MAX_NEW_TOKENS);
    }
}
