package ai.sphinxv.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.onnx.checkpoint.CheckpointException;
import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.BundleException;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.text.TokenizerJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversions of a small checkpoint in the released form that something comes between. */
class ConvertTest {
    @TempDir
    static Path folder;

    private static Path checkpoint;
    private static Path tokenizer;
    private static Path whole;

    @TempDir
    Path place;

    @BeforeAll
    static void convertAtOnce() throws IOException {
        var shapes =
                new LinkedHashMap<>(NetworkShapes.of(ConvertSmall.CONFIG, 1).weights());
        shapes.put("dinov2_vitg14.pos_embed", SmallPublished.released().get("dinov2_vitg14.pos_embed"));
        checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
        SmallPublished.write(SmallPublished.draw(shapes, 21), shapes, checkpoint);
        tokenizer = new TokenizerJson(true, List.of(), List.of()).write(folder);
        whole = folder.resolve("whole");
        ConvertSmall.run(checkpoint, tokenizer, whole);
    }

    /** Killed at four moments, each time a real process by a real SIGKILL; what the fifth one leaves is the same byte by byte. */
    @Test
    void killedAgainAndAgainItGoesOnAndTheBundleIsTheSame() throws Exception {
        var random = new SplittableRandom(7);
        long written = 0;
        int killed = 0;
        for (int i = 0; i < 4; i++) {
            long until = written + 100_000 + random.nextInt(5_000_000);
            Process process = start(place);
            while (process.isAlive() && bytes(place) < until) {
                Thread.onSpinWait();
            }
            process.destroyForcibly();
            assertThat(process.waitFor(30, SECONDS)).isTrue();
            killed += process.exitValue() == 128 + 9 ? 1 : 0;
            if (!Files.exists(place.resolve("sphinxv.json"))) {
                assertThatThrownBy(() -> Bundle.open(place))
                        .isInstanceOf(BundleException.class)
                        .hasMessage(place + " is not a bundle: it has no sphinxv.json");
            }
            assertThat(journalled(place)).isGreaterThanOrEqualTo(written);
            written = journalled(place);
        }

        Process last = start(place);
        assertThat(last.waitFor(60, SECONDS)).isTrue();

        assertThat(killed).isGreaterThanOrEqualTo(2);
        assertThat(last.exitValue()).isZero();
        assertSameAsWhole();
    }

    /** A limit on the size of files stands for a disk that is full: the system refuses the write in the same way. */
    @Test
    void aDiskThatIsFullIsSaidAndTheBundleGoesOnWhenThereIsRoom() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here, whose ulimit stands for a full disk");
        List<String> command = new ArrayList<>(List.of("/bin/bash", "-c", "ulimit -f 8000; exec \"$@\"", "bash"));
        command.addAll(command(place));
        Process process = new ProcessBuilder(command).start();
        String said = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(said)
                .contains("not converted: ", "llm_decoder.onnx.data cannot be written after ", "File too large");
        assertThatThrownBy(() -> Bundle.open(place)).hasMessage(place + " is not a bundle: it has no sphinxv.json");

