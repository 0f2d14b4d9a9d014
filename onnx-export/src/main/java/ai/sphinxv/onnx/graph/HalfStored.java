package ai.sphinxv.onnx.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another's ONNX graph with its weights stored as halves, which is half of the file. The graph computes in floats as before: whoever
 * opens it makes floats of them once. All else stays as it is, bytes of unknown fields too. The numbers of fields are onnx.proto's.
 */
public final class HalfStored {
    /** Numbers of a tensor from which on it is stored so: fewer save nothing, and among them are the sensitive ones. */
    private static final int LEAST = 1024;

    private static final float LARGEST_HALF = 65504;
    private static final String SUFFIX = ".half";

    private static final int GRAPH = 7;
    private static final int NODES = 1;
    private static final int INITIALIZERS = 5;
    private static final int OUTPUTS = 2;
    private static final int OPERATOR = 4;
    private static final int ATTRIBUTES = 5;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int TYPE = 2;
    private static final int FLOATS = 4;
    private static final int NAME = 8;
    private static final int RAW = 9;

    private HalfStored() {}

    /**
     * The model with its constants and initializers of 1,024 floats and more as halves, each before a {@code Cast}.
     *
     * @throws IllegalArgumentException if it is no ONNX model
     */
    public static byte[] of(byte[] model) {
        try {
            var fields = UnknownFieldSet.parseFrom(model);
            if (!fields.hasField(GRAPH)) {
                throw new IllegalArgumentException("not an ONNX model: it has no graph");
            }
            var graph = message(fields.getField(GRAPH).getLengthDelimitedList().getFirst());
            return with(fields, GRAPH, List.of(halved(graph).toByteString())).toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not an ONNX model: " + e.getMessage(), e);
        }
    }

    private static UnknownFieldSet halved(UnknownFieldSet graph) throws InvalidProtocolBufferException {
        var initializers = new ArrayList<ByteString>();
        var nodes = new ArrayList<ByteString>();
        for (ByteString bytes : graph.getField(INITIALIZERS).getLengthDelimitedList()) {
            var tensor = message(bytes);
            var half = half(tensor);
            if (half == null) {
                initializers.add(bytes);
            } else {
                String name = text(tensor, NAME);
                initializers.add(with(half, NAME, List.of(ByteString.copyFromUtf8(name + SUFFIX)))
                        .toByteString());
                nodes.add(cast(name));
            }
        }
        for (ByteString bytes : graph.getField(NODES).getLengthDelimitedList()) {
            var node = message(bytes);
            var half = text(node, OPERATOR).equals("Constant") ? halfConstant(node) : null;
            nodes.add(half == null ? bytes : half);
            if (half != null) {
                nodes.add(cast(text(node, OUTPUTS)));
            }
        }
        return with(with(graph, INITIALIZERS, initializers), NODES, nodes);
    }

    /** The node with its tensor as halves, under another name; null where it has no tensor for that. */
    private static @Nullable ByteString halfConstant(UnknownFieldSet node) throws InvalidProtocolBufferException {
        var attributes = node.getField(ATTRIBUTES).getLengthDelimitedList();
        if (attributes.size() != 1) {
            return null;
        }
        var attribute = message(attributes.getFirst());
        var tensors = attribute.getField(ATTRIBUTE_TENSOR).getLengthDelimitedList();
        var half = tensors.isEmpty() ? null : half(message(tensors.getFirst()));
        if (half == null) {
            return null;
        }
        var changed = with(attribute, ATTRIBUTE_TENSOR, List.of(half.toByteString()));
        var renamed = with(node, OUTPUTS, List.of(ByteString.copyFromUtf8(text(node, OUTPUTS) + SUFFIX)));
        return with(renamed, ATTRIBUTES, List.of(changed.toByteString())).toByteString();
    }

    /** The tensor as halves; null where it is small, of other numbers, or has one that no half can be. */
    private static @Nullable UnknownFieldSet half(UnknownFieldSet tensor) {
        var types = tensor.getField(TYPE).getVarintList();
        if (types.isEmpty() || types.getFirst() != OnnxWriter.FLOAT) {
            return null;
        }
        FloatBuffer numbers = floats(tensor);
        if (numbers.remaining() < LEAST) {
            return null;
        }
        ByteBuffer halves = ByteBuffer.allocate(2 * numbers.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        while (numbers.hasRemaining()) {
            float number = numbers.get();
            if (!(Math.abs(number) <= LARGEST_HALF)) {
                return null;
            }
            halves.putShort(Float.floatToFloat16(number));
        }
        return UnknownFieldSet.newBuilder(tensor)
                .clearField(FLOATS)
                .addField(TYPE, Field.newBuilder().addVarint(OnnxWriter.FLOAT16).build())
                .addField(
                        RAW,
                        Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(halves.flip()))
                                .build())
                .build();
    }

    /** A tensor has its numbers as bytes, or packed in a field of floats. */
    private static FloatBuffer floats(UnknownFieldSet tensor) {
        int field = tensor.hasField(RAW) ? RAW : FLOATS;
        var bytes = tensor.getField(field).getLengthDelimitedList();
        return bytes.size() != 1
                ? FloatBuffer.allocate(0)
                : bytes.getFirst()
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
    }

    private static ByteString cast(String name) {
        return ByteString.copyFrom(OnnxWriter.node(
                "", "Cast", List.of(name + SUFFIX), List.of(name), List.of(OnnxWriter.attribute("to", (long)
                        OnnxWriter.FLOAT))));
    }

    private static UnknownFieldSet message(ByteString bytes) throws InvalidProtocolBufferException {
        return UnknownFieldSet.parseFrom(bytes);
    }

    private static String text(UnknownFieldSet message, int field) {
        var texts = message.getField(field).getLengthDelimitedList();
        return texts.isEmpty() ? "" : texts.getFirst().toStringUtf8();
    }

    private static UnknownFieldSet with(UnknownFieldSet message, int field, List<ByteString> values) {
        var all = Field.newBuilder();
        values.forEach(all::addLengthDelimited);
        return UnknownFieldSet.newBuilder(message).addField(field, all.build()).build();
    }
}
