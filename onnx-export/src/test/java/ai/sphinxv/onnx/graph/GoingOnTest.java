package ai.sphinxv.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.onnx.graph.LinearFormat.Blocks;
import ai.sphinxv.onnx.graph.LinearFormat.Float16;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph's weights that were left in the middle: what is there is not read from the checkpoint again. */
class GoingOnTest {
    @TempDir
    Path folder;

    private final List<String> read = new ArrayList<>();

    @Test
    void whatIsThereIsNotReadAgain() throws IOException {
        writeUpTo("c", "one");
        read.clear();

        write(folder.resolve("graph.onnx"), "one", "");

        assertThat(read).containsExactly("c", "d");
        assertSameAsAtOnce();
    }

    @Test
    void whatAnotherConversionWroteIsWrittenAgain() throws IOException {
        writeUpTo("c", "one");
        read.clear();

        write(folder.resolve("graph.onnx"), "another", "");

        assertThat(read).containsExactly("a", "b", "c", "d");
        assertSameAsAtOnce();
    }

    @Test
    void whatRottedMeanwhileIsWrittenAgainWithAllThatComesAfterIt() throws IOException {
        writeUpTo("d", "one");
        read.clear();
        Path data = folder.resolve("graph.onnx.data");
        byte[] bytes = Files.readAllBytes(data);
        bytes[64 * 64 * 4 + 17] ^= 1; // in b
        Files.write(data, bytes);

        write(folder.resolve("graph.onnx"), "one", "");

        assertThat(read).containsExactly("b", "c", "d");
        assertSameAsAtOnce();
    }

    @Test
    void aJournalsLineThatWasCutOffDoesNotCount() throws IOException {
        writeUpTo("d", "one");
        read.clear();
        Path journal = folder.resolve("graph.onnx.data.journal");
        String lines = Files.readString(journal);
        Files.writeString(journal, lines.substring(0, lines.length() - 3));

        write(folder.resolve("graph.onnx"), "one", "");

        assertThat(read).containsExactly("c", "d");
        assertSameAsAtOnce();
    }

    @Test
    void aJournalOfNonsenseIsForgotten() throws IOException {
        writeUpTo("d", "one");
        read.clear();
        Files.writeString(
                folder.resolve("graph.onnx.data.journal"), "one\nnonsense\n", StandardOpenOption.TRUNCATE_EXISTING);

        write(folder.resolve("graph.onnx"), "one", "");

        assertThat(read).containsExactly("a", "b", "c", "d");
        assertSameAsAtOnce();
    }

    @Test
    void blocksAndTheirScalesAreGoneOnWithToo() throws IOException {
        Path file = folder.resolve("graph.onnx");
        var format = new Blocks(4, 32);
        try (var graph = new OnnxGraph(file, format, Numbers.SINGLE, this::numbers, "one")) {
            linear(graph, "a");
        }
        read.clear();
        try (var graph = new OnnxGraph(file, format, Numbers.SINGLE, this::numbers, "one")) {
            linear(graph, "a");
            linear(graph, "b");
            graph.write();
        }

        assertThat(read).containsExactly("b");
    }

    @Test
    void aNumberTooLargeForSixteenBitsIsNamed() throws IOException {
        try (var graph = new OnnxGraph(
                folder.resolve("graph.onnx"),
                new Float16(),
                Numbers.SINGLE,
                (name, from, into) -> into[5] = 70_000,
                "one")) {
            assertThatThrownBy(() -> linear(graph, "a"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "a has the number 70000.0, which no 16-bit float holds: convert to another" + " precision");
        }
    }

    private void linear(OnnxGraph graph, String name) {
        Value x = graph.input("x." + name, List.of(1L, 64L));
        graph.output("y." + name, graph.linear(x, graph.weight(name, 64, 64), null), List.of(1L, 64L));
    }

    private void writeUpTo(String failing, String conversion) {
        assertThatThrownBy(() -> write(folder.resolve("graph.onnx"), conversion, failing))
                .hasMessage("stopped at " + failing);
    }

    private void write(Path file, String conversion, String failing) throws IOException {
        OnnxGraph.Weights weights = (name, from, into) -> {
            if (name.equals(failing)) {
                throw new IllegalStateException("stopped at " + name);
            }
            numbers(name, from, into);
        };
        try (var graph = new OnnxGraph(file, new LinearFormat.Float32(), Numbers.SINGLE, weights, conversion)) {
            Value sum = graph.input("x", List.of(64L, 64L));
            for (String name : List.of("a", "b", "c", "d")) {
                sum = graph.add(sum, graph.weight(name, 64, 64));
            }
            graph.output("y", sum, List.of(64L, 64L));
            graph.write();
        }
    }

    private void numbers(String name, long from, float[] into) {
        read.add(name);
        for (int i = 0; i < into.length; i++) {
            into[i] = name.charAt(0) + (from + i) / 1e4f;
        }
    }

    private void assertSameAsAtOnce() throws IOException {
        Path atOnce = Files.createDirectory(folder.resolve("at-once"));
        write(atOnce.resolve("graph.onnx"), "", "");
        for (String name : List.of("graph.onnx", "graph.onnx.data")) {
            assertThat(folder.resolve(name)).hasSameBinaryContentAs(atOnce.resolve(name));
        }
    }
}