        ConvertSmall.run(checkpoint, tokenizer, place);
        assertSameAsWhole();
    }

    @Test
    void aCheckpointThatIsCutOffIsNamedAndTheBundleThatWasThereStays() throws IOException {
        ConvertSmall.run(checkpoint, tokenizer, place);
        Path cut = Files.createDirectory(place.resolve("cut"));
        for (String name : List.of("consolidated.00-of-02.model.pth", "consolidated.01-of-02.model.pth")) {
            Files.copy(checkpoint.resolve(name), cut.resolve(name));
        }
        Path second = cut.resolve("consolidated.01-of-02.model.pth");
        try (var channel = FileChannel.open(second, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }

        assertThatThrownBy(() -> ConvertSmall.run(cut, tokenizer, place))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(second + " is no zip archive of torch.save, or is cut off: ");
        assertThat(Bundle.open(place).config()).isEqualTo(ConvertSmall.CONFIG);
    }

    @Test
    void aTokenizerThatIsNotThereIsMissedAtTheStart() {
        assertThatThrownBy(() -> ConvertSmall.run(checkpoint, place.resolve("none.json"), place))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void aFileThatIsNoTokenizerOrAnotherModelsIsRefusedAtTheStart() throws IOException {
        Path words = Files.writeString(folder.resolve("words.txt"), "no tokenizer");
        List<String> tooMany = IntStream.range(0, 5000)
                .mapToObj(i -> Character.toString(0x4e00 + i))
                .toList();
        Path larger =
                new TokenizerJson(true, tooMany, List.of()).write(Files.createDirectory(folder.resolve("larger")));

        assertThatThrownBy(() -> ConvertSmall.run(checkpoint, words, place))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(words.toString());
        assertThatThrownBy(() -> ConvertSmall.run(checkpoint, larger, place))
                .hasMessage(larger + " has 5259 tokens and the model small-published 5000: it is of another model");
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void aModelThatReadsTextIsConvertedFromRandomWeightsWithTheReaderBesideTheTokenizer() throws IOException {
        Path carried = Path.of("../functions/src/main/resources/nano");
        assumeTrue(Files.exists(carried.resolve("text_reader.onnx")), "this checkout carries no model");
        var nano = ModelConfig.named("nano");
        Path random = Path.of("random");
        assertThatThrownBy(() -> Convert.run(nano, random, tokenizer, place, Precision.SMALL, System.out))
                .hasMessageStartingWith(
                        "the model nano reads text: put text_reader.onnx, text_characters.txt, second_reader.onnx, second_characters.txt beside "
                                + tokenizer);
        assertThat(place).isEmptyDirectory();

        Convert.run(nano, random, carried.resolve("tokenizer.json"), place, Precision.SMALL, System.out);

        var picture = new RgbImage(64, 48, new byte[3 * 64 * 48]);
        try (var model = SphinxV.open(place, RuntimeOptions.defaults())) {
            var answer = model.answer(Question.of(picture, List.of(new Box(5, 5, 40, 30)), "What is it?"));
            assertThat(answer.usage().answerTokens()).isPositive();
        }
    }

    /** As the JVM sees them: one, then more than any piece of work asks for. */
    @ParameterizedTest
    @ValueSource(strings = {"full", "half", "small"})
    void theBundleIsTheSameOnOneProcessorAndOnMany(String precision) throws Exception {
        for (String processors : List.of("1", "16")) {
            var command = command(place.resolve(processors));
            command.set(command.size() - 1, precision);
            command.add(1, "-XX:ActiveProcessorCount=" + processors);
            Process process = new ProcessBuilder(command).inheritIO().start();
            assertThat(process.waitFor(60, SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        assertSame(place.resolve("1"), place.resolve("16"));
    }

    private static Process start(Path bundle) throws IOException {
        return new ProcessBuilder(command(bundle))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<String> command(Path bundle) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ConvertSmall.class.getName()));
        command.addAll(List.of(checkpoint.toString(), tokenizer.toString(), bundle.toString(), "full"));
        return command;
    }

    /** Of all weights so far, whole tensors or not. */
    private static long bytes(Path bundle) throws IOException {
        long bytes = 0;
        try (var files = Files.newDirectoryStream(bundle, "*.data")) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** Bytes of tensors that the journals have; journals go when the bundle is whole. */
    private static long journalled(Path bundle) throws IOException {
        if (Files.exists(bundle.resolve("sphinxv.json"))) {
            return bytes(bundle);
        }
        long bytes = 0;
        try (var files = Files.newDirectoryStream(bundle, "*.journal")) {
            for (Path file : files) {
                bytes += Files.readAllLines(file).stream()
                        .skip(1)
                        .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
                        .sum();
            }
        }
        return bytes;
    }

    private void assertSameAsWhole() throws IOException {
        Bundle.open(place);
        assertSame(place, whole);
        assertThat(place).isDirectoryNotContaining("glob:**.{journal,part}");
    }

    private static void assertSame(Path bundle, Path other) throws IOException {
        try (var files = Files.list(other)) {
            for (Path file : files.toList()) {
                if (!file.endsWith("sphinxv.json")) { // which says when it was made
                    assertThat(bundle.resolve(file.getFileName())).hasSameBinaryContentAs(file);
                }
            }
        }
    }
}
