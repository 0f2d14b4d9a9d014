package ai.sphinxv.training.torch;

import ai.sphinxv.onnx.ops.Ops.CausalAttention;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Lets a fresh decoder repeat what stands before. A pretrained language model comes with induction heads (Olsson et al.
 * 2022): one head looks at the token before each token, a head of the next layer looks for what followed the present token
 * earlier and says it. They form late, and a decoder that is taught for minutes never gets there; begun with these weights
 * it repeats three of four tokens of a random row before the first step, where without them it repeats one in a hundred
 * after 600. From here on they are learned like all others.
 *
 * <p>A token is its own random direction and one that all tokens share. The shared one carries positions: it alone makes
 * the first head's queries and keys. The head adds the former token to the stream in 'former' directions; the second
 * head's keys read those, its queries read the present token, and only the pairs of rotary positions that hardly turn take
 * part, so that distance does not matter. The output begins as the tokens' own directions: saying a token is showing it.
 */
public final class CopyHeads {
    /** Lengths of a token's own and of the shared direction; marks and image tokens have about 16. */
    private static final double OWN = 16;

    private static final double SHARED = 12;

    /** How sharply the first head tells the token before from its neighbours. */
    private static final double SHARPNESS = 6;

    /** Rotary pairs that turn by more than this a token tell neighbours apart. */
    private static final double FAST = 0.05;

    /** Those that turn by less are the same within a conversation. */
    private static final double SLOW = 0.0016;

    private static final double MATCH = 1.2;
    private static final double FORMER = 2;
    private static final double SAY = 8;

    /** Each says another quarter of the token. */
    private static final int SAYING_HEADS = 2;

    private final Language net;
    private final Random random;
    private final double[] shared;

    private CopyHeads(Language net, long seed) {
        this.net = net;
        this.random = new Random(seed);
        this.shared = directions(1, List.of())[0];
    }

    /** Overwrites tokens, output and the first heads of the first two layers of a decoder that has not learned yet. */
    public static void begin(Parameters parameters, Language net, long seed) {
        if (net.layers() < 2 || net.kvHeads() != net.heads() || net.heads() < SAYING_HEADS) {
            throw new IllegalArgumentException(
                    "copy heads want two layers and %d heads with their own keys".formatted(SAYING_HEADS));
        }
        var heads = new CopyHeads(net, seed);
        heads.tokens(parameters);
        double[][] present = heads.directions(net.headWidth(), List.of(heads.shared));
        double[][] former = heads.directions(net.headWidth(), List.of(heads.shared));
        heads.lookBack(parameters, present, former);
        heads.say(parameters, present, former);
    }

    private void tokens(Parameters parameters) {
        int width = net.width();
        float[] tokens = Parameters.values(parameters.get("tok_embeddings.weight"));
        float[] output = new float[tokens.length];
        for (int at = 0; at < tokens.length; at += width) {
            double[] own = new double[width];
            for (int i = 0; i < width; i++) {
                own[i] = tokens[at + i];
            }
            unit(own, List.of(shared));
            for (int i = 0; i < width; i++) {
                tokens[at + i] = (float) (OWN * own[i] + SHARED * shared[i]);
                output[at + i] = (float) own[i];
            }
        }
        parameters.set(Map.of("tok_embeddings.weight", tokens, "output.weight", output));
    }

    /** The first layer's first head: the score of a token at distance d is highest at 1, whatever the tokens are. */
    private void lookBack(Parameters parameters, double[][] present, double[][] former) {
        var weights = new Attention(parameters, net, 0);
        double each = Math.sqrt(SHARPNESS * Math.sqrt(net.headWidth())) / afterNorm(SHARED);
        for (int pair = 0; pair < net.headWidth() / 2; pair++) {
            double turn = turn(pair);
            double on = turn >= FAST ? each : 0;
            weights.query(first(pair), shared, on);
            weights.query(second(pair), shared, 0);
            weights.key(first(pair), shared, on * Math.cos(turn));
            weights.key(second(pair), shared, on * Math.sin(turn));
        }
        for (int i = 0; i < net.headWidth(); i++) {
            weights.value(i, present[i], 1);
            weights.out(i, former[i], FORMER * OWN / afterNorm(OWN));
        }
        weights.write();
    }

