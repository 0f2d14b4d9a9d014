package ai.sphinxv.onnx.network;

/** A square picture's five views in plain loops (reference-model 1.1). */
final class PlainViews {
    private static final double[] TAPS = {-0.09375, 0.59375, 0.59375, -0.09375};

    private PlainViews() {}

    /** Whole, top left, top right, bottom left, bottom right: [5][3][v][v]. */
    static double[][][][] of(double[][][] image) {
        int half = image[0].length / 2;
        return new double[][][][] {
            halved(image),
            quarter(image, 0, 0),
            quarter(image, 0, half),
            quarter(image, half, 0),
            quarter(image, half, half)
        };
    }

    /** Every second place between pixels, from four by four of them; at the border the last ones are repeated. */
    static double[][][] halved(double[][][] image) {
        int size = image[0].length;
        double[][][] halved = new double[3][size / 2][size / 2];
        for (int c = 0; c < 3; c++) {
            for (int row = 0; row < size / 2; row++) {
                for (int column = 0; column < size / 2; column++) {
                    for (int i = 0; i < 4; i++) {
                        for (int j = 0; j < 4; j++) {
                            int y = Math.clamp(2L * row - 1 + i, 0, size - 1);
                            int x = Math.clamp(2L * column - 1 + j, 0, size - 1);
                            halved[c][row][column] += TAPS[i] * TAPS[j] * image[c][y][x];
                        }
                    }
                }
            }
        }
        return halved;
    }

    private static double[][][] quarter(double[][][] image, int top, int left) {
        int half = image[0].length / 2;
        double[][][] quarter = new double[3][half][half];
        for (int c = 0; c < 3; c++) {
            for (int row = 0; row < half; row++) {
                System.arraycopy(image[c][top + row], left, quarter[c][row], 0, half);
            }
        }
        return quarter;
    }
}
