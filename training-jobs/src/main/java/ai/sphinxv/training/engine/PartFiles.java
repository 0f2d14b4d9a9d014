package ai.sphinxv.training.engine;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Samples on their way, dealt to files by their ids. */
final class PartFiles implements AutoCloseable {
    private final List<BufferedWriter> parts = new ArrayList<>();

    private PartFiles() {}

    static PartFiles create(Path folder, int count) throws IOException {
        var files = new PartFiles();
        for (int i = 0; i < count; i++) {
            files.parts.add(Files.newBufferedWriter(file(folder, i)));
        }
        return files;
    }

    void add(String sample) {
        try {
            BufferedWriter part = parts.get(BuildInput.part(sample, parts.size()));
            part.write(sample);
            part.write('\n');
        } catch (IOException e) {
            throw BuildJob.unchecked(e);
        }
    }

    static List<String> read(Path folder, int number) throws IOException {
        return Files.readAllLines(file(folder, number), StandardCharsets.UTF_8);
    }

    static void delete(Path folder, int number) throws IOException {
        Files.deleteIfExists(file(folder, number));
    }

    private static Path file(Path folder, int number) {
        return folder.resolve("part-%04d.jsonl".formatted(number));
    }

    @Override
    public void close() throws IOException {
        for (BufferedWriter part : parts) {
            part.close();
        }
    }
}
