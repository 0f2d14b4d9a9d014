package ai.sphinxv.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.training.data.Picture.Thing;
import ai.sphinxv.training.scenes.Draws;
import ai.sphinxv.training.scenes.Mask;
import ai.sphinxv.training.source.Region;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhotoCropTest {
    private static final int SIDE = 40;
    private static final Box BOX = new Box(10, 12, 20, 24);

    @Test
    void aCropShowsItsThingsWhereItsPixelsShowThem() {
        int shown = 0;
        for (int i = 0; i < 50; i++) {
            Picture crop = PhotoCrop.of(photo(), Draws.of(1, i));
            for (Thing thing : crop.things()) {
                shown++;
                Box box = thing.region().box();
                for (int pixel : Objects.requireNonNull(thing.mask()).pixels()) {
                    int x = pixel % crop.image().width();
                    int y = pixel / crop.image().width();

                    assertThat(crop.image().rgb()[3 * pixel])
                            .as("a white pixel")
                            .isEqualTo((byte) -1);
                    assertThat(x + 0.5).isBetween(box.x1(), box.x2());
                    assertThat(y + 0.5).isBetween(box.y1(), box.y2());
                }
            }
        }
        assertThat(shown).isPositive();
    }

    @Test
    void aThingThatIsMostlyCutOffIsLeftOut() {
        for (int i = 0; i < 50; i++) {
            for (Thing thing : PhotoCrop.of(photo(), Draws.of(2, i)).things()) {
                Box box = thing.region().box();

                assertThat((box.x2() - box.x1()) * (box.y2() - box.y1())).isGreaterThanOrEqualTo(0.7 * 10 * 12);
            }
        }
    }

    /** Black, with a white box that is a dog. */
    private static Picture photo() {
        int[] pixels = IntStream.range(0, SIDE * SIDE)
                .filter(i -> i % SIDE >= 10 && i % SIDE < 20 && i / SIDE >= 12 && i / SIDE < 24)
                .toArray();
        byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int pixel : pixels) {
            rgb[3 * pixel] = -1;
        }
        var dog = new Region(BOX, "dog", null, Map.of(), null, 1, false);
        return new Picture(new RgbImage(SIDE, SIDE, rgb), "photo", List.of(new Thing(dog, new Mask(SIDE, pixels))));
    }
}
