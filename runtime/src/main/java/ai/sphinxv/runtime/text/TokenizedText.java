package ai.sphinxv.runtime.text;

import ai.sphinxv.runtime.text.Conversation.Segment;
import ai.sphinxv.runtime.text.Conversation.Speaker;
import java.util.Arrays;
import java.util.List;

/**
 * A conversation's text as the language model reads it, segment by segment.
 *
 * @param ids of its tokens
 * @param speakers who says each of them
 */
public record TokenizedText(int[] ids, Speaker[] speakers) {

    public static TokenizedText of(List<Segment> segments, Tokenizer tokenizer) {
        int[][] parts = new int[segments.size()][];
        for (int i = 0; i < parts.length; i++) {
            String text = segments.get(i).text();
            parts[i] = i == 0 ? tokenizer.encode(text) : tokenizer.encodeNext(text);
        }
        int[] ids = Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
        var speakers = new Speaker[ids.length];
        int from = 0;
        for (int i = 0; i < parts.length; i++) {
            Arrays.fill(speakers, from, from + parts[i].length, segments.get(i).speaker());
            from += parts[i].length;
        }
        return new TokenizedText(ids, speakers);
    }

    /** How many tokens are what the experts told: the first ones of every conversation. */
    public int told() {
        return (int) Arrays.stream(speakers)
                .takeWhile(speaker -> speaker == Speaker.EXPERT)
                .count();
    }
}
