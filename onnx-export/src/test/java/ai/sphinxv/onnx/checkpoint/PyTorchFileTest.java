package ai.sphinxv.onnx.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PyTorchFileTest {
    /**
     * By CPython 3.11's pickler, protocol 2, with classes of torch's names: a [3, 4] of 0 to 11, a.T its transposed view, row
     * its second row, b of two values in another storage, scalar the second of them.
     */
    private static final byte[] PICKLE = Base64.getMimeDecoder().decode("""
        gAJ9cQBYBQAAAG1vZGVscQF9cQIoWAEAAABhcQNjdG9yY2guX3V0aWxzCl9yZWJ1aWxkX3RlbnNvcl92MgpxBCgoWAcAAABz
        dG9yYWdlcQVjdG9yY2gKQkZsb2F0MTZTdG9yYWdlCnEGWAEAAAAwcQdYAwAAAGNwdXEISwx0cQlRSwBLA0sEhnEKSwRLAYZx
        C4ljY29sbGVjdGlvbnMKT3JkZXJlZERpY3QKcQwpUnENdHEOUnEPWAMAAABhLlRxEGgEKChoBWgGaAdoCEsMdHERUUsASwRL
        A4ZxEksBSwSGcROJaAwpUnEUdHEVUnEWWAMAAAByb3dxF2gEKChoBWgGaAdoCEsMdHEYUUsESwSFcRlLAYVxGoloDClScRt0
        cRxScR1YAQAAAGJxHmgEKChoBWgGWAEAAAAxcR9oCEsCdHEgUUsASwKFcSFoGoloDClScSJ0cSNScSRYBgAAAHNjYWxhcnEl
        aAQoKGgFaAZoH2gISwJ0cSZRSwEpKYloDClScSd0cShScSl1cy4=
        """);

    private static final List<float[]> STORAGES =
            List.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, new float[] {0.5f, -2});

    @TempDir
    Path folder;

    @Test
    void whatPythonPickledIsRead() throws IOException {
        try (var file = PyTorchFile.open(archive(PICKLE))) {
            assertThat(file.names()).containsExactly("a", "a.T", "row", "b", "scalar");
            assertThat(file.shape("a")).isEqualTo(Shape.of(3, 4));
            assertThat(file.read("a")).isEqualTo(STORAGES.getFirst());
            assertThat(file.shape("a.T")).isEqualTo(Shape.of(4, 3));
            assertThat(file.read("a.T")).containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
            assertThat(file.read("row")).containsExactly(4, 5, 6, 7);
            assertThat(file.read("b")).containsExactly(0.5f, -2);
            assertThat(file.shape("scalar")).isEqualTo(Shape.of());
            assertThat(file.read("scalar")).containsExactly(-2);
        }
    }

    @Test
    void anotherFunctionIsRefusedByName() throws IOException {
        assertRefused("cposix\nsystem\n.", "the pickle asks for posix.system, which no checkpoint needs");
        assertRefused("ctorch\nFloatStorage\n.", "the pickle asks for torch.FloatStorage, which no checkpoint needs");
    }

    @Test
    void anotherOpcodeIsRefusedByName() throws IOException {
        assertRefused("}}b.", "the pickle has the opcode BUILD at byte 2, which no checkpoint needs");
        assertRefused("}N.", "the pickle has the opcode NONE at byte 1, which no checkpoint needs");
        assertRefused("(S'x'\n", "the pickle has the opcode STRING at byte 1, which no checkpoint needs");
        assertRefused("~", "the pickle has the opcode 0x7e at byte 0, which no checkpoint needs");
    }

    /** All that Python's pickle module knows and torch.save does not write; of 68 opcodes 26 are read. */
    @Test
    void everyOtherOpcodeOfPythonsHasItsName() {
        String read = "\u0080})(t\u0085\u0086\u0087\u0088\u0089JKM\u008aXcqrhjQRsu.";
        String refused = "012FILSTUVNPBCGabdegilop]\u0081\u0082\u0083\u0084\u008b\u008c\u008d\u008e\u008f\u0090"
                + "\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098";
        assertThat(read.length() + refused.length()).isEqualTo(68);

        for (int i = 0; i < refused.length(); i++) {
            byte[] pickle = {(byte) refused.charAt(i)};
            assertThatThrownBy(() -> Pickle.model(pickle))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageMatching("the pickle has the opcode [A-Z0-9_]+ at byte 0, which no checkpoint needs");
        }
    }

    /** What a malicious file would call, and what harmless ones of other kinds do. */
    @Test
    void everyOtherFunctionIsRefusedByName() {
        for (String name : List.of(
                "os.system",
                "posix.system",
                "nt.system",
                "subprocess.Popen",
                "builtins.eval",
                "builtins.exec",
                "builtins.getattr",
                "__builtin__.eval",
                "importlib.import_module",
                "runpy._run_code",
                "webbrowser.open",
                "torch.load",
                "torch._utils._rebuild_parameter",
                "torch.nn.parameter.Parameter",
                "torch.HalfStorage",
                "torch.FloatStorage",
                "torch.LongStorage",
                "torch._utils._rebuild_tensor",
                "collections.defaultdict",
                "numpy.core.multiarray._reconstruct",
                "argparse.Namespace",
                "collections.OrderedDict ",
                "torch.BFloat16Storage.dtype")) {
            int dot = name.lastIndexOf('.');
            byte[] pickle = "c%s\n%s\n."
                    .formatted(name.substring(0, dot), name.substring(dot + 1))
                    .getBytes(US_ASCII);

            assertThatThrownBy(() -> Pickle.model(pickle))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage("the pickle asks for " + name + ", which no checkpoint needs");
        }
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        assertRefused("}.", "the pickle is not a dictionary with a dictionary \"model\" in it");
        assertRefused(".", "the pickle takes a value that is not there");
        assertRefused("}X\u0005\0\0\0mo", "the pickle ends after 8 bytes in the middle of something");
        assertRefused("}q\u0001(h\u0001K\u0001u.", "the pickle has a dictionary whose keys are no names");
    }

    @Test
    void aTensorLiesInItsStorage() throws IOException {
        var saved = new TorchSave();
        String storage = saved.storage(1, 2, 3);
        Path file = folder.resolve("outside.pth");
        saved.view("w", storage, 2, new long[] {2}, new long[] {1}).write(file);

        assertThatThrownBy(() -> PyTorchFile.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(file + ": w of shape [2] and strides [1] from 2 on does not lie in 3 elements");
    }

    @Test
    void viewsThatLeaveTheirStorageAnyWayAreRefused() throws IOException {
        Path file = folder.resolve("outside.pth");
        record View(long offset, long[] shape, long[] strides) {}
        for (View view : List.of(
                new View(-1, new long[] {1}, new long[] {1}),
                new View(0, new long[] {2}, new long[] {-1}),
                new View(2, new long[] {2}, new long[] {-1}),
                new View(0, new long[] {-1}, new long[] {1}),
                new View(3, new long[] {}, new long[] {}),
                new View(0, new long[] {2, 2}, new long[] {2, 1}),
                new View(0, new long[] {2}, new long[] {Long.MAX_VALUE / 2}),
                new View(0, new long[] {1, 2}, new long[] {1}))) {
            var saved = new TorchSave();
            saved.view("w", saved.storage(1, 2, 3), view.offset(), view.shape(), view.strides())
                    .write(file);

            assertThatThrownBy(() -> PyTorchFile.open(file))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageMatching("(?s).* does not lie in 3 elements");
        }
        var saved = new TorchSave();
        saved.view("w", saved.storage(1), 2, new long[] {3}, new long[] {Long.MAX_VALUE})
                .write(file);
        assertThatThrownBy(() -> PyTorchFile.open(file)).hasMessage(file + " has sizes beyond all numbers");
    }

    /** The second would read what lies behind the entry. */
    @Test
    void twoTensorsMayNotSayDifferentThingsOfOneStorage() throws IOException {
        for (long elements : new long[] {100, 1, -1, Long.MAX_VALUE / 2 - 1, Long.MAX_VALUE}) {
            Path file = archive(model(tensor("a", "0", 12), tensor("b", "0", elements)));

            assertThatThrownBy(() -> PyTorchFile.open(file))
                    .as("%d elements", elements)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageStartingWith(file.toString());
        }
        try (var file = PyTorchFile.open(archive(model(tensor("a", "0", 12), tensor("b", "0", 12))))) {
            assertThat(file.read("b")).containsExactly(0);
        }
    }

    @Test
    void aNameThatComesTwiceIsRefused() throws IOException {
        Path file = archive(model(tensor("a", "0", 12), tensor("a", "1", 2)));

        assertThatThrownBy(() -> PyTorchFile.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(file + ": the pickle names \"a\" twice in one dictionary");
    }

    @Test
    void anEntryThatComesTwiceIsRefused() throws IOException {
        Path file = folder.resolve("twice.pth");
        try (var zip = new ZipArchiveOutputStream(file)) {
            TorchSave.put(zip, "archive/data.pkl", PICKLE, ZipEntry.STORED);
            TorchSave.put(zip, "archive/data/0", TorchSave.bfloat16(STORAGES.getFirst()), ZipEntry.STORED);
            TorchSave.put(zip, "archive/data/0", TorchSave.bfloat16(new float[12]), ZipEntry.STORED);
            TorchSave.put(zip, "archive/data/1", TorchSave.bfloat16(STORAGES.getLast()), ZipEntry.STORED);
        }

        assertThatThrownBy(() -> PyTorchFile.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(file + " has two entries archive/data/0");
    }

    /** Each byte of it would be a dictionary in memory. */
    @Test
    void aPickleLargerThanAnyCheckpointNeedsIsNotRead() throws IOException {
        byte[] pickle = new byte[(8 << 20) + 1];
        Arrays.fill(pickle, (byte) '}');
        Path file = archive(pickle);

        assertThatThrownBy(() -> PyTorchFile.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(file + ": archive/data.pkl has 8388609 bytes, at most 8388608 are read");
    }

    /** Tuples of tuples of one and the same, which would be 2^60 values if each were made. */
    @Test
    @Timeout(10)
    void whatRemembersItselfOverAndOverTakesNoTime() throws IOException {
        String doubled = "h\u0001h\u0001\u0086q\u0001".repeat(60);

        assertRefused(
                ")q\u0001" + doubled + "}X\u0005\0\0\0modelh\u0001s.",
                "the pickle is not a dictionary with a dictionary \"model\" in it");
        assertRefused(
                ")q\u0001" + doubled + "}X\u0005\0\0\0model}X\u0001\0\0\0ah\u0001ss.",
                "the pickle's model has \"a\", which is no tensor");
    }

    /** As the cache of Hugging Face's hub keeps files. */
    @Test
    void aLinkToAFileIsReadAsTheFile() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.pth"), archive(PICKLE));

        try (var file = PyTorchFile.open(link)) {
            assertThat(file.read("b")).containsExactly(0.5f, -2);
        }
    }

    /** Every number of a central directory that says how large something is or where, one after another at its most. */
    @Test
    void aDirectoryThatLiesAboutSizesIsRefusedOrReadInside() throws IOException {
        byte[] whole = Files.readAllBytes(archive(PICKLE));
        Path lying = folder.resolve("lying.pth");
        int read = 0;
        for (int at = whole.length - 700; at < whole.length - 8; at++) {
            byte[] bytes = whole.clone();
            Arrays.fill(bytes, at, at + 8, (byte) 0x7f);
            Files.write(lying, bytes);
            try (var file = PyTorchFile.open(lying)) {
                file.names().forEach(file::read);
                read++;
            } catch (CheckpointException e) {
                assertThat(e).hasMessageStartingWith(lying.toString());
            }
        }
        assertThat(read).isLessThan(600);
    }

    private static byte[] model(byte[]... tensors) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("\u0080\u0002}X\u0005\0\0\0model}(".getBytes(ISO_8859_1));
        for (byte[] tensor : tensors) {
            out.writeBytes(tensor);
        }
        out.writeBytes("us.".getBytes(ISO_8859_1));
        return out.toByteArray();
    }

    /** A scalar, the first of so many elements. */
    private static byte[] tensor(String name, String key, long elements) {
        var number = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(elements);
        return ("X\u0001\0\0\0" + name + "ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storage"
                        + "ctorch\nBFloat16Storage\nX\u0001\0\0\0" + key + "X\u0003\0\0\0cpu\u008a\u0008"
                        + ISO_8859_1.decode(number.flip()) + "tQK\0))\u0089ccollections\nOrderedDict\n)RtR")
                .getBytes(ISO_8859_1);
    }

    @Test
    void compressedTensorsAreRefused() throws IOException {
        Path file = folder.resolve("compressed.pth");
        try (var zip = new ZipArchiveOutputStream(file)) {
            TorchSave.put(zip, "archive/data.pkl", PICKLE, ZipEntry.STORED);
            TorchSave.put(zip, "archive/data/0", TorchSave.bfloat16(STORAGES.getFirst()), ZipEntry.DEFLATED);
        }

        assertThatThrownBy(() -> PyTorchFile.open(file))
                .hasMessage(file + ": archive/data/0 is compressed, torch.save stores");
    }

    @Test
    void anotherByteOrderIsRefused() throws IOException {
        Path file = folder.resolve("big.pth");
        try (var zip = new ZipArchiveOutputStream(file)) {
            TorchSave.put(zip, "archive/data.pkl", PICKLE, ZipEntry.STORED);
            TorchSave.put(zip, "archive/byteorder", "big".getBytes(US_ASCII), ZipEntry.STORED);
        }

        assertThatThrownBy(() -> PyTorchFile.open(file))
                .hasMessage(file + " was written big-endian, only little-endian is read");
    }

    @Test
    void aFileThatIsCutOffAnywhereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(archive(PICKLE));
        Path cut = folder.resolve("cut.pth");
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(cut, Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> PyTorchFile.open(cut).close())
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining(cut.toString());
        }
    }

    @Test
    void aDamagedPickleIsReadOrRefusedAndNothingElse() {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = PICKLE.clone();
            IntStream.rangeClosed(0, random.nextInt(3))
                    .forEach(_ -> damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256));
            try {
                Pickle.model(damaged);
            } catch (CheckpointException e) {
                assertThat(e).hasMessageStartingWith("the pickle");
            }
        }
    }

    private void assertRefused(String pickle, String message) throws IOException {
        Path file = archive(pickle.getBytes(ISO_8859_1));

        assertThatThrownBy(() -> PyTorchFile.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(file + ": " + message);
    }

    private Path archive(byte[] pickle) throws IOException {
        Path file = folder.resolve("model.pth");
        TorchSave.write(file, pickle, STORAGES);
        return file;
    }
}
