package ai.sphinxv.runtime;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.text.TokenizedText;
import ai.sphinxv.runtime.text.Tokenizer;
import ai.sphinxv.runtime.text.Told;
import java.util.Arrays;
import java.util.List;

/**
 * What the language model reads before it answers: BOS, the picture, the marks, what they say, the words (reference-model
 * 1.3). BOS and the picture come first by themselves, since they are the same for all that is asked about it.
 *
 * @param prefix tokens of the picture and the marks
 * @param width H
 */
record Prompt(int prefix, TokenizedText text, int width) {

    /**
     * @param told what the experts found in the marks
     * @throws InvalidPromptException if the words and the longest answer do not fit the model together
     */
    static Prompt of(Question question, List<Told> told, ModelConfig config, Tokenizer tokenizer) {
        int most = config.language().maxTokens();
        var segments = question.conversation().segments(config.template(), told);
        long characters = segments.stream().mapToLong(s -> s.text().length()).sum();
        if (characters / tokenizer.longest() > most) { // too long however it is tokenized, so it is not
            throw new InvalidPromptException("the conversation has %d characters, the model reads at most %d tokens"
                    .formatted(characters, most));
        }
        var prompt = new Prompt(
                config.prefixTokens(),
                TokenizedText.of(segments, tokenizer),
                config.language().width());
        if ((long) prompt.tokens() + question.maxNewTokens() > most) {
            throw new InvalidPromptException(
                    "the picture, the marks%s and the words take %d tokens and the answer may take %d; the model has %d for both"
                            .formatted(
                                    told.isEmpty() ? "" : ", what was found in them",
                                    prompt.tokens(),
                                    question.maxNewTokens(),
                                    most));
        }
        return prompt;
    }

    /** S: how many tokens it has. */
    int tokens() {
        return 1 + prefix + text.ids().length;
    }

    /**
     * The embeddings of what comes after the picture.
     *
     * @param words of this text
     * @return [(prompt tokens + text tokens) * H]
     */
    float[] embed(TextEmbedding words) {
        float[] marks = words.marks();
        int[] ids = text.ids();
        float[] sequence = Arrays.copyOf(marks, marks.length + ids.length * width);
        for (int i = 0; i < ids.length; i++) {
            words.copy(ids[i], sequence, marks.length + i * width);
        }
        return sequence;
    }
}
