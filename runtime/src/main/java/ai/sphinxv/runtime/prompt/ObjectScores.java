package ai.sphinxv.runtime.prompt;

import ai.sphinxv.runtime.bundle.ModelConfig;

/** What the object expert finds under a mark, from its map of the picture. */
public final class ObjectScores {
    /** Share of a box, each way, whose cells count: near its edges other things are seen. */
    private static final double CENTRAL = 0.4;

    /** A little more than half a cell, so that the smallest mark has a cell. */
    private static final double LEAST = 0.501;

    private ObjectScores() {}

    /**
     * The largest of every number in the cells whose centres lie in the middle of each mark: what the prompt encoder reads,
     * in training and serving alike. A mark within one cell has that cell's.
     *
     * @param map [objectChannels * cells]
     * @param corners [marks * 4] at least, as fractions of the padded square
     * @return [marks * objectChannels]
     */
    public static float[] largest(float[] map, float[] corners, int marks, ModelConfig config) {
        int channels = config.objectChannels();
        int grid = config.objectGrid();
        float[] found = new float[marks * channels];
        for (int mark = 0; mark < marks; mark++) {
            Cells columns = Cells.within(corners[4 * mark], corners[4 * mark + 2], grid);
            Cells rows = Cells.within(corners[4 * mark + 1], corners[4 * mark + 3], grid);
            for (int channel = 0; channel < channels; channel++) {
                found[mark * channels + channel] = largest(map, channel, columns, rows, grid);
            }
        }
        return found;
    }

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
            best[score] = largest(map, score, columns, rows, grid);
        }
        return best;
    }

    private static float largest(float[] map, int channel, Cells columns, Cells rows, int grid) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int row = rows.first(); row <= rows.last(); row++) {
            for (int column = columns.first(); column <= columns.last(); column++) {
                largest = Math.max(largest, map[(channel * grid + row) * grid + column]);
            }
        }
        return largest;
    }

    private record Cells(int first, int last) {
        /** In 32-bit numbers, as the network that was trained on them has them. */
        static Cells within(float low, float high, int grid) {
            float middle = (low + high) * 0.5f;
            float half = Math.max((high - low) * (float) (CENTRAL / 2), (float) (LEAST / grid));
            int first = 0;
            while (first < grid - 1 && !covers(first, grid, middle, half)) {
                first++;
            }
            int last = first;
            while (last < grid - 1 && covers(last + 1, grid, middle, half)) {
                last++;
            }
            return new Cells(first, last);
        }

        private static boolean covers(int cell, int grid, float middle, float half) {
            float offset = (cell + 0.5f) / grid - middle;
            return half * half - offset * offset > 0;
        }

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
