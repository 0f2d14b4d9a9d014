package ai.sphinxv.onnx.checkpoint;

import ai.sphinxv.onnx.checkpoint.Pickle.Storage;
import ai.sphinxv.onnx.checkpoint.Pickle.Tensor;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A checkpoint that torch.save wrote: a zip archive, 64-bit where it is large, of a {@link Pickle} and of the tensors'
 * bytes as they lie in memory, each 16 bits of a brain float. Nothing in it is run, and a tensor's bytes are mapped while
 * it is read, so what a file costs in memory is its largest tensor.
 */
public final class PyTorchFile implements Checkpoint {
    private static final String PICKLE = "/data.pkl";
    private static final long LARGEST_PICKLE = 8L << 20; // the released one has half a megabyte
    private static final ValueLayout.OfShort BFLOAT16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Where a storage's bytes lie in the file. */
    private record Place(long from, long bytes) {}

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Tensor> tensors;
    private final Map<Storage, Place> places;

    private PyTorchFile(Path file, FileChannel channel, Map<String, Tensor> tensors, Map<Storage, Place> places) {
        this.file = file;
        this.channel = channel;
        this.tensors = tensors;
        this.places = places;
    }

    /** @throws CheckpointException if it is no such archive, is cut off, or its pickle asks for more than tensors */
    public static PyTorchFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return open(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static PyTorchFile open(Path file, FileChannel channel) throws IOException {
        var places = new HashMap<Storage, Place>();
        Map<String, Tensor> tensors;
        try (var zip = ZipFile.builder().setPath(file).get()) {
            requireEachOnce(file, zip);
            ZipArchiveEntry pickle = pickle(file, zip);
            String folder = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
            requireLittleEndian(file, zip, folder + "/byteorder");
            tensors = tensors(file, bytes(file, zip, pickle, LARGEST_PICKLE));
            for (var named : tensors.entrySet()) {
                Tensor tensor = named.getValue();
                requireInside(file, named.getKey(), tensor);
                Storage storage = tensor.storage(); // two tensors may say different things of one entry
                if (!places.containsKey(storage)) {
                    places.put(storage, place(file, channel, zip, folder + "/data/" + storage.key(), storage));
                }
            }
        } catch (CheckpointException e) {
            throw e;
        } catch (ArithmeticException e) {
            throw new CheckpointException(file + " has sizes beyond all numbers");
        } catch (IOException e) {
            throw new CheckpointException(
                    "%s is no zip archive of torch.save, or is cut off: %s".formatted(file, e.getMessage()));
        } catch (RuntimeException e) { // what the library makes of places outside of the file
            throw new CheckpointException(file + " is no zip archive of torch.save: it contradicts itself");
        }
        return new PyTorchFile(file, channel, tensors, places);
    }

    private static Map<String, Tensor> tensors(Path file, byte[] pickle) {
        try {
            return Pickle.model(pickle);
        } catch (CheckpointException e) {
            throw new CheckpointException(file + ": " + e.getMessage());
        }
    }

    /** Of two entries of one name one reader takes the first, another the last. */
    private static void requireEachOnce(Path file, ZipFile zip) {
        var names = new HashSet<String>();
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            if (!names.add(entry.getName())) {
                throw new CheckpointException("%s has two entries %s".formatted(file, entry.getName()));
            }
        }
    }

    private static ZipArchiveEntry pickle(Path file, ZipFile zip) {
        List<ZipArchiveEntry> pickles = Collections.list(zip.getEntries()).stream()
                .filter(entry -> entry.getName().endsWith(PICKLE))
                .toList();
        if (pickles.size() != 1) {
            throw new CheckpointException(
                    "%s has %d entries data.pkl, torch.save writes one".formatted(file, pickles.size()));
        }
        return pickles.getFirst();
    }

    private static void requireLittleEndian(Path file, ZipFile zip, String name) throws IOException {
        ZipArchiveEntry entry = zip.getEntry(name);
        if (entry != null) {
            String order = new String(bytes(file, zip, entry, 16), StandardCharsets.US_ASCII);
            if (!order.equals("little")) {
                throw new CheckpointException(
                        "%s was written %s-endian, only little-endian is read".formatted(file, order));
            }
        }
    }

    private static byte[] bytes(Path file, ZipFile zip, ZipArchiveEntry entry, long most) throws IOException {
        if (entry.getSize() > most) {
            throw new CheckpointException(
                    "%s: %s has %d bytes, at most %d are read".formatted(file, entry.getName(), entry.getSize(), most));
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes((int) entry.getSize());
        }
    }

