package ai.sphinxv.training;

import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.training.data.MarkKind;
import ai.sphinxv.training.data.MarkedScene;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How a model is told which regions are meant: the paper's way, and the two that it is compared with (paper 5.4, Table 9). */
enum Marking {
    ENCODED,
    BLENDED,
    WRITTEN;

    /** Of the first region, the second, the third. */
    private static final int[][] COLOURS = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}};

    /** Most regions that can be told apart in every way. */
    static final int MOST = COLOURS.length;

    private static final double ALPHA = 0.5;

    /** Of a drawn outline to either side of the edge, as a share of the picture's longer side. */
    private static final double THICKNESS = 0.015;

    /**
     * What the model is given.
     *
     * @param marks of a way that leaves the prompt encoder out: one box around the whole picture
     */
    record Asked(RgbImage image, List<VisualPrompt> marks, String question) {}

    /** Asks about a scene's marked regions, three at most. */
    Asked ask(MarkedScene scene, String question) {
        RgbImage image = scene.image();
        List<VisualPrompt> whole = List.of(new Box(0, 0, image.width(), image.height()));
        return switch (this) {
            case ENCODED -> new Asked(image, scene.marks(), question);
            case BLENDED -> new Asked(blended(image, scene.regions().places()), whole, question);
            case WRITTEN -> new Asked(image, whole, corners(scene) + question);
        };
    }

    /** "<Region 1>: [0.120, 0.400, 0.360, 0.710]" and so on, as fractions of the padded square. */
    private static String corners(MarkedScene scene) {
        List<Box> places = scene.regions().places();
        var square = new PaddedSquare(scene.image().width(), scene.image().height(), Padding.AROUND);
        return IntStream.range(0, places.size())
                .mapToObj(slot -> {
                    Box box = places.get(slot);
                    return String.format(
                            Locale.ROOT,
                            "%s: [%.2f, %.2f, %.2f, %.2f]\n",
                            MarkKind.REGION.tag(slot),
                            square.x(box.x1()),
                            square.y(box.y1()),
                            square.x(box.x2()),
                            square.y(box.y2()));
                })
                .collect(Collectors.joining());
    }

    private static RgbImage blended(RgbImage image, List<Box> places) {
        byte[] rgb = image.rgb().clone();
        double thick = Math.max(1, THICKNESS * Math.max(image.width(), image.height()));
        for (int slot = 0; slot < places.size(); slot++) {
            for (int y = 0; y < image.height(); y++) {
                for (int x = 0; x < image.width(); x++) {
                    if (isOutline(places.get(slot), x + 0.5, y + 0.5, thick)) {
                        blend(rgb, 3 * (y * image.width() + x), COLOURS[slot]);
                    }
                }
            }
        }
        return new RgbImage(image.width(), image.height(), rgb);
    }

    private static boolean isOutline(Box box, double x, double y, double thick) {
        double inside = Math.min(
                Math.min(x - box.x1(), box.x2() - x), Math.min(y - box.y1(), box.y2() - y)); // from the nearest edge
        return Math.abs(inside) <= thick;
    }

    private static void blend(byte[] rgb, int at, int[] colour) {
        for (int channel = 0; channel < 3; channel++) {
            double mixed = (1 - ALPHA) * (rgb[at + channel] & 0xff) + ALPHA * colour[channel];
            rgb[at + channel] = (byte) Math.round(mixed);
        }
    }
}
