package ai.sphinxv.runtime.prompt;

import ai.sphinxv.runtime.bundle.ModelConfig;

/** What the object expert scores under a mark, from its map of the picture. */
public final class ObjectScores {
    /** Share of a box, each way, whose cells count: near its edges other things are seen. */
    public static final double CENTRAL = 0.4;

    private ObjectScores() {}

    /**
     * The best score of each class in the cells whose centres lie in the middle of the mark; of a box within one cell, that
     * cell's; of a point, those of its cell and the eight around it. A cell alone scores lower than the best of many: told
     * of a point by its one cell, at a score of 0.1 the expert is right as often as at 0.2 of a box (COCO's training
     * photographs), and would be told of too few.
     *
     * @param map [objectChannels * cells]
     * @return [2 * objectClasses] of the whole square, then of its quarters
     */
    public static float[] under(float[] map, PromptSlots slots, int slot, ModelConfig config) {
        int grid = config.objectGrid();
        float[] corners = slots.corners();
        Cells columns = Cells.of(corners[4 * slot], corners[4 * slot + 2], grid);
        Cells rows = Cells.of(corners[4 * slot + 1], corners[4 * slot + 3], grid);
        float[] best = new float[2 * config.objectClasses()];
        for (int score = 0; score < best.length; score++) {
            best[score] = Float.NEGATIVE_INFINITY;
            for (int row = rows.first(); row <= rows.last(); row++) {
                for (int column = columns.first(); column <= columns.last(); column++) {
                    best[score] = Math.max(best[score], map[(score * grid + row) * grid + column]);
                }
            }
        }
        return best;
    }

    private record Cells(int first, int last) {
        static Cells of(float low, float high, int grid) {
            double middle = (low + high) / 2.0 * grid;
            double half = CENTRAL / 2 * (high - low) * grid;
            int first = (int) Math.ceil(middle - half - 0.5);
            int last = (int) Math.floor(middle + half - 0.5);
            if (first > last) {
                first = (int) middle;
                last = first;
            }
            if (low == high) {
                first--;
                last++;
            }
            return new Cells(Math.clamp(first, 0, grid - 1), Math.clamp(last, 0, grid - 1));
        }
    }
}
