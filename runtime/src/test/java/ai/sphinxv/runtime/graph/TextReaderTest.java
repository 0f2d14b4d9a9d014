package ai.sphinxv.runtime.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.awt.Color;
import java.awt.Font;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real network, in the folder {@code -Dsphinxv.reader} or in the embedded bundle. */
class TextReaderTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("sphinxv.reader", "../functions/src/main/resources/nano"));
    private static final Providers CPU = new Providers(List.of(Provider.CPU), 1);
    private static final ModelConfig.Reader BOTH = new ModelConfig.Reader("Text", 0.7, 120, 0, 0.9);
    private static final ModelConfig.Reader FIRST = new ModelConfig.Reader("Text", 0.7, 120, 0, 0);

    private TextReader reader;

    @BeforeEach
    void open() {
        assumeTrue(Files.exists(FOLDER.resolve(Bundle.SECOND_READER)), FOLDER + " has no two readers");
        reader = TextReader.open(FOLDER, BOTH, CPU);
    }

    @AfterEach
    void close() {
        if (reader != null) {
            reader.close();
        }
    }

    @Test
    void aDrawnLineIsReadWithItsSpaces() {
        var reading = reader.read(drawn("Invoice No. 4711 of May", 30, 60), new Box(30, 22, 420, 70));

        assertThat(reading.text()).isEqualTo("Invoice No. 4711 of May");
        assertThat(reading.confidence()).isGreaterThan(0.9);
    }

    @Test
    void theBoxChoosesWhatIsRead() {
        var picture = drawn("left        right", 30, 60);

        assertThat(reader.read(picture, new Box(26, 22, 110, 72)).text()).isEqualTo("left");
        assertThat(reader.read(picture, new Box(150, 22, 300, 72)).text()).isEqualTo("right");
    }

    @Test
    void aBoxOverTheEdgeIsReadToo() {
        assertThat(reader.read(drawn("Total", 2, 32), new Box(-20, -10, 120, 45))
                        .text())
                .isEqualTo("Total");
    }

    @Test
    void emptyPaperSaysNothing() {
        assertThat(reader.read(drawn("", 0, 0), new Box(10, 10, 200, 50)).text())
                .isEmpty();
    }

    @Test
    void charactersOfAnotherModelAreRefused(@TempDir Path folder) throws IOException {
        Files.copy(FOLDER.resolve(Bundle.TEXT_READER), folder.resolve(Bundle.TEXT_READER));
        Files.writeString(folder.resolve(Bundle.TEXT_CHARACTERS), "a\nb\n");

        assertThatThrownBy(() -> TextReader.open(folder, FIRST, CPU))
                .isInstanceOf(GraphException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasMessageContaining("not of one model"));
    }

    private static RgbImage drawn(String text, int x, int y) {
        var picture = new BufferedImage(460, 90, BufferedImage.TYPE_INT_RGB);
        var pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        pen.setColor(Color.BLACK);
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 32));
        pen.drawString(text, x, y);
        pen.dispose();
        byte[] rgb = new byte[picture.getWidth() * picture.getHeight() * 3];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = picture.getRGB(i / 3 % picture.getWidth(), i / 3 / picture.getWidth());
            rgb[i] = (byte) (pixel >> 8 * (2 - i % 3));
        }
        return new RgbImage(picture.getWidth(), picture.getHeight(), rgb);
    }
}
