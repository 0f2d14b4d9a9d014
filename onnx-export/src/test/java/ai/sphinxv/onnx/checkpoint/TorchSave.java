package ai.sphinxv.onnx.checkpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Writes checkpoints as torch.save does: what CPython's pickler says of {"model": {name: tensor}}, and storages. */
public final class TorchSave {
    private record Saved(String storage, long elements, long offset, long[] shape, long[] strides) {}

    private final Map<String, Saved> tensors = new LinkedHashMap<>();
    private final List<float[]> storages = new ArrayList<>();
    private final Map<String, Long> holes = new HashMap<>(); // storages of so many zeros

    /** A tensor with a storage of its own, in row-major order. */
    public TorchSave tensor(String name, float[] values, long... shape) {
        return view(name, storage(values), 0, shape, inOrder(shape));
    }

    private static long[] inOrder(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    /** A tensor of one value everywhere, which takes two bytes. */
    public TorchSave filled(String name, float value, long... shape) {
        return view(name, storage(new float[] {value}), 0, shape, new long[shape.length]);
    }

    /** A tensor of zeros with a storage of its own, which takes no room on a disk that keeps no zeros. */
    public TorchSave zeros(String name, long... shape) {
        long elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        String storage = storage();
        holes.put(storage, elements);
        return view(name, storage, 0, shape, inOrder(shape));
    }

    /** A view of a storage that lies there already. */
    public TorchSave view(String name, String storage, long offset, long[] shape, long[] strides) {
        long elements = holes.getOrDefault(storage, (long) storages.get(Integer.parseInt(storage)).length);
        tensors.put(name, new Saved(storage, elements, offset, shape, strides));
        return this;
    }

    public String storage(float... values) {
        storages.add(values);
        return String.valueOf(storages.size() - 1);
    }

    public void write(Path file) throws IOException {
        if (holes.isEmpty()) {
            write(file, pickle(), storages);
            return;
        }
        try (var zip = new ZipArchiveOutputStream(new SparseFile(file))) {
            zip.setUseZip64(Zip64Mode.Always);
            put(zip, "archive/data.pkl", pickle(), ZipEntry.STORED);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < storages.size(); i++) {
                long elements = holes.getOrDefault(String.valueOf(i), 0L);
                if (elements == 0) {
                    put(zip, "archive/data/" + i, bfloat16(storages.get(i)), ZipEntry.STORED);
                } else {
                    var entry = new ZipArchiveEntry("archive/data/" + i);
                    entry.setMethod(ZipEntry.STORED);
                    zip.putArchiveEntry(entry);
                    for (long left = elements * Short.BYTES; left > 0; left -= zeros.length) {
                        zip.write(zeros, 0, (int) Math.min(left, zeros.length));
                    }
                    zip.closeArchiveEntry();
                }
            }
        }
    }

    /** The archive around a pickle, with 64-bit sizes throughout as PyTorch's own writer has them. */
    static void write(Path file, byte[] pickle, List<float[]> storages) throws IOException {
        try (var zip = new ZipArchiveOutputStream(file)) {
            zip.setUseZip64(Zip64Mode.Always);
            put(zip, "archive/data.pkl", pickle, ZipEntry.STORED);
            put(zip, "archive/byteorder", "little".getBytes(US_ASCII), ZipEntry.STORED);
            for (int i = 0; i < storages.size(); i++) {
                put(zip, "archive/data/" + i, bfloat16(storages.get(i)), ZipEntry.STORED);
            }
            put(zip, "archive/version", "3\n".getBytes(US_ASCII), ZipEntry.STORED);
        }
    }

    static void put(ZipArchiveOutputStream zip, String name, byte[] bytes, int method) throws IOException {
        var entry = new ZipArchiveEntry(name);
        entry.setMethod(method);
        entry.setSize(bytes.length);
        var crc = new CRC32();
        crc.update(bytes);
        entry.setCrc(crc.getValue());
        zip.putArchiveEntry(entry);
        zip.write(bytes);
        zip.closeArchiveEntry();
    }

    static byte[] bfloat16(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
        }
        return bytes.array();
    }

    private byte[] pickle() {
        var out = new ByteArrayOutputStream();
        raw(out, new byte[] {(byte) 0x80, 2, '}'});
        string(out, "model");
        raw(out, "}(".getBytes(US_ASCII));
        tensors.forEach((name, tensor) -> {
            string(out, name);
            raw(out, "ctorch._utils\n_rebuild_tensor_v2\n((".getBytes(US_ASCII));
            string(out, "storage");
            raw(out, "ctorch\nBFloat16Storage\n".getBytes(US_ASCII));
            string(out, tensor.storage());
            string(out, "cpu");
            number(out, tensor.elements());
            raw(out, "tQ".getBytes(US_ASCII));
            number(out, tensor.offset());
            numbers(out, tensor.shape());
            numbers(out, tensor.strides());
            raw(out, new byte[] {(byte) 0x89});
            raw(out, "ccollections\nOrderedDict\n)RtR".getBytes(US_ASCII));
        });
        raw(out, "us.".getBytes(US_ASCII));
        return out.toByteArray();
    }

    private static void numbers(ByteArrayOutputStream out, long... values) {
        raw(out, new byte[] {'('});
        for (long value : values) {
            number(out, value);
        }
        raw(out, new byte[] {'t'});
    }

    /** LONG1, which CPython takes for what no 32 bits hold. */
    private static void number(ByteArrayOutputStream out, long value) {
        raw(out, new byte[] {(byte) 0x8a, 8});
        raw(
                out,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array());
    }

    private static void string(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        raw(out, new byte[] {'X'});
        raw(
                out,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(bytes.length)
                        .array());
        raw(out, bytes);
    }

    private static void raw(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(bytes);
    }
}
