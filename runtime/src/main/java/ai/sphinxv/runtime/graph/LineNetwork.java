package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.graph.Session.Input;
import ai.sphinxv.runtime.text.CtcDecoder;
import ai.sphinxv.runtime.text.Reading;
import java.nio.file.Path;
import java.util.Set;

/** One of PaddleOCR's recognition networks, frozen: [1,3,48,W] to the probabilities [1,W/8,classes]. */
final class LineNetwork implements AutoCloseable {
    private static final String PIXELS = "x";

    private final Session session;
    private final String probabilities;
    private final CtcDecoder decoder;

    private LineNetwork(Session session, CtcDecoder decoder) {
        this.session = session;
        this.probabilities = session.onlyOutput();
        this.decoder = decoder;
    }

    /**
     * @param characters of its classes, one a line, in their order
     * @throws GraphException if it starts on no provider or knows another number of characters
     */
    static LineNetwork open(Path model, Path characters, Providers providers) {
        var decoder = CtcDecoder.read(characters);
        // Lines differ in width, and CUDA would tune itself anew for each. On the CPU a second thread makes one line no
        // faster, while two lines at a time take hardly longer than one.
        return new LineNetwork(
                providers.oneThread().start(model, Set.of(Provider.CPU), session -> tryOut(session, decoder)), decoder);
    }

    /** What it makes of a line. */
    record Look(CtcDecoder decoder, float[] probabilities, int steps, Reading reading) {

        /** The logarithm of what it thinks the probability of a text, which may be another's reading. */
        double likelihood(String text) {
            return decoder.likelihood(text, probabilities, steps);
        }
    }

    Look look(LinePixels line) {
        float[] seen = probabilities(session, probabilities, line);
        return new Look(decoder, seen, line.steps(), decoder.decode(seen, 0, line.steps()));
    }

    @Override
    public void close() {
        session.close();
    }

    private static float[] probabilities(Session session, String output, LinePixels line) {
        long width = (long) line.steps() * LinePixels.COLUMNS;
        return session.encode(output, new Input(PIXELS, line.values(), 1, 3, LinePixels.HEIGHT, width));
    }

    private static void tryOut(Session session, CtcDecoder decoder) {
        var blank = LinePixels.blank(8);
        int got = probabilities(session, session.onlyOutput(), blank).length;
        if (got != blank.steps() * decoder.classes()) {
            throw new GraphException("the reader knows %d classes and its characters make %d: they are not of one model"
                    .formatted(got / blank.steps(), decoder.classes()));
        }
    }
}
