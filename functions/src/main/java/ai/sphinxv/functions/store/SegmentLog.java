package ai.sphinxv.functions.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log as objects of so many lines each. A line is added by writing the last object again over the version that was seen,
 * or the next one where none is: so of two processes that both believe to be alone, one writes and the other is told.
 */
final class SegmentLog implements ResultLog {
    private static final int LINES = 100;

    private final Bucket bucket;
    private final String prefix;
    private final ObjectMapper json;
    private final Set<String> ids = new HashSet<>();
    private int number;
    private int lines;
    private @Nullable String version;
    private ByteArrayOutputStream segment = new ByteArrayOutputStream();

    private SegmentLog(Bucket bucket, String prefix, ObjectMapper json) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.json = json;
    }

    static SegmentLog open(Bucket bucket, String prefix, ObjectMapper json, Consumer<JsonNode> whole)
            throws IOException {
        var log = new SegmentLog(bucket, prefix, json);
        int count = bucket.keys(prefix).size();
        for (int i = 0; i < count; i++) {
            log.read(i, whole);
        }
        return log;
    }

    private void read(int which, Consumer<JsonNode> whole) throws IOException {
        var seen = bucket.see(key(which)).orElseThrow(() -> new IOException("the log lacks its part " + key(which)));
        segment = new ByteArrayOutputStream();
        segment.writeBytes(seen.bytes());
        number = which;
        version = seen.version();
        List<String> all = new String(seen.bytes(), UTF_8).lines().toList();
        lines = all.size();
        for (String line : all) {
            JsonNode result = requireNonNull(json.readTree(line));
            ids.add(result.path(ID).asText());
            whole.accept(result);
        }
    }

    @Override
    public boolean has(String id) {
        return ids.contains(id);
    }

    @Override
    public void append(String id, Object line) throws IOException {
        if (lines == LINES) {
            number++;
            lines = 0;
            version = null;
            segment = new ByteArrayOutputStream();
        }
        segment.writeBytes((json.writeValueAsString(line) + "\n").getBytes(UTF_8));
        version = bucket.replace(key(number), segment.toByteArray(), version)
                .orElseThrow(() -> new IOException("another process has gone on with " + prefix));
        lines++;
        ids.add(id);
    }

    /** Nothing is open. */
    @Override
    public void close() {}

    private String key(int which) {
        return "%s%08d".formatted(prefix, which);
    }
}
