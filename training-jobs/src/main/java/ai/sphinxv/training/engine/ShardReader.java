package ai.sphinxv.training.engine;

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
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                requireSmallFile(shard, entry);
                byte[] bytes = tar.readAllBytes();
                if (!entry.getName().endsWith(".json")) {
                    picture = bytes;
                    continue;
                }
                JsonNode sample = JSON.readTree(bytes);
                if (!sample.isObject()) {
                    throw new IOException("%s: %s is no sample".formatted(shard, entry.getName()));
                }
                if (!sink.accept(sample, picture)) {
                    return false;
                }
                picture = null;
            }
        }
        return true;
    }

    /** A few bytes of a sparse entry would be as many zeros as it says. */
    private static void requireSmallFile(Path shard, TarArchiveEntry entry) throws IOException {
        if (entry.getLinkFlag() != TarConstants.LF_NORMAL && entry.getLinkFlag() != TarConstants.LF_OLDNORM) {
            throw new IOException("%s: %s is a link, a device or the like".formatted(shard, entry.getName()));
        }
        if (entry.isSparse() || entry.getSize() > MOST_BYTES) {
            throw new IOException("%s: %s is sparse or has %d bytes, at most %d are read"
                    .formatted(shard, entry.getName(), entry.getSize(), MOST_BYTES));
        }
    }
}
