package ai.sphinxv.onnx.graph;

import ai.sphinxv.onnx.graph.LinearFormat.Blocks;
import ai.sphinxv.onnx.graph.Value.Named;
import ai.sphinxv.onnx.graph.Value.Weight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A graph's tensors that no node gives: learned ones and constants. Small ones stay in the graph file, large ones go to the
 * file of weights as they are first used, a piece at a time; each only once in each form.
 */
final class Initializers implements AutoCloseable {
    /** Tensors of fewer numbers than this stay in the graph file. */
    private static final int INLINE = 1024;

    /** Numbers of a learned tensor that are read at a time; whole blocks of every size. */
    private static final int PIECE = 1 << 20;

    private static final int BORDER = 64;

    /** That are turned to columns at a time. */
    private static final int ROWS = 64;

    private final Numbers numbers;
    private final OnnxGraph.Weights weights;
    private final WeightsFile file;
    private final PiecesInOrder pieces = new PiecesInOrder();
    private final List<byte[]> tensors = new ArrayList<>();
    private final Map<String, Named> written = new HashMap<>();

    Initializers(Path file, String conversion, Numbers numbers, OnnxGraph.Weights weights) throws IOException {
        this.numbers = numbers;
        this.weights = weights;
        this.file = new WeightsFile(file, conversion);
    }

    /** As the graph's message has them. */
    List<byte[]> tensors() {
        return tensors;
    }

    void finish() throws IOException {
        file.finish();
    }

    @Override
    public void close() throws IOException {
        try (pieces) {
            file.close();
        }
    }

    /** A constant, made on first use of its name. */
    Named constant(String name, Supplier<float[]> values, long... shape) {
        return written.computeIfAbsent(name, absent -> {
            float[] all = values.get();
            if (all.length < INLINE) {
                tensors.add(OnnxWriter.tensor(name, numbers, all, shape));
            } else {
                add(
                        name,
                        numbers.type(),
                        (long) all.length * numbers.width(),
                        out -> out.put(name, numbers, all),
                        shape);
            }
            return new Named(name);
        });
    }

    Named integers(long... values) {
        return written.computeIfAbsent("integers" + Arrays.toString(values), name -> {
            tensors.add(OnnxWriter.tensor(name, values, values.length));
            return new Named(name);
        });
    }

    /** A learned tensor in the graph's own numbers. */
    Named plain(Weight weight) {
        return asItIs(weight, numbers, weight.name());
    }

    /** The same in 16 bits, whatever the graph computes with. */
    Named halves(Weight weight) {
        return asItIs(weight, Numbers.HALF, weight.name() + ".half");
    }

    private Named asItIs(Weight weight, Numbers kept, String name) {
        return written.computeIfAbsent(name, absent -> {
            if (count(weight) < INLINE) {
                tensors.add(OnnxWriter.tensor(name, kept, all(weight), weight.shape()));
            } else {
                add(
                        name,
                        kept.type(),
                        count(weight) * kept.width(),
                        out -> pieces.each(
                                count(weight),
                                PIECE,
                                (from, count) -> kept.bytes(weight.name(), piece(weight, from, count)),
                                (from, bytes) -> out.put(bytes)),
                        weight.shape());
            }
            return new Named(name);
        });
    }

    /** [out, in] as [in, out], which MatMul wants, in the graph's own numbers. */
    Named turned(Weight weight) {
        return turned(weight, numbers, ".turned");
    }

    /** The same in 16 bits, whatever the graph computes with. */
    Named turnedHalves(Weight weight) {
        return turned(weight, Numbers.HALF, ".halves");
    }

    private Named turned(Weight weight, Numbers kept, String suffix) {
        long out = weight.shape()[0];
        long in = weight.shape()[1];
        String name = weight.name() + suffix;
        return written.computeIfAbsent(name, absent -> {
            if (count(weight) < INLINE) {
                tensors.add(OnnxWriter.tensor(name, kept, turnedNumbers(weight), in, out));
            } else {
                add(
                        name,
                        kept.type(),
                        count(weight) * kept.width(),
                        to -> to.put(weight.name(), kept, turnedNumbers(weight)),
                        in,
                        out);
            }
            return new Named(name);
        });
    }

    private float[] turnedNumbers(Weight weight) {
        int out = Math.toIntExact(weight.shape()[0]);
        int in = Math.toIntExact(weight.shape()[1]);
        float[] turned = new float[Math.multiplyExact(in, out)];
        int rows = Math.max(1, PIECE / in);
        try {
            pieces.each(
                    count(weight),
                    rows * in,
                    (from, count) -> {
                        turn(piece(weight, from, count), in, turned, out, (int) (from / in));
                        return true;
                    },
                    (from, turnedIt) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return turned;
    }

    /** Some rows, which become columns from that one on; a few at a time, which a processor's cache holds. */
    private static void turn(float[] rows, int in, float[] turned, int out, int column) {
        int count = rows.length / in;
        for (int first = 0; first < count; first += ROWS) {
            int end = Math.min(first + ROWS, count);
            for (int i = 0; i < in; i++) {
                for (int row = first; row < end; row++) {
                    turned[i * out + column + row] = rows[row * in + i];
                }
            }
        }
    }

    /** What MatMulNBits takes. */
    record Quantized(Named numbers, Named scales) {}

    /** Numbers and scales lie behind one another as one entry of the file: a pass over the weights gives both. */
    Quantized quantized(Weight weight, Blocks format) {
        var quantized = new Quantized(new Named(weight.name() + ".numbers"), new Named(weight.name() + ".scales"));
        written.computeIfAbsent(quantized.numbers().name(), name -> {
            long out = weight.shape()[0];
            long blocks = weight.shape()[1] / format.size();
            long whole = count(weight) * format.bits() / 8;
            long padding = -whole & BORDER - 1;
            var place = append(name, whole + padding + out * blocks * numbers.width(), to -> {
                float[] scales = new float[Math.toIntExact(out * blocks)];
                pieces.each(
                        count(weight),
                        PIECE,
                        (from, count) -> QuantizedWeights.of(weight.name(), piece(weight, from, count), format),
                        (from, part) -> {
                            int at = (int) (from / format.size());
                            System.arraycopy(part.scales(), 0, scales, at, part.scales().length);
                            to.put(part.numbers());
                        });
                to.put(new byte[(int) padding]);
                to.put(name, numbers, scales);
            });
            long width = (long) format.size() * format.bits() / 8;
            tensors.add(OnnxWriter.tensor(name, OnnxWriter.UINT8, place.first(whole), out, blocks, width));
            tensors.add(OnnxWriter.tensor(
                    quantized.scales().name(), numbers.type(), place.after(whole + padding), out, blocks));
            return quantized.numbers();
        });
        return quantized;
    }

    private void add(String name, int type, long bytes, WeightsFile.Content content, long... shape) {
        tensors.add(OnnxWriter.tensor(name, type, append(name, bytes, content), shape));
    }

    private OnnxWriter.Place append(String name, long bytes, WeightsFile.Content content) {
        try {
            return file.append(name, bytes, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private float[] piece(Weight weight, long from, int count) {
        float[] piece = new float[count];
        weights.read(weight.name(), from, piece);
        return piece;
    }

    private float[] all(Weight weight) {
        return piece(weight, 0, Math.toIntExact(count(weight)));
    }

    private static long count(Weight weight) {
        return Arrays.stream(weight.shape()).reduce(1, Math::multiplyExact);
    }
}
