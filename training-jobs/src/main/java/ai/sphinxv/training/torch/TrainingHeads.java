package ai.sphinxv.training.torch;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.training.data.Vocabulary;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Linear readers that exist for training only and are left behind in the export. Those of looks let the region expert
 * learn to see before SPHINX-V's own two stages. Those of marks tell the decoder's first half, in both stages, what lies
 * under each slot, which a small decoder finds out many times faster from this than from the answers' words alone.
 */
public final class TrainingHeads {
    private static final String LOOKS = "looks.";
    private static final String MARKS = "marks.";
    private static final int CORNERS = 4;

    private TrainingHeads() {}

    /** Their parameters: classes, colours, names and places, from encoded marks and from the decoder's middle. */
    public static Map<String, Shape> shapes(ModelConfig config, Vocabulary vocabulary) {
        int labels = vocabulary.labels().size();
        int colors = Math.max(1, vocabulary.colors().size());
        int names = Math.max(1, vocabulary.names().size());
        var shapes = new LinkedHashMap<String, Shape>();
        add(shapes, looks("label"), labels, config.prompts().width());
        add(shapes, looks("color"), colors, config.prompts().width());
        add(shapes, looks("name"), names, config.prompts().width());
        add(shapes, marks("label"), labels, config.language().width());
        add(shapes, marks("color"), colors, config.language().width());
        add(shapes, marks("name"), names, config.language().width());
        add(shapes, marks("place"), CORNERS, config.language().width());
        return shapes;
    }

    /** Whether a parameter reads encoded marks. */
    public static boolean ofLooks(String name) {
        return name.startsWith(LOOKS);
    }

    /** Whether a parameter reads the decoder's middle. */
    public static boolean ofMarks(String name) {
        return name.startsWith(MARKS);
    }

    static String looks(String what) {
        return LOOKS + what;
    }

    static String marks(String what) {
        return MARKS + what;
    }

    private static void add(Map<String, Shape> shapes, String name, int out, int in) {
        shapes.put(name + ".weight", Shape.of(out, in));
        shapes.put(name + ".bias", Shape.of(out));
    }
}
