package ai.sphinxv.onnx.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * The few messages of onnx.proto that our graphs need, written field by field. The numbers are onnx.proto's; they never
 * change.
 */
final class OnnxWriter {
    static final int FLOAT = 1;
    static final int UINT8 = 2;
    static final int INT32 = 6;
    static final int INT64 = 7;
    static final int FLOAT16 = 10;
    static final int BFLOAT16 = 16;

    private static final long IR_VERSION = 10;
    private static final int EXTERNAL = 1;

    private OnnxWriter() {}

    /** Where a tensor lies in the weights file. */
    record Place(String file, long offset, long bytes) {

        /** Its first bytes. */
        Place first(long count) {
            return new Place(file, offset, count);
        }

        /** Those after them. */
        Place after(long count) {
            return new Place(file, offset + count, bytes - count);
        }
    }

    interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    static byte[] message(Fields fields) {
        var bytes = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @param opsets version of each operator set, the standard one under "" */
    static byte[] model(byte[] graph, Map<String, Integer> opsets) {
        return message(out -> {
            out.writeInt64(1, IR_VERSION);
            out.writeString(2, "sphinxv");
            out.writeByteArray(7, graph);
            for (var opset : opsets.entrySet()) {
                out.writeByteArray(8, message(set -> {
                    set.writeString(1, opset.getKey());
                    set.writeInt64(2, opset.getValue());
                }));
            }
        });
    }

    static byte[] graph(
            String name, List<byte[]> nodes, List<byte[]> initializers, List<byte[]> inputs, List<byte[]> outputs) {
        return message(out -> {
            writeAll(out, 1, nodes);
            out.writeString(2, name);
            writeAll(out, 5, initializers);
            writeAll(out, 11, inputs);
            writeAll(out, 12, outputs);
        });
    }

    static byte[] node(
            String domain, String operator, List<String> inputs, List<String> outputs, List<byte[]> attributes) {
        return message(out -> {
            for (String input : inputs) {
                out.writeString(1, input);
            }
            for (String output : outputs) {
                out.writeString(2, output);
            }
            out.writeString(3, outputs.getFirst());
            out.writeString(4, operator);
            writeAll(out, 5, attributes);
            if (!domain.isEmpty()) {
                out.writeString(7, domain);
            }
        });
    }

    static byte[] attribute(String name, Object value) {
        return message(out -> {
            out.writeString(1, name);
            switch (value) {
                case Float number -> {
                    out.writeFloat(2, number);
                    out.writeInt32(20, 1);
                }
                case Long number -> {
                    out.writeInt64(3, number);
                    out.writeInt32(20, 2);
                }
                case String text -> {
                    out.writeBytes(4, ByteString.copyFromUtf8(text));
                    out.writeInt32(20, 3);
                }
                case long[] numbers -> {
                    for (long number : numbers) {
                        out.writeInt64(8, number);
                    }
                    out.writeInt32(20, 7);
                }
                default ->
                    throw new IllegalArgumentException("attribute " + name + " has a value of " + value.getClass());
            }
        });
    }

    static byte[] tensor(String name, Numbers numbers, float[] values, long... shape) {
        return tensor(name, numbers.type(), numbers.bytes(name, values), shape);
    }

    static byte[] tensor(String name, long[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return tensor(name, INT64, raw.array(), shape);
    }

    private static byte[] tensor(String name, int type, byte[] raw, long... shape) {
        return message(out -> {
            writeSizes(out, shape);
            out.writeInt32(2, type);
            out.writeString(8, name);
            out.writeByteArray(9, raw);
        });
    }

    /** A tensor whose values lie in a file beside the graph. */
    static byte[] tensor(String name, int type, Place place, long... shape) {
        return message(out -> {
            writeSizes(out, shape);
            out.writeInt32(2, type);
            out.writeString(8, name);
            out.writeByteArray(13, entry("location", place.file()));
            out.writeByteArray(13, entry("offset", Long.toString(place.offset())));
            out.writeByteArray(13, entry("length", Long.toString(place.bytes())));
            out.writeInt32(14, EXTERNAL);
        });
    }

    /** A port: each dimension a Long, or a String that names a size known only when the graph runs. */
    static byte[] port(String name, int type, List<?> dimensions) {
        byte[] shape = message(out -> {
            for (Object dimension : dimensions) {
                out.writeByteArray(1, message(one -> {
                    if (dimension instanceof Long size) {
                        one.writeInt64(1, size);
                    } else {
                        one.writeString(2, dimension.toString());
                    }
                }));
            }
        });
        byte[] tensor = message(out -> {
            out.writeInt32(1, type);
            out.writeByteArray(2, shape);
        });
        return message(out -> {
            out.writeString(1, name);
            out.writeByteArray(2, message(type1 -> type1.writeByteArray(1, tensor)));
        });
    }

    private static byte[] entry(String key, String value) {
        return message(out -> {
            out.writeString(1, key);
            out.writeString(2, value);
        });
    }

    private static void writeSizes(CodedOutputStream out, long[] shape) throws IOException {
        for (long size : shape) {
            out.writeInt64(1, size);
        }
    }

    private static void writeAll(CodedOutputStream out, int field, List<byte[]> messages) throws IOException {
        for (byte[] message : messages) {
            out.writeByteArray(field, message);
        }
    }
}
