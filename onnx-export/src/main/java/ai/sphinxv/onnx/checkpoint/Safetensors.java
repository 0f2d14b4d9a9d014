package ai.sphinxv.onnx.checkpoint;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A safetensors file: eight bytes header length, a JSON header, then the tensors one after another, as 32-bit floats,
 * half-precision or brain floats. Reading checks every tensor's place against the file before any is read.
 */
public final class Safetensors implements Checkpoint {
    private static final long LARGEST_HEADER = 16L << 20;
    private static final int PIECE = 1 << 20; // numbers that are read at a time
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private enum Type {
        F32(4),
        F16(2),
        BF16(2);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** All that the buffer has, from that place on. */
        void copy(ByteBuffer in, float[] values, int at) {
            int count = in.remaining() / bytes;
            if (this == F32) {
                in.asFloatBuffer().get(values, at, count);
                return;
            }
            for (int i = 0; i < count; i++) {
                short half = in.getShort();
                values[at + i] = this == F16 ? Float.float16ToFloat(half) : Float.intBitsToFloat(half << 16);
            }
        }
    }

    private record Entry(Type type, long[] shape, long from, long bytes) {}

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Entry> entries;

    private Safetensors(Path file, FileChannel channel, Map<String, Entry> entries) {
        this.file = file;
        this.channel = channel;
        this.entries = entries;
    }

    /** @throws CheckpointException if the header does not describe this file */
    public static Safetensors open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new Safetensors(file, channel, readHeader(file, channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Map<String, Entry> readHeader(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw new CheckpointException("%s has %d bytes, too few for a safetensors file".formatted(file, size));
        }
        long length = read(file, channel, 0, 8).getLong();
        if (length < 2 || length > LARGEST_HEADER || length > size - 8) {
            throw new CheckpointException(
                    "%s declares a header of %d bytes in a file of %d".formatted(file, length, size));
        }
        ByteBuffer header = read(file, channel, 8, (int) length);
        var entries = new LinkedHashMap<String, Entry>();
        for (Map.Entry<String, JsonNode> field : json(file, header).properties()) {
            if (!field.getKey().equals("__metadata__")) {
                entries.put(field.getKey(), entry(file, field.getKey(), field.getValue(), 8 + length, size));
            }
        }
        requireOneAfterAnother(file, entries, 8 + length, size);
        return entries;
    }

    private static JsonNode json(Path file, ByteBuffer header) {
        try {
            JsonNode json = JSON.readTree(StandardCharsets.UTF_8.decode(header).toString());
            if (!json.isObject()) {
                throw new CheckpointException("%s: its header is no JSON object".formatted(file));
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new CheckpointException(
                    "%s: its header is not JSON, or names a tensor twice: %s".formatted(file, e.getOriginalMessage()));
        }
    }

    /** As the format has it: no byte belongs to two tensors, and none to no tensor. */
    private static void requireOneAfterAnother(Path file, Map<String, Entry> entries, long start, long size) {
        long end = start;
        for (Entry entry : entries.values().stream()
                .sorted(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::bytes))
                .toList()) {
            if (entry.from() != end) {
                throw new CheckpointException(
                        "%s: its tensors overlap or leave a hole at byte %d".formatted(file, entry.from()));
            }
            end += entry.bytes();
        }
        if (end != size) {
            throw new CheckpointException("%s has %d bytes, its tensors end at %d".formatted(file, size, end));
        }
    }

    private static Entry entry(Path file, String name, JsonNode json, long start, long size) {
        Type type = Stream.of(Type.values())
                .filter(one -> one.name().equals(json.path("dtype").asText()))
                .findFirst()
                .orElseThrow(() -> new CheckpointException("%s: %s has type %s, only %s are read"
                        .formatted(file, name, json.path("dtype").asText(), Arrays.toString(Type.values()))));
        JsonNode offsets = json.path("data_offsets");
        if (!json.path("shape").isArray() || !offsets.isArray() || offsets.size() != 2) {
            throw new CheckpointException("%s: %s has no \"shape\" or no two \"data_offsets\"".formatted(file, name));
        }
        long bytes = type.bytes;
        long[] shape = new long[json.path("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = number(json.path("shape").get(i));
            bytes = product(bytes, shape[i]);
        }
        long from = number(offsets.get(0));
        long to = number(offsets.get(1));
        if (bytes < 0 || from < 0 || to < from || to > size - start || to - from != bytes) {
            throw new CheckpointException("%s: %s of shape %s lies at %d to %d, which cannot be in %d bytes"
                    .formatted(file, name, json.path("shape"), from, to, size - start));
        }
        return new Entry(type, shape, start + from, to - from);
    }

    /** A whole number of at least 0; otherwise -1. */
    private static long number(JsonNode json) {
        return json.canConvertToLong() && json.isIntegralNumber() ? Math.max(-1, json.longValue()) : -1;
    }

    /** -1 where a factor is, or where there is no such number of bytes. */
    private static long product(long bytes, long factor) {
        if (bytes < 0 || factor < 0) {
            return -1;
        }
        return Math.multiplyHigh(bytes, factor) == 0 ? Math.max(-1, bytes * factor) : -1;
    }

    @Override
    public Set<String> names() {
        return entries.keySet();
    }

    @Override
    public Shape shape(String name) {
        return Shape.of(find(name).shape());
    }

    @Override
    public void read(String name, long from, float[] into) {
        Entry entry = find(name);
        int bytes = entry.type().bytes;
        Objects.checkFromIndexSize(from, into.length, entry.bytes() / bytes);
        try {
            for (int at = 0; at < into.length; at += PIECE) {
                int count = Math.min(PIECE, into.length - at);
                entry.type().copy(read(file, channel, entry.from() + (from + at) * bytes, count * bytes), into, at);
            }
        } catch (IOException e) {
            throw new CheckpointException("%s: %s could not be read: %s".formatted(file, name, e.getMessage()));
        }
    }

    private Entry find(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new CheckpointException("%s has no tensor %s".formatted(file, name));
        }
        return entry;
    }

    private static ByteBuffer read(Path file, FileChannel channel, long from, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new CheckpointException("%s ends before byte %d".formatted(file, from + bytes));
            }
        }
        return buffer.flip();
    }

    /** Writes tensor by tensor to a temporary file beside, forces it to disk, then renames it. */
    public static void write(Path file, Map<String, long[]> shapes, Function<String, float[]> values)
            throws IOException {
        var header = JSON.createObjectNode();
        long at = 0;
        for (Map.Entry<String, long[]> shape : shapes.entrySet()) {
            long bytes = 4;
            var entry = header.putObject(shape.getKey()).put("dtype", "F32");
            var sizes = entry.putArray("shape");
            for (long size : shape.getValue()) {
                sizes.add(size);
                bytes *= size;
            }
            entry.putArray("data_offsets").add(at).add(at + bytes);
            at += bytes;
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (var out = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            byte[] json = JSON.writeValueAsBytes(header);
            int padded = (json.length + 7) / 8 * 8;
            ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
            head.putLong(padded).put(json);
            while (head.hasRemaining()) {
                head.put((byte) ' ');
            }
            writeAll(out, head.flip());
            for (String name : shapes.keySet()) {
                float[] tensor = values.apply(name);
                ByteBuffer bytes = ByteBuffer.allocate(tensor.length * 4).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(tensor);
                writeAll(out, bytes);
            }
            out.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String identity() {
        return FileIdentity.of(file);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
