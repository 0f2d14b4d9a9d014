package ai.sphinxv.training.data;

/**
 * What a training step takes, as plain arrays. {@code B} pictures or texts, {@code S} side of the padded square,
 * {@code N} slots, {@code T} tokens, {@code R} rows of a view. A target of {@link #IGNORED} does not count.
 */
public final class Batches {
    /** Target that the loss leaves out. */
    public static final long IGNORED = -100;

    private Batches() {}

    /**
     * Prepared pictures.
     *
     * @param pixels [B * 3 * S * S], normalised
     * @param visible [B * VIEWS], 1 where a view shows some of the picture
     */
    public record Images(int count, float[] pixels, float[] visible) {}

    /**
     * What lies in each row of each view, for the experts' own training. All [VIEWS * B * R], view-major; the first row
     * of a view, which stands for the whole, is ignored.
     *
     * @param labels class of the object, or the number of classes for the background
     * @param colors colour of a shape
     * @param words number of a word in the lexicon
     */
    public record Cells(Images images, long[] labels, long[] colors, long[] words) {}

    /**
     * Texts that follow BOS and, in {@link Answers}, the picture and its marks.
     *
     * @param tokens [B * T], padded with 0 at the end
     * @param targets [B * T] the token itself where the model has to say it, else {@link #IGNORED}
     * @param bos number of the token that begins every sequence
     */
    public record Texts(int count, int length, long[] tokens, long[] targets, int bos) {}

    /**
     * Conversations about marked pictures.
     *
     * @param corners [B * N * 4] as fractions of the padded square
     * @param isBox [B * N]
     * @param isValid [B * N]
     * @param labels [B * N] class of what each slot's mark means
     * @param colors [B * N] its colour, if it is a shape
     */
    public record Answers(
            Images images,
            float[] corners,
            float[] isBox,
            float[] isValid,
            long[] labels,
            long[] colors,
            Texts texts) {}
}
