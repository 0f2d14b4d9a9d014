package ai.sphinxv.training.torch;

import ai.sphinxv.onnx.ops.Ops.CausalAttention;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Lets a fresh decoder repeat what stands before. A pretrained language model comes with induction heads (Olsson et al.
 * 2022): one head looks at the token before each token, a head of the next layer looks for what followed the present token
 * earlier and says it. They form late, and a decoder that is taught for minutes never gets there; begun with these weights
 * it repeats three of four tokens of a random row before the first step, where without them it repeats one in a hundred
 * after 600. From here on they are learned like all others.
 *
 * <p>Here one more head looks at the token before the former, and tokens carry whose mark they are about, so that of all
 * places where the present token stands, the one counts that has the same token before it and is about the same mark: the
 * words "the" and ":" stand in every line.
 *
 * <p>A token is its own random direction and one that all tokens share. The shared one carries positions: it alone makes
 * the first layer's queries and keys. Its heads add the two tokens before to the stream in directions that no token has.
 * The second layer's keys read those, its queries read the present token and the former, both read the mark, and only the
 * pairs of rotary positions that hardly turn take part, so that distance does not matter. The output begins as the tokens'
 * own directions: saying a token is showing it.
 */
public final class CopyHeads {
    /** Lengths of a token's own and of the shared direction; marks and image tokens have about 16. */
    private static final double OWN = 16;

    private static final double SHARED = 12;

    /** Length of the direction that tells which slot a mark is in. */
    private static final double SLOT = 10;

    /** How sharply the first layer's heads tell one token from its neighbours. */
    private static final double SHARPNESS = 6;

    /** Rotary pairs that turn by more than this a token tell neighbours apart. */
    private static final double FAST = 0.05;

    /** Those that turn by less are the same within a conversation. */
    private static final double SLOW = 0.0016;

    /** How much it counts that the present token is the same, the one before it, the mark. */
    private static final double SAME_TOKEN = 2;

    private static final double SAME_FORMER = 1.4;
    private static final double SAME_MARK = 1.5;

    private static final double FORMER = 2;
    private static final double SAY = 8;

    /** One looks at the token before, one at that before it. */
    private static final int LOOKING_HEADS = 2;

    /** Each says another quarter of the token. */
    private static final int SAYING_HEADS = 2;

    private final Language net;
    private final Directions random;

    /** Rows of a head whose positions hardly turn. */
    private final int[] slow;

    /** Those at right angles to every token's own direction: the next four. */
    private final List<double[]> apart;

    private final double[] shared;
    private final List<double[]> former;
    private final List<double[]> beforeFormer;
    private final List<double[]> slots;

    private CopyHeads(Language net, int slotCount, long seed) {
        this.net = net;
        this.random = new Directions(seed);
        this.slow = IntStream.range(0, net.headWidth())
                .filter(row -> turn(pairOf(row)) <= SLOW)
                .toArray();
        this.apart = random.apart(1 + LOOKING_HEADS * slow.length + slotCount, net.width(), List.of());
        this.shared = apart.getFirst();
        this.former = apart.subList(1, 1 + slow.length);
        this.beforeFormer = apart.subList(1 + slow.length, 1 + 2 * slow.length);
        this.slots = apart.subList(1 + 2 * slow.length, apart.size());
    }

