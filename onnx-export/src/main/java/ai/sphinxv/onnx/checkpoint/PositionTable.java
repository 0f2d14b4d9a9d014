package ai.sphinxv.onnx.checkpoint;

/**
 * DINOv2's position table for another grid, as its code makes it at run time: bicubic with a = -0.75 and clamped borders, no
 * antialiasing, and a scale that a tenth of a cell is added to (reference-model 1.1).
 */
final class PositionTable {
    private static final double A = -0.75;
    private static final double OFFSET = 0.1;
    private static final int TAPS = 4;

    private PositionTable() {}

    /**
     * @param table [(1 + from * from) * width], the class token's row first
     * @return [(1 + to * to) * width]
     */
    static float[] resized(float[] table, int from, int to, int width) {
        float[] resized = new float[(1 + to * to) * width];
        System.arraycopy(table, 0, resized, 0, width);
        for (int row = 0; row < to; row++) {
            for (int column = 0; column < to; column++) {
                int at = (1 + row * to + column) * width;
                for (int channel = 0; channel < width; channel++) {
                    resized[at + channel] = (float) sampled(table, from, to, width, row, column, channel);
                }
            }
        }
        return resized;
    }

    private static double sampled(float[] table, int from, int to, int width, int row, int column, int channel) {
        double y = source(row, from, to);
        double x = source(column, from, to);
        double sum = 0;
        for (int i = 0; i < TAPS; i++) {
            int sourceRow = (int) Math.floor(y) - 1 + i;
            for (int j = 0; j < TAPS; j++) {
                int sourceColumn = (int) Math.floor(x) - 1 + j;
                int cell = Math.clamp(sourceRow, 0, from - 1) * from + Math.clamp(sourceColumn, 0, from - 1);
                sum += weight(y - sourceRow) * weight(x - sourceColumn) * table[(1 + cell) * width + channel];
            }
        }
        return sum;
    }

    /** Where a cell's centre lies among the cells of the given table. */
    private static double source(int cell, int from, int to) {
        return (cell + 0.5) * from / (to + OFFSET) - 0.5;
    }

    private static double weight(double distance) {
        double d = Math.abs(distance);
        if (d < 1) {
            return ((A + 2) * d - (A + 3)) * d * d + 1;
        }
        return d < 2 ? A * (((d - 5) * d + 8) * d - 4) : 0;
    }
}
