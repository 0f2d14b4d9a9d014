package ai.sphinxv.training.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.training.source.AnnotatedPicture;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.PictureDomain;
import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {
    @TempDir
    Path folder;

    @Test
    void everySampleIsShownWithItsNumberedMarksAndNoWordOfItIsMarkup() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        ImageIO.write(
                new BufferedImage(1300, 700, BufferedImage.TYPE_INT_RGB),
                "png",
                pictures.resolve("a.png").toFile());
        Path lines = Files.writeString(
                folder.resolve("lines.jsonl"),
                new AnnotatedPicture(
                                "coco",
                                "1",
                                "a.png",
                                PictureDomain.NATURAL,
                                1300,
                                700,
                                "CC",
                                List.of(Part.of(new double[] {10, 20, 110, 220}, "<script>alert('x')</script>")),
                                List.of(),
                                List.of(),
                                List.of())
                        .line());
        for (boolean isPacked : new boolean[] {false, true}) {
            Path shards = folder.resolve("shards" + isPacked);
            var where = Pictures.parse(pictures.toString());
            BuildJob.run(
                    BuildInput.of(List.of(lines), List.of(), new BuildConfig(2, 0, 0), where, isPacked),
                    shards,
                    1,
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            Path out = folder.resolve("gallery" + isPacked);

            assertThat(Gallery.write(shards, out, isPacked ? null : where, 10)).isEqualTo(1);

            String page = Files.readString(out.resolve("index.html"));
            assertThat(page)
                    .contains("<rect class=mark x=\"10\" y=\"20\" width=\"100\" height=\"200\"")
                    .contains(">1</text>", "data-domain=\"natural\" data-task=\"category\" data-source=\"coco\"")
                    .contains("&lt;Region 1&gt;: &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
                    .contains("<option>natural</option>", "<image href=\"pictures/00000.jpg\"")
                    .doesNotContain("<script>alert", "http");
            assertThat(ImageIO.read(out.resolve("pictures/00000.jpg").toFile()).getWidth())
                    .isEqualTo(433);
        }
    }
}
