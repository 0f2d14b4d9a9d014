package ai.sphinxv.onnx.graph;

import ai.sphinxv.onnx.graph.LinearFormat.Blocks;
import ai.sphinxv.onnx.graph.LinearFormat.Float16;
import ai.sphinxv.onnx.graph.LinearFormat.Float32;
import ai.sphinxv.onnx.graph.Value.Named;
import ai.sphinxv.onnx.graph.Value.Weight;
import ai.sphinxv.onnx.ops.Ops;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A network as an ONNX graph in the making: every word of {@link Ops} becomes one or a few nodes, and weights go to a
 * file beside the graph as they are used. Standard operators where they serve; GroupQueryAttention for the decoder,
 * because it keeps its cache in place.
 */
public final class OnnxGraph implements Ops<Value>, AutoCloseable {
    /** Standard operators since Attention and RMSNormalization became some; in order, so that a graph's bytes are the same. */
    private static final Map<String, Integer> OPSETS = new TreeMap<>(Map.of("", 23, "com.microsoft", 1));

    private static final String MICROSOFT = "com.microsoft";

    private final Path file;
    private final LinearFormat linear;
    private final Numbers numbers;
    private final Initializers initializers;
    private final List<byte[]> nodes = new ArrayList<>();
    private final List<byte[]> inputs = new ArrayList<>();
    private final List<byte[]> outputs = new ArrayList<>();
    private int counter;

    /** Where the numbers of learned tensors come from. */
    public interface Weights {
        /**
         * Reads as many of that tensor's numbers, in row-major order, as {@code into} takes, from that one on. Several
         * threads may ask at a time.
         */
        void read(String name, long from, float[] into);
    }

    /**
     * @param file the .onnx file; its weights go to the same name with .data behind
     * @param linear how the weights of linear layers are kept
     * @param numbers what it computes with
     * @param weights are read as they are used
     */
    public OnnxGraph(Path file, LinearFormat linear, Numbers numbers, Weights weights) throws IOException {
        this(file, linear, numbers, weights, "");
    }

    /**
     * One that goes on where an earlier process was stopped while it wrote the same.
     *
     * @param conversion names what is written, one line: what another name was written under is written again
     */
    public OnnxGraph(Path file, LinearFormat linear, Numbers numbers, Weights weights, String conversion)
            throws IOException {
        this.file = file;
        this.linear = linear;
        this.numbers = numbers;
        this.initializers = new Initializers(data(file), conversion, numbers, weights);
    }

    private static Path data(Path file) {
        return file.resolveSibling(file.getFileName() + ".data");
    }

    /** Forgets how far a graph had got: it is whole now, and so is all that it belongs to. */
    public static void forget(Path file) throws IOException {
        Files.deleteIfExists(file.resolveSibling(data(file).getFileName() + WeightsJournal.SUFFIX));
    }

    /** A float input; each dimension a Long or the name of a size known only at run time. */
    public Value input(String name, List<?> dimensions) {
        inputs.add(OnnxWriter.port(name, OnnxWriter.FLOAT, dimensions));
        return numbers == Numbers.SINGLE ? new Named(name) : as(numbers.type(), new Named(name));
    }

    /** A 32-bit integer input. */
    public Value integers(String name, List<?> dimensions) {
        inputs.add(OnnxWriter.port(name, OnnxWriter.INT32, dimensions));
        return new Named(name);
    }

    /** Declares an output and gives the value that name. */
    public void output(String name, Value value, List<?> dimensions) {
        outputs.add(OnnxWriter.port(name, OnnxWriter.FLOAT, dimensions));
        Value single = numbers == Numbers.SINGLE ? value : as(OnnxWriter.FLOAT, value);
        nodes.add(OnnxWriter.node("", "Identity", List.of(name(single)), List.of(name), List.of()));
    }

