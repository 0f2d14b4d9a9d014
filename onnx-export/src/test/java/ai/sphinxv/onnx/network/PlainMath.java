package ai.sphinxv.onnx.network;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What neural networks are made of, in loops and doubles, to hold our networks against: it knows no class of ours. Rows are
 * [tokens][width], maps [channels][height][width].
 */
record PlainMath(Map<String, double[]> weights) {

    double[] weight(String name) {
        double[] values = weights.get(name);
        if (values == null) {
            throw new AssertionError("the checkpoint has no " + name);
        }
        return values;
    }

    /** x W^T + b of name.weight [out, in] and, where there is one, name.bias [out]. */
    double[][] linear(double[][] x, String name) {
        return linear(x, weight(name + ".weight"), weights.get(name + ".bias"));
    }

    static double[][] linear(double[][] x, double[] weight, double @Nullable [] bias) {
        int in = x[0].length;
        int out = weight.length / in;
        double[][] y = new double[x.length][out];
        for (int t = 0; t < x.length; t++) {
            for (int o = 0; o < out; o++) {
                double sum = bias == null ? 0 : bias[o];
                for (int i = 0; i < in; i++) {
                    sum += x[t][i] * weight[o * in + i];
                }
                y[t][o] = sum;
            }
        }
        return y;
    }

    double[][] layerNorm(double[][] x, String name, double eps) {
        double[] weight = weight(name + ".weight");
        double[] bias = weight(name + ".bias");
        double[][] y = new double[x.length][weight.length];
        for (int t = 0; t < x.length; t++) {
            double mean = 0;
            for (double value : x[t]) {
                mean += value / x[t].length;
            }
            double variance = 0;
            for (double value : x[t]) {
                variance += (value - mean) * (value - mean) / x[t].length;
            }
            for (int i = 0; i < weight.length; i++) {
                y[t][i] = (x[t][i] - mean) / Math.sqrt(variance + eps) * weight[i] + bias[i];
            }
        }
        return y;
    }

    double[][] rmsNorm(double[][] x, String name, double eps) {
        double[] weight = weight(name + ".weight");
        double[][] y = new double[x.length][weight.length];
        for (int t = 0; t < x.length; t++) {
            double square = 0;
            for (double value : x[t]) {
                square += value * value / x[t].length;
            }
            for (int i = 0; i < weight.length; i++) {
                y[t][i] = x[t][i] / Math.sqrt(square + eps) * weight[i];
            }
        }
        return y;
    }

    /** Softmax attention, head by head; of a causal one each query sees the keys up to its own place. */
    static double[][] attention(double[][] q, double[][] k, double[][] v, int heads, boolean causal) {
        int size = q[0].length / heads;
        double[][] y = new double[q.length][q[0].length];
        for (int head = 0; head < heads; head++) {
            for (int t = 0; t < q.length; t++) {
                int seen = causal ? t + 1 : k.length;
                double[] likelihood = new double[seen];
                double sum = 0;
                for (int s = 0; s < seen; s++) {
                    double score = 0;
                    for (int i = head * size; i < (head + 1) * size; i++) {
                        score += q[t][i] * k[s][i];
                    }
                    likelihood[s] = Math.exp(score / Math.sqrt(size));
                    sum += likelihood[s];
                }
                for (int s = 0; s < seen; s++) {
                    for (int i = head * size; i < (head + 1) * size; i++) {
                        y[t][i] += likelihood[s] / sum * v[s][i];
                    }
                }
            }
        }
        return y;
    }

    /** Columns from one up to another of every row. */
    static double[][] columns(double[][] x, int from, int to) {
        double[][] y = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            y[t] = Arrays.copyOfRange(x[t], from, to);
        }
        return y;
    }

    static double[][] add(double[][] a, double[][] b) {
        double[][] y = new double[a.length][a[0].length];
        for (int t = 0; t < a.length; t++) {
            for (int i = 0; i < a[0].length; i++) {
                y[t][i] = a[t][i] + b[t][i];
            }
        }
        return y;
    }

    /** Each column times its factor. */
    static double[][] scale(double[][] x, double[] factors) {
        double[][] y = new double[x.length][factors.length];
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < factors.length; i++) {
                y[t][i] = x[t][i] * factors[i];
            }
        }
        return y;
    }

    static double[][] gelu(double[][] x) {
        double[][] y = new double[x.length][x[0].length];
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < x[0].length; i++) {
                y[t][i] = 0.5 * x[t][i] * (1 + erf(x[t][i] / Math.sqrt(2)));
            }
        }
        return y;
    }

    static double silu(double x) {
        return x / (1 + Math.exp(-x));
    }

    /** Its series, which is exact to ten digits where it is used. */
    static double erf(double x) {
        if (Math.abs(x) > 4) {
            return Math.signum(x); // to 1.5e-8
        }
        double term = x;
        double sum = x;
        for (int n = 1; n < 100; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    /** name.weight [out, in, k, k] and, where there is one, name.bias: every channel of the map reaches every one of the result. */
    double[][][] conv(double[][][] x, String name, int k, int stride) {
        double[] weight = weight(name + ".weight");
        double[] bias = weights.get(name + ".bias");
        int in = x.length;
        int out = weight.length / (in * k * k);
        int height = (x[0].length - k) / stride + 1;
        int width = (x[0][0].length - k) / stride + 1;
        double[][][] y = new double[out][height][width];
        for (int o = 0; o < out; o++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double sum = bias == null ? 0 : bias[o];
                    for (int c = 0; c < in; c++) {
                        for (int i = 0; i < k; i++) {
                            for (int j = 0; j < k; j++) {
                                sum += x[c][row * stride + i][column * stride + j]
                                        * weight[((o * in + c) * k + i) * k + j];
                            }
                        }
                    }
                    y[o][row][column] = sum;
                }
            }
        }
        return y;
    }

    /** name.weight [C, 1, k, k]: each channel by itself, zeros around, so that the map keeps its size. */
    double[][][] depthwise(double[][][] x, String name, int k) {
        double[] weight = weight(name + ".weight");
        double[] bias = weight(name + ".bias");
        int height = x[0].length;
        int width = x[0][0].length;
        double[][][] y = new double[x.length][height][width];
        for (int c = 0; c < x.length; c++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double sum = bias[c];
                    for (int i = 0; i < k; i++) {
                        for (int j = 0; j < k; j++) {
                            int r = row + i - k / 2;
                            int s = column + j - k / 2;
                            if (r >= 0 && r < height && s >= 0 && s < width) {
                                sum += x[c][r][s] * weight[(c * k + i) * k + j];
                            }
                        }
                    }
                    y[c][row][column] = sum;
                }
            }
        }
        return y;
    }

    /** A map's cells row by row: [h * w][channels]. */
    static double[][] rows(double[][][] map) {
        int width = map[0][0].length;
        double[][] rows = new double[map[0].length * width][map.length];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < map.length; c++) {
                rows[i][c] = map[c][i / width][i % width];
            }
        }
        return rows;
    }

    /** Back again. */
    static double[][][] map(double[][] rows, int width) {
        double[][][] map = new double[rows[0].length][rows.length / width][width];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < map.length; c++) {
                map[c][i / width][i % width] = rows[i][c];
            }
        }
        return map;
    }

    /** Joins rows under each other. */
    static double[][] stack(double[][]... parts) {
        return Arrays.stream(parts).flatMap(Arrays::stream).toArray(double[][]::new);
    }

    /** A learned tensor as rows of that width. */
    double[][] table(String name, int width) {
        double[] values = weight(name);
        double[][] rows = new double[values.length / width][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
        }
        return rows;
    }
}
