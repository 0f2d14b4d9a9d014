package ai.sphinxv.training.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of a file, a few hundred at a time; empty ones are passed over. */
final class LineBlocks {
    private static final int LINES = 256;

    private LineBlocks() {}

    /** Takes some lines. */
    interface Sink {
        void accept(List<String> lines) throws IOException, InterruptedException;
    }

    static void read(Path file, Sink sink) throws IOException, InterruptedException {
        long read = 0;
        try (BufferedReader in = Files.newBufferedReader(file)) {
            List<String> block = new ArrayList<>(LINES);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                read++;
                if (!line.isBlank()) {
                    block.add(line);
                }
                if (block.size() == LINES) {
                    sink.accept(block);
                    block = new ArrayList<>(LINES);
                }
            }
            if (!block.isEmpty()) {
                sink.accept(block);
            }
        } catch (CharacterCodingException e) {
            throw new IOException("%s is not UTF-8 somewhere after line %d".formatted(file, read), e);
        }
    }
}
