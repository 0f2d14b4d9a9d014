package ai.sphinxv.functions.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.TestConfig;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.Mask;
import ai.sphinxv.runtime.prompt.Polygon;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the text of a mark to the mark, on a picture of 6x5 pixels. */
class MarkRequestTest {
    private static final RgbImage PICTURE = new RgbImage(6, 5, new byte[90]);
    private static final SphinxConfig.Limits LIMITS = TestConfig.with(Map.of(
                    "sphinxv.limits.stroke-points", "10",
                    "sphinxv.limits.polygon-corners", "8",
                    "sphinxv.limits.mask-runs", "12"))
            .limits();
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        new StrictJson(() -> TestConfig.with(Map.of())).customize(JSON);
    }

    @Test
    void eachFormBecomesItsMark() {
        assertThat(read("{'point':[1,2]}")).isEqualTo(new Point(1, 2));
        assertThat(read("{'box':[1,2,3,4]}")).isEqualTo(new Box(1, 2, 3, 4));
        assertThat(read("{'stroke':[[1,2]]}")).isEqualTo(new Stroke(List.of(new Point(1, 2))));
        var ring = List.of(new Point(0, 0), new Point(4, 0), new Point(4, 4));
        assertThat(read("{'polygon':[[0,0],[4,0],[4,4]]}")).isEqualTo(new Polygon(List.of(ring)));
        assertThat(read("{'polygons':[[[0,0],[4,0],[4,4]],[[2,1],[3,1],[3,2]]]}"))
                .isEqualTo(new Polygon(List.of(ring, List.of(new Point(2, 1), new Point(3, 1), new Point(3, 2)))));
    }

    /** COCO's size is height and width, its runs go down the columns. */
    @Test
    void aMaskIsReadFromRunsInBothFormsAndFromAPng() {
        var mask = new Mask(6, 5, new int[] {6, 1, 3, 2, 18});

        assertThat(read("{'mask':{'size':[5,6],'counts':[6,1,3,2,18]}}")).isEqualTo(mask);
        assertThat(read("{'mask':{'size':[5,6],'counts':'6131?'}}")).isEqualTo(mask);
        assertThat(read("{'mask':'data:image/png;base64,%s'}".formatted(png(6, 5))))
                .isEqualTo(mask);
    }

    /** What pycocotools writes for these runs. */
    @ParameterizedTest
    @CsvSource({"061M, 0 6 1 3", "061O, 0 6 1 5", "0610, 0 6 1 6", "011101010, 0 1 1 2 1 3 1 4 1", "0PP1, 0 1024"})
    void packedRunsAreReadAsCocoPacksThem(String text, String runs) {
        assertThat(new CocoCounts(text, null).runs(12))
                .containsExactly(Arrays.stream(runs.split(" "))
                        .mapToInt(Integer::parseInt)
                        .toArray());
    }

    @Test
    void aMarkIsWrittenAsItWasSent() throws JsonProcessingException {
        for (String mask : List.of(
                "{'size':[5,6],'counts':[6,1,3,2,18]}",
                "{'size':[5,6],'counts':'613'}",
                "'data:image/png;base64,AA'")) {
            String text = "{'point':null,'box':null,'stroke':null,'polygon':null,'polygons':null,'mask':%s}"
                    .formatted(mask)
                    .replace('\'', '"');

            assertThat(JSON.writeValueAsString(JSON.readValue(text, MarkRequest.class)))
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}     | mark 3 needs exactly one of point, box, stroke, polygon, polygons and mask, got none",
                "null   | mark 3 needs exactly one of point, box, stroke, polygon, polygons and mask, got null",
                "{'point':[1,2],'stroke':[]} | mark 3 needs exactly one of point, box, stroke, polygon, polygons and mask, got point and stroke",
                "{'point':[1]}               | mark 3: point needs 2 numbers [x, y], got 1",
                "{'point':[1,null]}          | mark 3: point needs 2 numbers [x, y], got a null",
                "{'point':[1e999,1]}         | mark 3: x must be a finite number, got Infinity",
                "{'box':[1,2,3]}             | mark 3: box needs 4 numbers [x1, y1, x2, y2], got 3",
                "{'stroke':[]}               | mark 3: a stroke needs at least one point, got none",
                "{'stroke':[[1,2],[]]}       | mark 3: stroke point 2 needs 2 numbers [x, y], got 0",
                "{'stroke':[[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1]]} | mark 3: a stroke has at most 10 points, got 11",
                "{'polygon':[[1,1],[2,2]]}   | mark 3: ring 1 of a polygon needs at least 3 corners, got 2",
                "{'polygon':[[1,1],[2,2],null]} | mark 3: ring 1, corner 3 needs 2 numbers [x, y], got null",
                "{'polygon':[[0,0],[4,4],[4,0],[0,4]]} | mark 3: a polygon's edges may not cross: edge 1 of ring 1, from (0.0, 0.0), crosses edge 3 of ring 1, from (4.0, 0.0)",
                "{'polygon':[[1,1],[2,2],[3,3]]} | mark 3: ring 1 of a polygon has no area: its corners lie on one line",
                "{'polygons':[]}             | mark 3: a polygon needs at least one ring, got none",
                "{'polygons':[[[0,0],[4,0],[4,4]],null]} | mark 3: ring 2 of a polygon is null",
                "{'polygons':[[[0,0],[4,0],[4,4]],[[0,0],[4,0],[4,4],[1,1],[1,1],[1,1]]]} | mark 3: a polygon has at most 8 corners, got 9",
                "{'mask':{}}                 | mark 3: mask needs size [height, width] and counts",
                "{'mask':{'size':[5],'counts':[30]}} | mark 3: mask needs size [height, width] and counts",
                "{'mask':{'size':[5,null],'counts':[30]}} | mark 3: mask needs size [height, width], got a null",
                "{'mask':{'size':[5,6],'counts':[30]}} | mark 3: a mask covers at least one pixel, this one none",
                "{'mask':{'size':[5,6],'counts':[]}}   | mark 3: a mask of 6x5 pixels needs runs of 30 together, got 0",
                "{'mask':{'size':[5,6],'counts':[31,-1]}} | mark 3: run 2 of a mask has -1 pixels",
                "{'mask':{'size':[5,6],'counts':[0,1,0,1,0,1,0,1,0,1,0,1,24]}} | mark 3: a mask has at most 12 runs, got 13 or more",
                "{'mask':{'size':[5,6],'counts':'0101010101010'}} | mark 3: a mask has at most 12 runs, got 13 or more",
                "{'mask':{'size':[5,6],'counts':'6!'}} | mark 3: counts of the mask are not packed as COCO does: character 2 is out of range",
                "{'mask':{'size':[5,6],'counts':'6P'}} | mark 3: counts of the mask are not packed as COCO does: the number at character 2 has no end",
                "{'mask':{'size':[5,6],'counts':'PPPPPPPPP0'}} | mark 3: counts of the mask are not packed as COCO does: the number at character 1 has no end",
                "{'mask':{'size':[5,6],'counts':'O'}}  | mark 3: counts of the mask: run 1 has -1 pixels",
                "{'mask':{'size':[5,6],'counts':'oooooo?'}} | mark 3: counts of the mask: run 1 has 17179869183 pixels",
                "{'mask':''}                 | mark 3: mask: the image is empty: 0 bytes",
                "{'mask':'AAAA'}             | mark 3: mask: the image is not a JPEG, PNG, GIF or BMP file",
                "{'mask':'§'}                | mark 3: mask: image is not base64: send the file's bytes as base64, or as a data URL",
                "{'mask':'/9j/4AAQSkZJRg=='} | mark 3: mask: the image is a JPEG file, a mask comes as a PNG",
            })
    void whatIsNoMarkIsRefusedWithItsNumberAndPlace(String text, String message) {
        refused(text, message);
    }

    @Test
    void aPngOfAnotherSizeIsNoMaskOfThisPicture() {
        refused(
                "{'mask':'%s'}".formatted(png(5, 6)),
                "mark 3: mask: the image has 5x6 pixels, the picture that it is a mask of 6x5");
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage(message);
    }

    private static VisualPrompt read(String text) {
        try {
            return MarkRequest.toPrompt(JSON.readValue(text.replace('\'', '"'), MarkRequest.class), 3, LIMITS)
                    .apply(PICTURE);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** White in the column 1, row 1, and column 2, rows 0 and 1. */
    private static String png(int width, int height) {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        picture.setRGB(1, 1, 0xffffff);
        picture.setRGB(2, 0, 0xffffff);
        picture.setRGB(2, 1, 0xffffff);
        var file = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(file.toByteArray());
    }
}
