package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.graph.Session.Input;
import ai.sphinxv.runtime.image.ColourScale;
import ai.sphinxv.runtime.image.RegionCrop;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.text.CtcDecoder;
import ai.sphinxv.runtime.text.Reading;
import java.nio.file.Path;
import java.util.Set;

/**
 * Reads one line of text in a picture at full resolution: PaddleOCR's recognition network (PP-OCRv4 mobile), frozen.
 * Safe for many threads.
 */
public final class TextReader implements AutoCloseable {
    private static final String PIXELS = "x";
    private static final String PROBABILITIES = "softmax_11.tmp_0";

    private static final int HEIGHT = 48;
    /** The network gives one step for so many columns. */
    private static final int COLUMNS = 8;
    /** A line that is longer is squeezed: 33 times as wide as high. */
    private static final int MAX_WIDTH = 1600;

    /** Around a box, as a fraction of its height: people and data sets cut lines a little too tight to read well. */
    private static final double MARGIN = 0.1;
    /** Grey columns after a line, without which the last character is missed now and then. */
    private static final int TAIL = 48;

    /** Red or blue first made no difference on 1,915 lines. */
    private static final ColourScale SCALE = ColourScale.of(new double[] {0.5, 0.5, 0.5}, new double[] {0.5, 0.5, 0.5});

    private final Session session;
    private final CtcDecoder decoder;

    private TextReader(Session session, CtcDecoder decoder) {
        this.session = session;
        this.decoder = decoder;
    }

    /**
     * @param model the network, [1,3,48,W] to [1,W/8,classes]
     * @param characters its characters, one a line, in the order of its classes
     * @throws GraphException if it starts on no provider or knows another number of characters
     */
    public static TextReader open(Path model, Path characters, Providers providers) {
        var decoder = CtcDecoder.read(characters);
        // Lines differ in width, and CUDA would tune itself anew for each. On the CPU a second thread makes one line no
        // faster, while two lines at a time take hardly longer than one.
        return new TextReader(
                providers.oneThread().start(model, Set.of(Provider.CPU), session -> tryOut(session, decoder)), decoder);
    }

    /**
     * What the box says, taken for one line from left to right. Something is read almost anywhere: look at the
     * confidence.
     *
     * @param box in pixels of the picture
     */
    public Reading read(RgbImage picture, Box box) {
        double margin = MARGIN * (box.y2() - box.y1());
        double x1 = box.x1() - margin;
        double y1 = box.y1() - margin;
        double x2 = box.x2() + margin;
        double y2 = box.y2() + margin;
        int width = Math.clamp(Math.round(HEIGHT * (x2 - x1) / (y2 - y1)), COLUMNS, MAX_WIDTH);
        float[] crop = new float[3 * HEIGHT * width];
        new RegionCrop(x1, y1, x2, y2, width, HEIGHT).into(picture, SCALE, crop, 0);
        int steps = Math.ceilDiv(width + TAIL, COLUMNS);
        return decoder.decode(probabilities(session, widened(crop, width, steps * COLUMNS), steps), 0, steps);
    }

    @Override
    public void close() {
        session.close();
    }

    /** Grey is 0. */
    private static float[] widened(float[] crop, int width, int wider) {
        float[] pixels = new float[3 * HEIGHT * wider];
        for (int row = 0; row < 3 * HEIGHT; row++) {
            System.arraycopy(crop, row * width, pixels, row * wider, width);
        }
        return pixels;
    }

    private static float[] probabilities(Session session, float[] pixels, int steps) {
        return session.encode(PROBABILITIES, new Input(PIXELS, pixels, 1, 3, HEIGHT, (long) steps * COLUMNS));
    }

    private static void tryOut(Session session, CtcDecoder decoder) {
        int steps = 8;
        int got = probabilities(session, new float[3 * HEIGHT * steps * COLUMNS], steps).length;
        if (got != steps * decoder.classes()) {
            throw new GraphException("the reader knows %d classes and its characters make %d: they are not of one model"
                    .formatted(got / steps, decoder.classes()));
        }
    }
}
