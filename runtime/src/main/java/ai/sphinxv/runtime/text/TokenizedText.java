package ai.sphinxv.runtime.text;

import ai.sphinxv.runtime.text.Conversation.Segment;
import ai.sphinxv.runtime.text.Conversation.Speaker;
import java.util.Arrays;
import java.util.List;

/**
 * A conversation's text as the language model reads it, segment by segment.
 *
 * @param ids of its tokens
 * @param told how many of them, from the first on, are what the experts told
 */
public record TokenizedText(int[] ids, int told) {

    /** What the experts told comes first in every conversation. */
    public static TokenizedText of(List<Segment> segments, Tokenizer tokenizer) {
        int[][] parts =
                segments.stream().map(one -> tokenizer.encode(one.text())).toArray(int[][]::new);
        int told = 0;
        for (int i = 0; i < parts.length && segments.get(i).speaker() == Speaker.EXPERT; i++) {
            told += parts[i].length;
        }
        return new TokenizedText(
                Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray(), told);
    }
}
