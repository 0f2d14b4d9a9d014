package ai.sphinxv.training.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * TensorFlow's examples of a TFRecord file, plain or gzipped, one at a time, as JSON. A record is its length (eight bytes,
 * little endian), a checksum of these, a {@code tf.train.Example} and a checksum of it; both checksums are compared.
 */
final class TfRecords {
    /** A screen of 1440 x 3120 pixels in three colours has 13 MB. */
    private static final int MOST_BYTES = 256 << 20;

    private static final int HEAD = Long.BYTES + Integer.BYTES;
    private static final int MASK = 0xa282ead8;
    private static final int GZIP = 0x8b1f;

    private TfRecords() {}

    /** How a feature, which is always a list, is wanted: its first or all of it. */
    enum Feature {
        TEXT,
        TEXTS,
        NUMBER,
        NUMBERS,
        BYTES
    }

    /**
     * @param features by name; others are passed over
     * @throws IOException if it is no whole TFRecord file, with the number of the record
     */
    static void read(Path file, Map<String, Feature> features, JsonRecords.Sink sink) throws IOException {
        long number = 1;
        try (InputStream in = open(file)) {
            for (byte[] head = in.readNBytes(HEAD); head.length > 0; head = in.readNBytes(HEAD), number++) {
                ObjectNode example;
                try {
                    example = example(record(head, in), features);
                } catch (InvalidProtocolBufferException e) {
                    throw new IOException("%s is damaged at record %d: %s".formatted(file, number, e.getMessage()), e);
                }
                sink.accept(example);
            }
        } catch (EOFException e) {
            throw new IOException("%s is damaged at record %d: it ends in the middle".formatted(file, number), e);
        } catch (ZipException e) {
            throw new IOException("%s is damaged at record %d: %s".formatted(file, number, e.getMessage()), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        int first = in.read() | in.read() << Byte.SIZE;
        in.reset();
        return first == GZIP ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16) : in;
    }

    private static byte[] record(byte[] head, InputStream in) throws IOException {
        if (head.length < HEAD) {
            throw new EOFException("it ends in the middle");
        }
        ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        long length = numbers.getLong();
        if (numbers.getInt() != checksum(head, Long.BYTES)) {
            throw new InvalidProtocolBufferException("the checksum of its length is wrong");
        }
        if (length < 0 || length > MOST_BYTES) {
            throw new InvalidProtocolBufferException(
                    "it is %d bytes long, at most %d are read".formatted(length, MOST_BYTES));
        }
        byte[] record = in.readNBytes((int) length);
        byte[] tail = in.readNBytes(Integer.BYTES);
        if (record.length < length || tail.length < Integer.BYTES) {
            throw new EOFException("it ends in the middle");
        }
        if (ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt() != checksum(record, record.length)) {
            throw new InvalidProtocolBufferException("its checksum is wrong");
        }
        return record;
    }

    /** CRC-32C, masked as TensorFlow masks it. */
    private static int checksum(byte[] bytes, int count) {
        var crc = new CRC32C();
        crc.update(bytes, 0, count);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    /** Example {Features 1 {map of features 1 {name 1, feature 2}}}. */
    private static ObjectNode example(byte[] record, Map<String, Feature> features) throws IOException {
        ObjectNode example = JsonNodeFactory.instance.objectNode();
        CodedInputStream in = CodedInputStream.newInstance(record);
        messages(in, 1, () -> messages(in, 1, () -> entry(in, features, example)));
        return example;
    }

    private static void entry(CodedInputStream in, Map<String, Feature> features, ObjectNode example)
            throws IOException {
        String name = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            Feature wanted = features.get(name);
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                name = in.readString();
            } else if (WireFormat.getTagFieldNumber(tag) == 2 && wanted != null) {
                int outer = in.pushLimit(in.readRawVarint32());
                example.set(name, feature(in, wanted));
                in.popLimit(outer);
            } else {
                in.skipField(tag);
            }
        }
    }

    /** One of bytes 1, floats 2 and integers 3, each a message with the list as its field 1. */
    private static JsonNode feature(CodedInputStream in, Feature wanted) throws IOException {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int kind = WireFormat.getTagFieldNumber(tag);
            int outer = in.pushLimit(in.readRawVarint32());
            for (int inner = in.readTag(); inner != 0; inner = in.readTag()) {
                switch (kind) {
                    case 1 -> bytes(in, wanted, values);
                    case 2 -> repeated(in, inner, () -> values.add(in.readFloat()));
                    case 3 -> repeated(in, inner, () -> values.add(in.readInt64()));
                    default -> in.skipField(inner);
                }
            }
            in.popLimit(outer);
        }
        return wanted == Feature.TEXTS || wanted == Feature.NUMBERS ? values : values.path(0);
    }

    private static void bytes(CodedInputStream in, Feature wanted, ArrayNode values) throws IOException {
        if (wanted == Feature.BYTES) {
            values.add(in.readByteArray());
        } else {
            values.add(in.readString());
        }
    }

    /** Reads something. */
    private interface Step {
        void run() throws IOException;
    }

    /** A repeated number, packed or one by one. */
    private static void repeated(CodedInputStream in, int tag, Step number) throws IOException {
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            number.run();
            return;
        }
        int outer = in.pushLimit(in.readRawVarint32());
        while (!in.isAtEnd()) {
            number.run();
        }
        in.popLimit(outer);
    }

    /** Every message that is the field of that number; others are passed over. */
    private static void messages(CodedInputStream in, int field, Step message) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == field) {
                int outer = in.pushLimit(in.readRawVarint32());
                message.run();
                in.popLimit(outer);
            } else {
                in.skipField(tag);
            }
        }
    }
}