    private static Place place(Path file, FileChannel channel, ZipFile zip, String name, Storage storage)
            throws IOException {
        ZipArchiveEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new CheckpointException("%s has no entry %s".formatted(file, name));
        }
        if (entry.getMethod() != ZipEntry.STORED) {
            throw new CheckpointException("%s: %s is compressed, torch.save stores".formatted(file, name));
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw new CheckpointException("%s: %s is encrypted, torch.save stores".formatted(file, name));
        }
        zip.getRawInputStream(entry).close(); // finds the entry's place
        long bytes = Math.multiplyExact(storage.elements(), Short.BYTES);
        if (entry.getSize() != bytes || bytes > channel.size() - entry.getDataOffset()) {
            throw new CheckpointException("%s: %s has %d bytes at %d, %d elements need %d; the file has %d"
                    .formatted(
                            file,
                            name,
                            entry.getSize(),
                            entry.getDataOffset(),
                            storage.elements(),
                            bytes,
                            channel.size()));
        }
        return new Place(entry.getDataOffset(), bytes);
    }

    private static void requireInside(Path file, String name, Tensor tensor) {
        long last = tensor.offset();
        boolean fits = tensor.shape().size() == tensor.strides().size() && tensor.offset() >= 0;
        boolean empty = false;
        for (int axis = 0; fits && axis < tensor.shape().size(); axis++) {
            long size = tensor.shape().get(axis);
            long stride = tensor.strides().get(axis);
            fits = size >= 0 && stride >= 0;
            empty |= size == 0;
            last = fits ? Math.addExact(last, Math.multiplyExact(Math.max(0, size - 1), stride)) : last;
        }
        if (!fits || !empty && last >= tensor.storage().elements()) {
            throw new CheckpointException("%s: %s of shape %s and strides %s from %d on does not lie in %d elements"
                    .formatted(
                            file,
                            name,
                            tensor.shape(),
                            tensor.strides(),
                            tensor.offset(),
                            tensor.storage().elements()));
        }
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public Shape shape(String name) {
        return new Shape(find(name).shape());
    }

    @Override
    public void read(String name, long from, float[] into) {
        Tensor tensor = find(name);
        Place place = Objects.requireNonNull(places.get(tensor.storage()));
        Objects.checkFromIndexSize(from, into.length, tensor.shape().stream().reduce(1L, Math::multiplyExact));
        try (var arena = Arena.ofConfined()) {
            if (tensor.isInOrder()) {
                long start = place.from() + (tensor.offset() + from) * Short.BYTES;
                long bytes = (long) into.length * Short.BYTES;
                new View(channel.map(MapMode.READ_ONLY, start, bytes, arena), tensor).copy(into);
            } else {
                var storage = channel.map(MapMode.READ_ONLY, place.from(), place.bytes(), arena);
                new View(storage, tensor).copy(from, into);
            }
        } catch (IOException e) {
            throw new CheckpointException("%s: %s could not be read: %s".formatted(file, name, e.getMessage()));
        } catch (InternalError e) { // what the JVM makes of a mapped page that is not there any more
            throw new CheckpointException(
                    "%s: %s could not be read: the file was cut off meanwhile".formatted(file, name));
        }
    }

    /** Copies numbers out of what is mapped of a tensor's storage. */
    private record View(MemorySegment mapped, Tensor tensor) {

        /** The first ones, as they lie there. */
        void copy(float[] into) {
            for (int i = 0; i < into.length; i++) {
                into[i] = value(i);
            }
        }

        /** From that one on in row-major order, wherever they lie. */
        void copy(long from, float[] into) {
            int rank = tensor.shape().size();
            long[] place = new long[rank];
            long rest = from;
            long element = tensor.offset();
            for (int axis = rank - 1; axis >= 0; axis--) {
                place[axis] = rest % tensor.shape().get(axis);
                rest /= tensor.shape().get(axis);
                element += place[axis] * tensor.strides().get(axis);
            }
            for (int i = 0; i < into.length; i++) {
                into[i] = value(element);
                for (int axis = rank - 1; axis >= 0; axis--) { // on to the next place
                    element += tensor.strides().get(axis);
                    if (++place[axis] < tensor.shape().get(axis)) {
                        break;
                    }
                    element -= place[axis] * tensor.strides().get(axis);
                    place[axis] = 0;
                }
            }
        }

        private float value(long element) {
            return Float.intBitsToFloat(mapped.getAtIndex(BFLOAT16, element) << 16);
        }
    }

    @Override
    public String identity() {
        return FileIdentity.of(file);
    }

    private Tensor find(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new CheckpointException("%s has no tensor %s".formatted(file, name));
        }
        return tensor;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
