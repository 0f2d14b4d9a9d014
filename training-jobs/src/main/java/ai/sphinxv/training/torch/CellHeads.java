package ai.sphinxv.training.torch;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Linear readers of the experts' rows, with which the experts learn to see before SPHINX-V's own two stages. They are
 * left behind in the export: the paper starts from experts that others trained, nano has to train its own.
 */
public final class CellHeads {
    /** Begins the names of their parameters. */
    public static final String PREFIX = "cells.";

    private CellHeads() {}

    /** Their parameters: classes and background, colours, words. */
    public static Map<String, Shape> shapes(ModelConfig config, int labels, int colors, int words) {
        var shapes = new LinkedHashMap<String, Shape>();
        add(shapes, "label", labels + 1, config.visualWidth());
        add(shapes, "color", colors, config.visualWidth());
        add(shapes, "word", words, config.visualWidth());
        return shapes;
    }

    private static void add(Map<String, Shape> shapes, String name, int out, int in) {
        shapes.put(PREFIX + name + ".weight", Shape.of(out, in));
        shapes.put(PREFIX + name + ".bias", Shape.of(out));
    }
}
