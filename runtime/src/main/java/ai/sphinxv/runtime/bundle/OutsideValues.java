package ai.sphinxv.runtime.bundle;

import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values of a tensor that do not lie in the graph's own file. ONNX Runtime opens whatever file the graph names, so they
 * are looked up before: in all places of onnx.proto where a tensor may be.
 *
 * @param file name, as the graph has it
 * @param offset of the first byte in the file
 * @param bytes how many; 0 where the graph does not say
 */
record OutsideValues(String file, long offset, long bytes) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final int DEEPEST = 100;

    // Wire types of protobuf.
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;

    /** Of a tensor: pairs of key and value. */
    private static final int EXTERNAL_DATA = 13;

    private static final int KEY = 1;
    private static final int VALUE = 2;

    /** Messages with a tensor somewhere in them. */
    private enum Message {
        TENSOR,
        SPARSE_TENSOR,
        ATTRIBUTE,
        NODE,
        GRAPH,
        TRAINING,
        FUNCTION,
        MODEL;

        /** Its fields that are or have such messages. */
        private Map<Integer, Message> fields() {
            return switch (this) {
                case TENSOR -> Map.of();
                case SPARSE_TENSOR -> Map.of(1, TENSOR, 2, TENSOR);
                case ATTRIBUTE ->
                    Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH, 22, SPARSE_TENSOR, 23, SPARSE_TENSOR);
                case NODE -> Map.of(5, ATTRIBUTE);
                case GRAPH -> Map.of(1, NODE, 5, TENSOR, 15, SPARSE_TENSOR);
                case TRAINING -> Map.of(1, GRAPH, 2, GRAPH);
                case FUNCTION -> Map.of(7, NODE, 11, ATTRIBUTE);
                case MODEL -> Map.of(7, GRAPH, 20, TRAINING, 25, FUNCTION);
            };
        }
    }

    /**
     * Of all tensors of that graph.
     *
     * @throws BundleException if the file is no graph, or says something that cannot be of some values
     */
    static List<OutsideValues> of(Path graph) {
        try (var arena = Arena.ofConfined();
                var channel = FileChannel.open(graph)) {
            var found = new ArrayList<OutsideValues>();
            walk(Message.MODEL, channel.map(READ_ONLY, 0, channel.size(), arena).asByteBuffer(), 0, found);
            return found;
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | UnsupportedOperationException e) { // the last: of more than 2 GiB, which no graph can have
            throw new BundleException(graph + " is not an ONNX graph: export the bundle again", e);
        } catch (IOException e) {
            throw new BundleException(graph + " cannot be read: " + e, e);
        }
    }

    private static void walk(Message message, ByteBuffer in, int depth, List<OutsideValues> found) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("too deep");
        }
        var fields = message.fields();
        var outside = new HashMap<String, String>();
        while (in.hasRemaining()) {
            long tag = tag(in);
            switch ((int) tag & 7) {
                case VARINT -> varint(in);
                case EIGHT_BYTES -> part(in, 8);
                case FOUR_BYTES -> part(in, 4);
                case LENGTH -> {
                    ByteBuffer part = part(in, varint(in));
                    Message inner = fields.get((int) (tag >> 3));
                    if (inner != null) {
                        walk(inner, part, depth + 1, found);
                    } else if (message == Message.TENSOR && tag >> 3 == EXTERNAL_DATA) {
                        addPair(part, outside);
                    }
                }
                default -> throw new IllegalArgumentException("wire type");
            }
        }
        if (!outside.isEmpty()) {
            found.add(of(outside));
        }
    }

    private static OutsideValues of(Map<String, String> said) {
        String file = said.get("location");
        if (file == null) {
            throw new IllegalArgumentException("no location");
        }
        return new OutsideValues(file, number(said.get("offset")), number(said.get("length")));
    }

    private static long number(@Nullable String text) {
        if (text != null && !NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("no number of bytes");
        }
        return text == null ? 0 : Long.parseLong(text);
    }

    private static void addPair(ByteBuffer in, Map<String, String> pairs) {
        String key = "";
        String value = "";
        while (in.hasRemaining()) {
            long tag = tag(in);
            if ((tag & 7) != LENGTH) {
                throw new IllegalArgumentException("a pair of texts has nothing else");
            }
            String text = UTF_8.decode(part(in, varint(in))).toString();
            if (tag >> 3 == KEY) {
                key = text;
            } else if (tag >> 3 == VALUE) {
                value = text;
            }
        }
        if (pairs.put(key, value) != null) {
            throw new IllegalArgumentException("said twice");
        }
    }

    private static ByteBuffer part(ByteBuffer in, long bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new IllegalArgumentException("length");
        }
        ByteBuffer part = in.slice(in.position(), (int) bytes);
        in.position(in.position() + (int) bytes);
        return part;
    }

    private static long tag(ByteBuffer in) {
        long tag = varint(in);
        if (tag >>> Integer.SIZE != 0) { // a reader that cuts it to 32 bits would see another field
            throw new IllegalArgumentException("tag");
        }
        return tag;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("varint");
    }
}
