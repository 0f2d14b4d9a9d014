package ai.sphinxv.training.data;

/**
 * What a training step takes, as plain arrays. {@code B} pictures or texts, {@code N} slots, {@code T} tokens, {@code R}
 * rows of a view. A target of {@link #IGNORED} does not count.
 */
public final class Batches {
    /** Target that the loss leaves out. */
    public static final long IGNORED = -100;

    private Batches() {}

    /**
     * What the view experts gave for pictures.
     *
     * @param rows [VIEWS * B * R * visualWidth], view-major
     * @param visible [B * VIEWS], 1 where a view shows some of the picture
     */
    public record Views(int count, float[] rows, float[] visible) {}

    /**
     * Marks on pictures and what is known of them.
     *
     * @param corners [B * N * 4] as fractions of the padded square
     * @param isBox [B * N]
     * @param isValid [B * N]
     * @param cuts [B * K * CUTS * 3 * crop * crop] of the first K slots, normalised
     * @param objects [B * K * objectChannels] what the object expert found
     * @param labels [B * N] class of what each slot's mark means
     * @param colors [B * N] its colour, if it has one
     * @param names [B * N] its name, if it has one
     */
    public record Marks(
            int count,
            float[] corners,
            float[] isBox,
            float[] isValid,
            float[] cuts,
            float[] objects,
            long[] labels,
            long[] colors,
            long[] names) {}

    /**
     * Texts that follow BOS and, in {@link Answers}, the picture and its marks.
     *
     * @param tokens [B * T], padded with 0 at the end
     * @param targets [B * T] the token itself where the model has to say it, else {@link #IGNORED}
     * @param named [B * T] the slot of the mark that each token is about
     * @param shares [B * T] how much of that mark's embedding it carries
     * @param bos number of the token that begins every sequence
     */
    public record Texts(int count, int length, long[] tokens, long[] targets, int[] named, float[] shares, int bos) {}

    /** Conversations about marked pictures. */
    public record Answers(Views views, Marks marks, Texts texts) {}
}
