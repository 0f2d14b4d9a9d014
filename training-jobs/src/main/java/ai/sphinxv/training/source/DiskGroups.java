package ai.sphinxv.training.source;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings together on the disk what belongs to one picture and lies far apart in a file that is larger than memory. In memory
 * is one of 64 parts at a time.
 */
final class DiskGroups implements AutoCloseable {
    private static final int FILES = 64;

    private final Path folder;
    private final List<DataOutputStream> outs = new ArrayList<>();
    private final int[] counts = new int[FILES];

    /** One thing: what kind it is and its JSON. */
    record Item(int kind, byte[] json) {}

    /** Takes all that belongs to a picture, in the order in which it came. */
    interface Group {
        void accept(String key, List<Item> items) throws IOException;
    }

    DiskGroups(Path scratch) throws IOException {
        Files.createDirectories(scratch);
        folder = Files.createTempDirectory(scratch, "groups");
        for (int i = 0; i < FILES; i++) {
            outs.add(new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(i)))));
        }
    }

    void add(String key, int kind, byte[] json) throws IOException {
        int file = Math.floorMod(key.hashCode(), FILES);
        counts[file]++;
        DataOutputStream out = outs.get(file);
        out.writeUTF(key);
        out.writeByte(kind);
        out.writeInt(json.length);
        out.write(json);
    }

    /** Every picture once; the order follows from what was added and nothing else. */
    void forEach(Group group) throws IOException {
        for (int i = 0; i < FILES; i++) {
            outs.get(i).close();
            for (var one : read(file(i), counts[i]).entrySet()) {
                group.accept(one.getKey(), one.getValue());
            }
        }
    }

    private static Map<String, List<Item>> read(Path file, int count) throws IOException {
        Map<String, List<Item>> groups = new LinkedHashMap<>();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (int i = 0; i < count; i++) {
                String key = in.readUTF();
                int kind = in.readByte();
                byte[] json = new byte[in.readInt()];
                in.readFully(json);
                groups.computeIfAbsent(key, any -> new ArrayList<>()).add(new Item(kind, json));
            }
        }
        return groups;
    }

    private Path file(int number) {
        return folder.resolve("%02d".formatted(number));
    }

    @Override
    public void close() throws IOException {
        for (DataOutputStream out : outs) {
            out.close();
        }
        for (int i = 0; i < FILES; i++) {
            Files.deleteIfExists(file(i));
        }
        Files.deleteIfExists(folder);
    }
}
