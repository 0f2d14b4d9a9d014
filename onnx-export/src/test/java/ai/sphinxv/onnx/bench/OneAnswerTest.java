package ai.sphinxv.onnx.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as {@code ./mvnw -Panswer} starts it. */
class OneAnswerTest {
    private static final String CARRIED = "../functions/src/main/resources/nano";

    @TempDir
    Path folder;

    @Test
    void aTableAndTheAnswerArePrinted() throws Exception {
        assumeTrue(Files.exists(Path.of(CARRIED, "sphinxv.json")), "this checkout carries no model");
        Path picture = folder.resolve("grey.png");
        ImageIO.write(new BufferedImage(90, 60, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());

        Said said = answer(CARRIED, picture.toString(), "10,10,60,50", "8");

        assertThat(said.rc).as(said.words).isZero();
        assertThat(said.words).contains("| most memory |").containsPattern("\\n\\n\\S.*\\n$");
    }

    @Test
    void whateverIsWrongIsSaidInOneLine() throws Exception {
        Path words = Files.writeString(folder.resolve("words.txt"), "no picture");

        assertThat(answer("${bundle}", "a.png", "1,1,9,9").words).isEqualTo("not answered: give -Dbundle=...\n");
        assertThat(answer(CARRIED, "none.png", "1,1,9,9").words).isEqualTo("not answered: none.png is not there\n");
        assertThat(answer(CARRIED, words.toString(), "1,1,9,9").words)
                .isEqualTo("not answered: the image is not a JPEG, PNG, GIF or BMP file\n");
        assertThat(answer(CARRIED, words.toString(), "1,1,9").words)
                .startsWith("not answered: a box has four edges, got 1,1,9; usage: ");
        Said last = answer(folder.toString(), words.toString(), "9,1,1,9");
        assertThat(last.words)
                .startsWith("not answered: a box needs x1 < x2 and y1 < y2")
                .hasLineCount(1);
        assertThat(last.rc).isEqualTo(1);
    }

    private record Said(int rc, String words) {}

    private static Said answer(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OneAnswer.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Said(process.waitFor(), words);
    }
}
