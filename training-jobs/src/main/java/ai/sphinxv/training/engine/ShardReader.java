package ai.sphinxv.training.engine;

import ai.sphinxv.training.files.JsonFault;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** Reads shards back, one sample at a time. */
final class ShardReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of a picture or of what is asked about it. */
    private static final long MOST_BYTES = 256L << 20;

    private ShardReader() {}

    /** Takes a sample; returns whether more are wanted. */
    interface Sink {
        boolean accept(JsonNode sample, byte @Nullable [] picture) throws IOException;
    }

    /** The shards of a folder, or the one that is named, by name. */
    static List<Path> shards(Path place) throws IOException {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        if (!Files.isDirectory(place)) {
            throw new IllegalArgumentException("%s is not there".formatted(place.toAbsolutePath()));
        }
        try (Stream<Path> files = Files.list(place)) {
            List<Path> shards = files.filter(
                            file -> file.getFileName().toString().endsWith(".tar"))
                    .sorted()
                    .toList();
            if (shards.isEmpty()) {
                throw new IllegalArgumentException("%s has no shard (*.tar)".formatted(place.toAbsolutePath()));
            }
            return shards;
        }
    }

    static boolean read(Path shard, Sink sink) throws IOException {
        try (var tar = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(shard), 1 << 16))) {
            byte[] picture = null;
            for (Part part = next(shard, tar); part != null; part = next(shard, tar)) {
                if (part.json() == null) {
                    picture = part.bytes();
                } else if (sink.accept(part.json(), picture)) {
                    picture = null;
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /** A picture, or what is asked about it. */
    private record Part(byte[] bytes, @Nullable JsonNode json) {}

    private static @Nullable Part next(Path shard, TarArchiveInputStream tar) throws IOException {
        try {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null && entry.isDirectory()) {
                entry = tar.getNextEntry();
            }
            if (entry == null) {
                return null;
            }
            requireSmallFile(entry);
            byte[] bytes = tar.readAllBytes();
            return new Part(bytes, entry.getName().endsWith(".json") ? sample(entry.getName(), bytes) : null);
        } catch (IOException e) {
            String what = e instanceof JsonProcessingException json ? JsonFault.of(json) : e.getMessage();
            String line = String.valueOf(what).replaceAll("\\p{Cntrl}", "?"); // an entry's name may have line breaks
            throw new IOException("%s is damaged or cut off: %s: build it again".formatted(shard, line), e);
        }
    }

    private static JsonNode sample(String name, byte[] bytes) throws IOException {
        JsonNode sample = JSON.readTree(bytes);
        if (!sample.isObject()) {
            throw new IOException(name + " is no sample");
        }
        return sample;
    }

    /** A few bytes of a sparse entry would be as many zeros as it says. */
    private static void requireSmallFile(TarArchiveEntry entry) throws IOException {
        if (entry.getLinkFlag() != TarConstants.LF_NORMAL && entry.getLinkFlag() != TarConstants.LF_OLDNORM) {
            throw new IOException("%s is a link, a device or the like".formatted(entry.getName()));
        }
        if (entry.isSparse() || entry.getSize() > MOST_BYTES) {
            throw new IOException("%s is sparse or has %d bytes, at most %d are read"
                    .formatted(entry.getName(), entry.getSize(), MOST_BYTES));
        }
    }
}
