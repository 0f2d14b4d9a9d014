package ai.sphinxv.onnx.graph;

import ai.sphinxv.onnx.graph.LinearFormat.Blocks;
import ai.sphinxv.onnx.graph.Value.Named;
import ai.sphinxv.onnx.graph.Value.Weight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private static final int PIECE = 1 << 22;

    private static final int BORDER = 64;

    private final OnnxGraph.Weights weights;
    private final WeightsFile file;
    private final List<byte[]> tensors = new ArrayList<>();
    private final Map<String, Named> written = new HashMap<>();

    Initializers(Path file, String conversion, OnnxGraph.Weights weights) throws IOException {
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
        file.close();
    }

    /** A constant, made on first use of its name. */
    Named constant(String name, Supplier<float[]> values, long... shape) {
        return written.computeIfAbsent(name, absent -> {
            float[] numbers = values.get();
            if (numbers.length < INLINE) {
                tensors.add(OnnxWriter.tensor(name, numbers, shape));
            } else {
                add(name, OnnxWriter.FLOAT, (long) numbers.length * Float.BYTES, out -> out.put(numbers), shape);
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

    /** A learned tensor as it was trained. */
    Named plain(Weight weight) {
        if (count(weight) < INLINE) {
            return constant(weight.name(), () -> all(weight), weight.shape());
        }
        return written.computeIfAbsent(weight.name(), name -> {
            add(
                    name,
                    OnnxWriter.FLOAT,
                    count(weight) * Float.BYTES,
                    out -> eachPiece(weight, (from, piece) -> out.put(piece)),
                    weight.shape());
            return new Named(name);
        });
    }

    /** [out, in] as [in, out], which MatMul wants. */
    Named turned(Weight weight) {
        long out = weight.shape()[0];
        long in = weight.shape()[1];
        String name = weight.name() + ".turned";
        if (count(weight) < INLINE) {
            return constant(name, () -> turnedNumbers(weight), in, out);
        }
        return written.computeIfAbsent(name, absent -> {
            add(name, OnnxWriter.FLOAT, count(weight) * Float.BYTES, to -> to.put(turnedNumbers(weight)), in, out);
            return new Named(name);
        });
    }

    private float[] turnedNumbers(Weight weight) {
        int out = Math.toIntExact(weight.shape()[0]);
        int in = Math.toIntExact(weight.shape()[1]);
        float[] turned = new float[Math.multiplyExact(in, out)];
        try {
            eachPiece(weight, (from, piece) -> {
                for (int i = 0; i < piece.length; i++) {
                    turned[(int) ((from + i) % in) * out + (int) ((from + i) / in)] = piece[i];
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return turned;
    }

    /** The same in 16 bits. */
    Named turnedHalves(Weight weight) {
        String name = weight.name() + ".halves";
        return written.computeIfAbsent(name, absent -> {
            add(
                    name,
                    OnnxWriter.FLOAT16,
                    count(weight) * Short.BYTES,
                    to -> to.put(halves(weight.name(), turnedNumbers(weight))),
                    weight.shape()[1],
                    weight.shape()[0]);
            return new Named(name);
        });
    }

    private static byte[] halves(String name, float[] values) {
        var bytes = ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            short half = Float.floatToFloat16(value);
            if (Float.isInfinite(Float.float16ToFloat(half)) && Float.isFinite(value)) {
                throw new IllegalArgumentException(
                        "%s has the number %s, which no 16-bit float holds: convert to another precision"
                                .formatted(name, value));
            }
            bytes.putShort(half);
        }
        return bytes.array();
    }

    /** What MatMulNBits takes. */
    record Quantized(Named numbers, Named scales) {}

    /** Numbers and scales lie behind one another as one entry of the file: a pass over the weights gives both. */
    Quantized quantized(Weight weight, Blocks format) {
        var quantized = new Quantized(new Named(weight.name() + ".numbers"), new Named(weight.name() + ".scales"));
        written.computeIfAbsent(quantized.numbers().name(), name -> {
            long out = weight.shape()[0];
            long blocks = weight.shape()[1] / format.size();
            long numbers = count(weight) * format.bits() / 8;
            long padding = -numbers & BORDER - 1;
            var place = append(name, numbers + padding + out * blocks * Float.BYTES, to -> {
                float[] scales = new float[Math.toIntExact(out * blocks)];
                eachPiece(weight, (from, piece) -> {
                    var part = QuantizedWeights.of(piece, format);
                    System.arraycopy(part.scales(), 0, scales, (int) (from / format.size()), part.scales().length);
                    to.put(part.numbers());
                });
                to.put(new byte[(int) padding]);
                to.put(scales);
            });
            long width = (long) format.size() * format.bits() / 8;
            tensors.add(OnnxWriter.tensor(name, OnnxWriter.UINT8, place.first(numbers), out, blocks, width));
            tensors.add(OnnxWriter.tensor(
                    quantized.scales().name(), OnnxWriter.FLOAT, place.after(numbers + padding), out, blocks));
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

    private interface Pieces {
        void take(long from, float[] piece) throws IOException;
    }

    private void eachPiece(Weight weight, Pieces pieces) throws IOException {
        long count = count(weight);
        for (long from = 0; from < count; from += PIECE) {
            float[] piece = new float[(int) Math.min(PIECE, count - from)];
            weights.read(weight.name(), from, piece);
            pieces.take(from, piece);
        }
    }

    private float[] all(Weight weight) {
        float[] values = new float[Math.toIntExact(count(weight))];
        weights.read(weight.name(), 0, values);
        return values;
    }

    private static long count(Weight weight) {
        return Arrays.stream(weight.shape()).reduce(1, Math::multiplyExact);
    }
}