    /**
     * Overwrites tokens, output, slots and the first heads of the first two layers of a decoder that has not learned yet,
     * and keeps what marks look like out of the directions that are read here.
     */
    public static void begin(Parameters parameters, Language net, int slotCount, long seed) {
        if (net.layers() < 2 || net.kvHeads() != net.heads() || net.heads() < SAYING_HEADS) {
            throw new IllegalArgumentException(
                    "copy heads want two layers and %d heads with their own keys".formatted(SAYING_HEADS));
        }
        if (1 + LOOKING_HEADS * net.headWidth() + slotCount > net.width()) {
            throw new IllegalArgumentException("a width of %d is too small for copy heads of %d and %d slots"
                    .formatted(net.width(), net.headWidth(), slotCount));
        }
        var heads = new CopyHeads(net, slotCount, seed);
        heads.tokens(parameters);
        heads.marks(parameters);
        List<double[]> present = heads.random.apart(heads.slow.length, net.width(), heads.apart);
        heads.lookBack(parameters, present);
        heads.say(parameters, present);
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
            Directions.straighten(own, apart);
            Directions.toLengthOne(own);
            for (int i = 0; i < width; i++) {
                tokens[at + i] = (float) (OWN * own[i] + SHARED * shared[i]);
                output[at + i] = (float) own[i];
            }
        }
        parameters.set(Map.of("tok_embeddings.weight", tokens, "output.weight", output));
    }

    private void marks(Parameters parameters) {
        int width = net.width();
        float[] own = new float[slots.size() * width];
        for (int i = 0; i < own.length; i++) {
            own[i] = (float) (SLOT * slots.get(i / width)[i % width]);
        }
        float[] looks = Parameters.values(parameters.get("vp_proj.0.weight"));
        int columns = looks.length / width;
        double[] column = new double[width];
        for (int at = 0; at < columns; at++) {
            for (int i = 0; i < width; i++) {
                column[i] = looks[i * columns + at];
            }
            Directions.straighten(column, apart);
            for (int i = 0; i < width; i++) {
                looks[i * columns + at] = (float) column[i];
            }
        }
        parameters.set(Map.of("slot_vp", own, "vp_proj.0.weight", looks));
    }

    /** The first layer: scores are highest at a distance of one token, and of two, whatever the tokens are. */
    private void lookBack(Parameters parameters, List<double[]> present) {
        var weights = new AttentionRows(parameters, net, 0);
        double each = Math.sqrt(SHARPNESS * Math.sqrt(net.headWidth())) / afterNorm(SHARED);
        for (int head = 0; head < LOOKING_HEADS; head++) {
            int row = head * net.headWidth();
            for (int pair = 0; pair < net.headWidth() / 2; pair++) {
                double turn = turn(pair);
                double on = turn >= FAST ? each : 0;
                weights.query(row + first(pair), shared, on);
                weights.query(row + second(pair), shared, 0);
                weights.key(row + first(pair), shared, on * Math.cos((head + 1) * turn));
                weights.key(row + second(pair), shared, on * Math.sin((head + 1) * turn));
            }
            for (int i = 0; i < net.headWidth(); i++) {
                weights.out(row + i, shared, 0);
            }
            List<double[]> back = head == 0 ? former : beforeFormer;
            for (int i = 0; i < slow.length; i++) {
                weights.value(row + i, present.get(i), 1);
                weights.out(row + i, back.get(i), FORMER * OWN / afterNorm(OWN));
            }
        }
        weights.write();
    }

    /** The second layer: what came before after the present token, after the same former one, about the same mark. */
    private void say(Parameters parameters, List<double[]> present) {
        var weights = new AttentionRows(parameters, net, 1);
        List<double[]> said = random.apart(SAYING_HEADS * net.headWidth(), net.width(), List.of(shared));
        for (int head = 0; head < SAYING_HEADS; head++) {
            int row = head * net.headWidth();
            double[][] marks = new double[slots.size()][];
            Arrays.setAll(marks, slot -> random.one(slow.length));
            for (int i = 0; i < net.headWidth(); i++) {
                weights.query(row + i, shared, 0);
                weights.key(row + i, shared, 0);
                weights.value(row + i, said.get(row + i), 1);
                weights.out(row + i, said.get(row + i), SAY * OWN / afterNorm(OWN));
            }
            for (int i = 0; i < slow.length; i++) {
                double[] mark = new double[net.width()];
                for (int slot = 0; slot < slots.size(); slot++) {
                    Directions.add(mark, SAME_MARK * marks[slot][i], slots.get(slot));
                }
                int other = (i + 1) % slow.length; // so that the token before cannot be taken for the present one
                weights.query(row + slow[i], sum(present.get(i), former.get(other), mark), 1);
                weights.key(row + slow[i], sum(former.get(i), beforeFormer.get(other), mark), 1);
            }
        }
        weights.write();
    }

    private static double[] sum(double[] token, double[] before, double[] mark) {
        double[] sum = mark.clone();
        Directions.add(sum, SAME_TOKEN, token);
        Directions.add(sum, SAME_FORMER, before);
        return sum;
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
}
