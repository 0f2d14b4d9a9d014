package ai.sphinxv.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Just enough of onnx.proto for the graphs of {@link ScriptedModel}: field numbers are the format's. */
final class OnnxFile {
    static final int FLOAT = 1;
    static final int INT32 = 6;
    static final int INT64 = 7;
    private static final int BOOL = 9;
    private static final int GRAPH = 5;

    private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

    OnnxFile() {
        bytes(graph, 2, "scripted".getBytes(UTF_8));
    }

    OnnxFile input(String name, int type, long... shape) {
        bytes(graph, 11, value(name, type, shape));
        return this;
    }

    OnnxFile output(String name, int type, long... shape) {
        bytes(graph, 12, value(name, type, shape));
        return this;
    }

    /** A node without attributes. */
    OnnxFile node(String operator, List<String> inputs, String output) {
        var node = new ByteArrayOutputStream();
        inputs.forEach(input -> bytes(node, 1, input.getBytes(UTF_8)));
        bytes(node, 2, output.getBytes(UTF_8));
        bytes(node, 4, operator.getBytes(UTF_8));
        bytes(graph, 1, node.toByteArray());
        return this;
    }

    /** Gives what it takes, and goes on for ever if the condition, a scalar, holds. */
    OnnxFile endlessIf(String condition, String input, String output, long... shape) {
        var body = new OnnxFile()
                .node("Identity", List.of("before"), "goOn")
                .node("Identity", List.of("in"), "out")
                .input("round", INT64)
                .input("before", BOOL)
                .input("in", FLOAT, shape)
                .output("goOn", BOOL)
                .output("out", FLOAT, shape);
        var attribute = new ByteArrayOutputStream();
        bytes(attribute, 1, "body".getBytes(UTF_8));
        bytes(attribute, 6, body.graph.toByteArray());
        number(attribute, 20, GRAPH);
        var node = new ByteArrayOutputStream();
        for (String name : List.of("", condition, input)) {
            bytes(node, 1, name.getBytes(UTF_8));
        }
        bytes(node, 2, output.getBytes(UTF_8));
        bytes(node, 4, "Loop".getBytes(UTF_8));
        bytes(node, 5, attribute.toByteArray());
        bytes(graph, 1, node.toByteArray());
        return this;
    }

    OnnxFile floats(String name, float[] values, long... shape) {
        var raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor(name, FLOAT, raw, shape);
    }

    OnnxFile longs(String name, long... values) {
        var raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return tensor(name, INT64, raw, values.length);
    }

    byte[] write() {
        var opset = new ByteArrayOutputStream();
        number(opset, 2, 21);
        var model = new ByteArrayOutputStream();
        number(model, 1, 10);
        bytes(model, 7, graph.toByteArray());
        bytes(model, 8, opset.toByteArray());
        return model.toByteArray();
    }

    private OnnxFile tensor(String name, int type, ByteBuffer raw, long... shape) {
        var tensor = new ByteArrayOutputStream();
        for (long size : shape) {
            number(tensor, 1, size);
        }
        number(tensor, 2, type);
        bytes(tensor, 8, name.getBytes(UTF_8));
        bytes(tensor, 9, raw.array());
        bytes(graph, 5, tensor.toByteArray());
        return this;
    }

    /** @param shape -1 for a size that is not known */
    private static byte[] value(String name, int type, long... shape) {
        var sizes = new ByteArrayOutputStream();
        for (long size : shape) {
            var dimension = new ByteArrayOutputStream();
            if (size >= 0) {
                number(dimension, 1, size);
            }
            bytes(sizes, 1, dimension.toByteArray());
        }
        var tensor = new ByteArrayOutputStream();
        number(tensor, 1, type);
        bytes(tensor, 2, sizes.toByteArray());
        var kind = new ByteArrayOutputStream();
        bytes(kind, 1, tensor.toByteArray());
        var value = new ByteArrayOutputStream();
        bytes(value, 1, name.getBytes(UTF_8));
        bytes(value, 2, kind.toByteArray());
        return value.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int field, long value) {
        varint(out, (long) field << 3);
        varint(out, value);
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
        varint(out, (long) field << 3 | 2);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        for (; rest > 0x7f; rest >>>= 7) {
            out.write((int) (rest & 0x7f | 0x80));
        }
        out.write((int) rest);
    }
}