    /** The second layer's first heads: what came after the present token before. */
    private void say(Parameters parameters, double[][] present, double[][] former) {
        var weights = new Attention(parameters, net, 1);
        double[][] said = directions(SAYING_HEADS * net.headWidth(), List.of(shared));
        for (int row = 0; row < said.length; row++) {
            int i = row % net.headWidth();
            double on = turn(pairOf(i)) <= SLOW ? MATCH : 0;
            weights.query(row, present[i], on);
            weights.key(row, former[i], on);
            weights.value(row, said[row], 1);
            weights.out(row, said[row], SAY * OWN / afterNorm(OWN));
        }
        weights.write();
    }

    /** Length of a part of a token after RMSNorm. */
    private double afterNorm(double part) {
        return Math.sqrt(net.width()) * part / Math.hypot(OWN, SHARED);
    }

    /** How far positions turn a pair of numbers a token, in radians. */
    private double turn(int pair) {
        return CausalAttention.turn(net.theta(), net.headWidth(), pair);
    }

    private int first(int pair) {
        return net.interleavedRotary() ? 2 * pair : pair;
    }

    private int second(int pair) {
        return net.interleavedRotary() ? 2 * pair + 1 : pair + net.headWidth() / 2;
    }

    private int pairOf(int i) {
        return net.interleavedRotary() ? i / 2 : i % (net.headWidth() / 2);
    }

    /** Random ones at right angles to each other and to those given: [count][width], of length 1. */
    private double[][] directions(int count, List<double[]> against) {
        var all = new ArrayList<>(against);
        for (int i = 0; i < count; i++) {
            double[] direction = random.doubles(net.width(), -1, 1).toArray();
            unit(direction, all);
            all.add(direction);
        }
        return all.subList(against.size(), all.size()).toArray(double[][]::new);
    }

    private static void unit(double[] direction, List<double[]> against) {
        for (int pass = 0; pass < 2; pass++) { // once more, for what rounding left
            for (double[] other : against) {
                double along = dot(direction, other);
                for (int i = 0; i < direction.length; i++) {
                    direction[i] -= along * other[i];
                }
            }
            double length = Math.sqrt(dot(direction, direction));
            for (int i = 0; i < direction.length; i++) {
                direction[i] /= length;
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    /** A layer's attention, whose rows are set one by one. */
    private static final class Attention {
        private final Parameters parameters;
        private final String name;
        private final int width;
        private final float[] queries;
        private final float[] keys;
        private final float[] values;
        private final float[] outs;

        Attention(Parameters parameters, Language net, int layer) {
            this.parameters = parameters;
            this.name = "layers.%d.attention.".formatted(layer);
            this.width = net.width();
            this.queries = Parameters.values(parameters.get(name + "wq.weight"));
            this.keys = Parameters.values(parameters.get(name + "wk.weight"));
            this.values = Parameters.values(parameters.get(name + "wv.weight"));
            this.outs = Parameters.values(parameters.get(name + "wo.weight"));
        }

        void query(int row, double[] direction, double scale) {
            row(queries, row, direction, scale);
        }

        void key(int row, double[] direction, double scale) {
            row(keys, row, direction, scale);
        }

        void value(int row, double[] direction, double scale) {
            row(values, row, direction, scale);
        }

        private void row(float[] weights, int row, double[] direction, double scale) {
            for (int i = 0; i < width; i++) {
                weights[row * width + i] = (float) (scale * direction[i]);
            }
        }

        /** What the head's row adds to the stream. */
        void out(int row, double[] direction, double scale) {
            for (int i = 0; i < width; i++) {
                outs[i * width + row] = (float) (scale * direction[i]);
            }
        }

        void write() {
            parameters.set(Map.of(
                    name + "wq.weight", queries,
                    name + "wk.weight", keys,
                    name + "wv.weight", values,
                    name + "wo.weight", outs));
        }
    }
}