    /** Writes the graph file, all of it or nothing, when its weights are on disk. */
    public void write() throws IOException {
        initializers.finish();
        String name = file.getFileName().toString().replace(".onnx", "");
        byte[] model = OnnxWriter.model(OnnxWriter.graph(name, nodes, initializers.tensors(), inputs, outputs), OPSETS);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, model);
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        initializers.close();
    }

    @Override
    public Value weight(String name, long... shape) {
        return new Weight(name, shape);
    }

    @Override
    public Value constant(float[] values, long... shape) {
        return initializers.constant(fresh("constant"), () -> values, shape);
    }

    @Override
    public Value add(Value a, Value b) {
        return node("Add", a, b);
    }

    @Override
    public Value multiply(Value a, Value b) {
        return node("Mul", a, b);
    }

    @Override
    public Value affine(Value x, double scale, double shift) {
        Value scaled = node("Mul", x, constant(new float[] {(float) scale}));
        return shift == 0 ? scaled : node("Add", scaled, constant(new float[] {(float) shift}));
    }

    @Override
    public Value select(Value condition, Value ifOne, Value ifZero) {
        Value isOne = node("Greater", condition, constant(new float[] {0.5f}));
        return node("Where", isOne, ifOne, ifZero);
    }

    @Override
    public Value bfloat16(Value x) {
        Value rounded = as(OnnxWriter.BFLOAT16, x);
        return as(numbers.type(), rounded);
    }

    @Override
    public Value sin(Value x) {
        return node("Sin", x);
    }

    @Override
    public Value cos(Value x) {
        return node("Cos", x);
    }

    @Override
    public Value gelu(Value x) {
        return node("Gelu", x);
    }

    @Override
    public Value silu(Value x) {
        return node("Mul", x, node("Sigmoid", x));
    }

    @Override
    public Value sigmoid(Value x) {
        return node("Sigmoid", x);
    }

    @Override
    public Value leakyRelu(Value x, double slope) {
        return node("", "LeakyRelu", List.of(x), Map.of("alpha", (float) slope));
    }

    @Override
    public Value larger(Value a, Value b) {
        return node("Max", a, b);
    }

    @Override
    public Value matmul(Value a, Value b) {
        return node("MatMul", a, b);
    }

    @Override
    public Value linear(Value x, Value weight, @Nullable Value bias) {
        var matrix = (Weight) weight;
        Value product = switch (linear) {
            case Blocks blocks when blocks.takes(matrix.shape()[1]) -> quantized(x, matrix, blocks);
            case Float16 _
            when numbers == Numbers.SINGLE ->
                node("MatMul", x, as(OnnxWriter.FLOAT, initializers.turnedHalves(matrix)));
            case Blocks _, Float16 _, Float32 _ -> node("MatMul", x, initializers.turned(matrix));
        };
        return bias == null ? product : node("Add", product, bias);
    }

    @Override
    public Value conv2d(Value x, Value weight, @Nullable Value bias, int stride, int padding, int groups) {
        Value kernels = weight instanceof Weight learned ? kernels(learned) : weight;
        List<Value> taken = bias == null ? List.of(x, kernels) : List.of(x, kernels, bias);
        return node(
                "",
                "Conv",
                taken,
                Map.of(
                        "strides", new long[] {stride, stride},
                        "pads", new long[] {padding, padding, padding, padding},
                        "group", (long) groups));
    }

    /** In 16 bits where linear layers have no more than that: no operator takes a convolution's in blocks. */
    private Value kernels(Weight weight) {
        return switch (linear) {
            case Blocks _, Float16 _
            when numbers == Numbers.SINGLE -> as(OnnxWriter.FLOAT, initializers.halves(weight));
            case Blocks _, Float16 _, Float32 _ -> weight;
        };
    }

    @Override
    public Value maxPool(Value x, int window, int stride, int padding) {
        return node(
                "",
                "MaxPool",
                List.of(x),
                Map.of(
                        "kernel_shape", new long[] {window, window},
                        "strides", new long[] {stride, stride},
                        "pads", new long[] {padding, padding, padding, padding}));
    }

    @Override
    public Value layerNorm(Value x, Value weight, Value bias, double eps) {
        return node("", "LayerNormalization", List.of(x, weight, bias), Map.of("axis", -1L, "epsilon", (float) eps));
    }

    @Override
    public Value rmsNorm(Value x, Value weight, double eps) {
        return node("", "RMSNormalization", List.of(x, weight), Map.of("axis", -1L, "epsilon", (float) eps));
    }

    @Override
    public Value mean(Value x, int axis) {
        return node("", "ReduceMean", List.of(x, numbers(axis)), Map.of("keepdims", 1L));
    }

    @Override
    public Value largest(Value x, int axis) {
        return node("", "ReduceMax", List.of(x, numbers(axis)), Map.of("keepdims", 1L));
    }

    @Override
    public Value concat(int axis, List<Value> parts) {
        return node("", "Concat", parts, Map.of("axis", (long) axis));
    }

    @Override
    public Value slice(Value x, int axis, int from, int to) {
        long end = to == END ? Long.MAX_VALUE : to;
        return node("Slice", x, numbers(from), numbers(end), numbers(axis));
    }

    @Override
    public Value reshape(Value x, long... sizes) {
        return node("Reshape", x, numbers(sizes));
    }

    @Override
    public Value transpose(Value x, int... axes) {
        return node(
                "",
                "Transpose",
                List.of(x),
                Map.of("perm", Arrays.stream(axes).asLongStream().toArray()));
    }

    @Override
    public Value repeat(Value x, int axis, Value like, int likeAxis) {
        Value size = sizes(like, likeAxis, likeAxis + 1);
        Value shape = node("ScatterElements", node("Shape", x), numbers(axis), size);
        return node("Expand", x, shape);
    }

    /** Of those axes, known when it runs. */
    private Value sizes(Value x, int from, int to) {
        return node("", "Shape", List.of(x), Map.of("start", (long) from, "end", (long) to));
    }

    @Override
    public Value part(Value x, Value like) {
        Value shape = node("", "Concat", List.of(sizes(like, 0, 2), numbers(-1)), Map.of("axis", 0L));
        return node("Reshape", x, shape);
    }

    @Override
    public Value resizeNearest(Value x, int from, int size) {
        if (size % from != 0) {
            return picked(x, from, size);
        }
        return resize(
                x,
                size,
                Map.of("mode", "nearest", "nearest_mode", "floor", "coordinate_transformation_mode", "asymmetric"));
    }

    /** Rows and columns by their numbers: Resize divides by the scale as a 32-bit float and so takes 6 for 7 of 56 to 64. */
    private Value picked(Value x, int from, int size) {
        long[] sources = new long[size];
        for (int i = 0; i < size; i++) {
            sources[i] = (long) i * from / size;
        }
        Value rows = node("", "Gather", List.of(x, numbers(sources)), Map.of("axis", 2L));
        return node("", "Gather", List.of(rows, numbers(sources)), Map.of("axis", 3L));
    }

    /** As a convolution: every pixel lies in the middle of four by four. Resize does it on one thread, forty times slower. */
    @Override
    public Value halve(Value picture) {
        Value edges = node("", "Pad", List.of(picture, numbers(0, 0, 1, 1, 0, 0, 1, 1)), Map.of("mode", "edge"));
        return conv2d(edges, shared("halve", OnnxGraph::bicubic, 3, 1, 4, 4), null, 2, 0, 3);
    }

    /** The weights of four by four pixels around a point in their middle, for each of three colours. */
    private static float[] bicubic() {
        double[] line = {-0.09375, 0.59375, 0.59375, -0.09375}; // the cubic of a = -0.75 at 1.5 and 0.5
        float[] weights = new float[3 * line.length * line.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (line[i / line.length % line.length] * line[i % line.length]);
        }
        return weights;
    }

    @Override
    public Value resizeBilinear(Value x, int size) {
        return resize(x, size, Map.of("mode", "linear", "coordinate_transformation_mode", "half_pixel"));
    }

    @Override
    public Value embedding(Value table, Value rows) {
        return node("Gather", table, rows);
    }

    @Override
    public Value attention(Value queries, Value keys, Value values, int heads) {
        return node(
                "",
                "Attention",
                List.of(queries, keys, values),
                Map.of("q_num_heads", (long) heads, "kv_num_heads", (long) heads));
    }

    @Override
    public Value causalAttention(Value queries, Value keys, Value values, CausalAttention layer) {
        return KvAttention.add(this, queries, keys, values, layer);
    }

    /** A node of ONNX Runtime's own set with outputs of given names; the first is returned. */
    Value microsoft(String operator, List<Value> taken, Map<String, ?> attributes, List<String> given) {
        nodes.add(OnnxWriter.node(
                MICROSOFT, operator, taken.stream().map(this::name).toList(), given, attributes(attributes)));
        return new Named(given.getFirst());
    }

    /** A name that no other value of the graph has. */
    String fresh(String operator) {
        return operator + "_" + counter++;
    }

    void cache(String past, String present, List<?> dimensions) {
        inputs.add(OnnxWriter.port(past, numbers.type(), dimensions));
        outputs.add(OnnxWriter.port(present, numbers.type(), dimensions));
    }

    /** A constant that several nodes share, made on first use. */
    Value shared(String name, Supplier<float[]> values, long... shape) {
        return initializers.constant(name, values, shape);
    }

    private Value resize(Value x, int size, Map<String, ?> attributes) {
        Value none = new Named("");
        return node("", "Resize", List.of(x, none, none, numbers(size, size)), withAxes(attributes));
    }

    private static Map<String, Object> withAxes(Map<String, ?> attributes) {
        var all = new HashMap<String, Object>(attributes);
        all.put("axes", new long[] {2, 3});
        return all;
    }

    private Value as(int type, Value value) {
        return node("", "Cast", List.of(value), Map.of("to", (long) type));
    }

    private Value node(String operator, Value... taken) {
        return node("", operator, List.of(taken), Map.of());
    }

    private Value node(String domain, String operator, List<Value> taken, Map<String, ?> attributes) {
        String name = fresh(operator);
        List<String> names = taken.stream().map(this::name).toList();
        nodes.add(OnnxWriter.node(domain, operator, names, List.of(name), attributes(attributes)));
        return new Named(name);
    }

    private static List<byte[]> attributes(Map<String, ?> attributes) {
        return attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> OnnxWriter.attribute(one.getKey(), one.getValue()))
                .toList();
    }

    private Value numbers(long... values) {
        return initializers.integers(values);
    }

    private String name(Value value) {
        return switch (value) {
            case Named named -> named.name();
            case Weight weight -> initializers.plain(weight).name();
        };
    }

    /** Activations are taken as 8-bit numbers: with exact ones the product takes three times as long. */
    private Value quantized(Value x, Weight weight, Blocks format) {
        var quantized = initializers.quantized(weight, format);
        return microsoft(
                "MatMulNBits",
                List.of(x, quantized.numbers(), quantized.scales()),
                Map.of(
                        "K",
                        weight.shape()[1],
                        "N",
                        weight.shape()[0],
                        "bits",
                        (long) format.bits(),
                        "block_size",
                        (long) format.size(),
                        "accuracy_level",
                        4L),
                List.of(fresh("MatMulNBits")));
    }
}
