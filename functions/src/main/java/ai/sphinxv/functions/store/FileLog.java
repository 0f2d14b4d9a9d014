package ai.sphinxv.functions.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A log as a file. A line is on the disk before {@link #append} returns; a last line without its end, or with holes, was torn
 * by a kill or a loss of power and is cut off when the log is opened. So each id has one whole line or none.
 */
final class FileLog implements ResultLog {
    private final FileChannel file;
    private final ObjectMapper json;
    private final Set<String> ids = new HashSet<>();

    private FileLog(FileChannel file, ObjectMapper json) {
        this.file = file;
        this.json = json;
    }

    /** @param whole hears of each line that is there already */
    static FileLog open(Path path, ObjectMapper json, Consumer<JsonNode> whole) throws IOException {
        var log = new FileLog(FileChannel.open(path, CREATE, WRITE), json);
        try (InputStream written = new BufferedInputStream(Files.newInputStream(path))) {
            log.read(written, whole);
            log.file.force(true); // a last line whose writer was killed before it had done so counts from now on
            DurableFile.keep(path.toAbsolutePath().getParent()); // else the file may go with a loss of power
        } catch (IOException | RuntimeException e) {
            log.file.close();
            throw e;
        }
        return log;
    }

    @Override
    public boolean has(String id) {
        return ids.contains(id);
    }

    @Override
    public void append(String id, Object line) throws IOException {
        var bytes = ByteBuffer.wrap((json.writeValueAsString(line) + "\n").getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(true);
        ids.add(id);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void read(InputStream written, Consumer<JsonNode> whole) throws IOException {
        var line = new ByteArrayOutputStream();
        long end = 0;
        long place = 0;
        for (int next = written.read(); next >= 0; next = written.read()) {
            place++;
            if (next != '\n') {
                line.write(next);
                continue;
            }
            JsonNode result;
            try {
                result = requireNonNull(json.readTree(line.toByteArray()));
            } catch (IOException e) { // no JSON, or not even characters
                if (written.read() >= 0) { // what lies before another line was safe once
                    throw new IOException("the results are damaged before byte " + place, e);
                }
                break;
            }
            end = place;
            line.reset();
            ids.add(result.path(ID).asText());
            whole.accept(result);
        }
        file.truncate(end);
        file.position(end);
    }
}
