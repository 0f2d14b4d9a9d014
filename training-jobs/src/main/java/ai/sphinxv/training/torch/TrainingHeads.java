package ai.sphinxv.training.torch;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Linear readers that exist for training only and are left behind in the export. Those of cells let the experts learn to
 * see before SPHINX-V's own two stages: the paper starts from experts that others trained, nano has to train its own.
 * Those of marks tell the decoder's first half, in both stages, what lies under each slot, which a small decoder finds
 * out many times faster from this than from the answers' words alone.
 */
public final class TrainingHeads {
    private static final String CELLS = "cells.";
    private static final String MARKS = "marks.";

    private TrainingHeads() {}

    /** Their parameters: for cells classes and background, colours, words; for marks classes and colours. */
    public static Map<String, Shape> shapes(ModelConfig config, int labels, int colors, int words) {
        var shapes = new LinkedHashMap<String, Shape>();
        add(shapes, cells("label"), labels + 1, config.visualWidth());
        add(shapes, cells("color"), colors, config.visualWidth());
        add(shapes, cells("word"), words, config.visualWidth());
        add(shapes, marks("label"), labels, config.language().width());
        add(shapes, marks("color"), colors, config.language().width());
        return shapes;
    }

    /** Whether a parameter reads cells. */
    public static boolean ofCells(String name) {
        return name.startsWith(CELLS);
    }

    /** Whether a parameter reads marks. */
    public static boolean ofMarks(String name) {
        return name.startsWith(MARKS);
    }

    static String cells(String what) {
        return CELLS + what;
    }

    static String marks(String what) {
        return MARKS + what;
    }

    private static void add(Map<String, Shape> shapes, String name, int out, int in) {
        shapes.put(name + ".weight", Shape.of(out, in));
        shapes.put(name + ".bias", Shape.of(out));
    }
}
