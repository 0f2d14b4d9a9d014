package ai.sphinxv.functions.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A folder; replicas on several machines see it over a file system that keeps locks. */
public record FolderStore(Path folder) implements Store {

    @Override
    public Store in(String name) {
        return new FolderStore(folder.resolve(name));
    }

    @Override
    public String name() {
        return String.valueOf(folder.getFileName());
    }

    @Override
    public List<String> stores() throws IOException {
        return list(Files::isDirectory);
    }

    @Override
    public List<String> files() throws IOException {
        return list(Files::isRegularFile);
    }

    private List<String> list(Predicate<Path> wanted) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(wanted)
                    .map(path -> String.valueOf(path.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public Optional<Instant> written(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.isRegularFile(file)
                ? Optional.of(Files.getLastModifiedTime(file).toInstant())
                : Optional.empty();
    }

    @Override
    public long size(String name) throws IOException {
        return Files.size(existing(name));
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(existing(name));
    }

    /** Follows links, so that none leads out. */
    private Path existing(String name) throws IOException {
        try {
            Path file = folder.resolve(name).toRealPath();
            if (file.startsWith(folder.toRealPath()) && Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // then there is no such file
        }
        throw new NoSuchFileException(name);
    }

    @Override
    public void write(String name, Content content) throws IOException {
        DurableFile.createFolders(folder);
        DurableFile.write(folder.resolve(name), content);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        DurableFile.rename(folder.resolve(from), folder.resolve(to));
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void deleteAll() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public ResultLog log(String name, ObjectMapper json, Consumer<JsonNode> whole) throws IOException {
        return FileLog.open(folder.resolve(name), json, whole);
    }

    @Override
    public InputStream lines(String log) throws IOException {
        return open(log);
    }

    @Override
    public void settle(String log) {
        // it is that file
    }

    @Override
    public boolean alone(Work work) throws IOException {
        return OneRun.in(folder, work);
    }
}
