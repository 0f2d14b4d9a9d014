package ai.sphinxv.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SceneGeneratorTest {
    private static final Catalog CATALOG = Catalog.open();
    private static final SceneGenerator GENERATOR = new SceneGenerator(CATALOG, 7);
    private static final List<Scene> SCENES =
            LongStream.range(0, 400).mapToObj(GENERATOR::scene).toList();

    @Test
    void aSceneIsTheSameEveryTime() {
        var again = new SceneGenerator(Catalog.open(), 7);

        for (int i = 0; i < 40; i++) {
            var scene = again.scene(i);
            assertThat(scene.image().rgb()).isEqualTo(SCENES.get(i).image().rgb());
            assertThat(scene.objects()).map(SceneGeneratorTest::known).isEqualTo(regions(SCENES.get(i)));
        }
    }

    @Test
    void aSceneIsTheSameWhateverThreadDrawsItAndInWhateverOrder() {
        var again = new SceneGenerator(Catalog.open(), 7);
        var backwards = IntStream.range(0, 60)
                .parallel()
                .mapToObj(i -> again.scene(59 - i).image().rgb())
                .toList();

        for (int i = 0; i < 60; i++) {
            assertThat(backwards.get(59 - i)).isEqualTo(SCENES.get(i).image().rgb());
        }
    }

    @Test
    void splitsShareNoScene() {
        var pictures = new HashSet<ByteBuffer>();
        for (Split split : Split.values()) {
            var generator = SceneGenerator.of(CATALOG, split, 7);
            for (int n = 0; n < 40; n++) {
                pictures.add(
                        ByteBuffer.wrap(generator.scene(split.index(n)).image().rgb()));
            }
        }

        assertThat(pictures).hasSize(3 * 40);
    }

    @Test
    void anotherSeedIsAnotherScene() {
        var other = new SceneGenerator(CATALOG, 8);

        assertThat(IntStream.range(0, 40).filter(i -> regions(other.scene(i)).equals(regions(SCENES.get(i)))))
                .isEmpty();
    }

    @Test
    void everyLabelColourAndMostWordsAppear() {
        var labels = new HashSet<String>();
        var colors = new HashSet<String>();
        var words = new HashSet<String>();
        for (SceneObject object : everyObject()) {
            labels.add(object.label());
            if (object.color() != null) {
                colors.add(object.color());
            }
            if (object.text() != null) {
                words.add(object.text());
            }
        }

        assertThat(labels).containsExactlyInAnyOrderElementsOf(CATALOG.labels());
        assertThat(colors).containsExactlyInAnyOrderElementsOf(CATALOG.colors());
        assertThat(words).hasSizeGreaterThan(100);
    }

    @Test
    void picturesHaveTheStatedSizesAndOneToEightObjects() {
        assertThat(SCENES).allSatisfy(scene -> {
            assertThat(scene.image().width()).isBetween(160, 320);
            assertThat(scene.image().height()).isBetween(160, 320);
            assertThat(scene.objects()).hasSizeBetween(1, 8);
        });
        assertThat(SCENES).map(scene -> scene.objects().size()).contains(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void aBoxIsTheSmallestAroundItsMaskAndInsideThePicture() {
        for (Scene scene : SCENES) {
            for (SceneObject object : scene.objects()) {
                var across = IntStream.of(object.mask().pixels())
                        .map(pixel -> pixel % scene.image().width())
                        .summaryStatistics();
                var down = IntStream.of(object.mask().pixels())
                        .map(pixel -> pixel / scene.image().width())
                        .summaryStatistics();

                assertThat(object.mask().width()).isEqualTo(scene.image().width());
                assertThat(object.box())
                        .isEqualTo(new Box(across.getMin(), down.getMin(), across.getMax() + 1, down.getMax() + 1));
                assertThat(across.getMin()).isNotNegative();
                assertThat(down.getMax()).isLessThan(scene.image().height());
            }
        }
    }

    @Test
    void aMasksPixelsRiseAsItsSearchNeeds() {
        for (SceneObject object : everyObject()) {
            int[] pixels = object.mask().pixels();
            assertThat(IntStream.range(1, pixels.length).allMatch(i -> pixels[i - 1] < pixels[i]))
                    .isTrue();
        }
    }

    @Test
    void aPixelShowsOneObjectAtMost() {
        for (Scene scene : SCENES) {
            var pixels = scene.objects().stream()
                    .flatMapToInt(object -> IntStream.of(object.mask().pixels()));
            long all = scene.objects().stream()
                    .mapToLong(object -> object.mask().pixels().length)
                    .sum();

            assertThat(pixels.distinct().count()).isEqualTo(all);
        }
    }

    @Test
    void objectsHardlyOverlapAndWordsNotAtAll() {
        for (Scene scene : SCENES) {
            for (SceneObject one : scene.objects()) {
                for (SceneObject other : scene.objects()) {
                    boolean word = one.text() != null || other.text() != null;
                    // what is left of a box that another hides a tenth of may be smaller than it was
                    assertThat(one.equals(other) ? 0 : shared(one.box(), other.box()))
                            .isLessThanOrEqualTo(word ? 0 : 0.15);
                }
            }
        }
    }

    @Test
    void aShapesPixelsHaveItsColour() {
        for (Scene scene : SCENES) {
            for (SceneObject object : scene.objects()) {
                if (object.color() != null) {
                    var color = SceneColor.valueOf(object.color().toUpperCase(Locale.ROOT));
                    assertThat(shareOf(color, scene, object.mask())).isGreaterThan(0.7);
                }
            }
        }
    }

    @Test
    void aWordFillsItsRectangleAndNothingHidesIt() {
        assertThat(everyObject()).filteredOn(object -> object.text() != null).allSatisfy(object -> {
            var box = object.box();
            assertThat(object.mask().pixels()).hasSize((int) ((box.x2() - box.x1()) * (box.y2() - box.y1())));
            assertThat(object.label()).isEqualTo("text");
        });
    }

    @Test
    void anObjectIsLargeEnoughToBeRecognised() {
        assertThat(everyObject()).allSatisfy(object -> {
            var box = object.box();
            assertThat(Math.max(box.x2() - box.x1(), box.y2() - box.y1())).isBetween(16.0, 320.0);
            assertThat(object.mask().pixels()).hasSizeGreaterThan(60);
        });
    }

    private static List<SceneObject> everyObject() {
        return SCENES.stream().flatMap(scene -> scene.objects().stream()).toList();
    }

    private static List<Object> known(SceneObject object) {
        return List.of(object.label(), String.valueOf(object.color()), String.valueOf(object.text()), object.box());
    }

    private static List<List<Object>> regions(Scene scene) {
        return scene.objects().stream().map(SceneGeneratorTest::known).toList();
    }

    /** How much of the smaller box two have in common. */
    private static double shared(Box one, Box other) {
        double across = Math.min(one.x2(), other.x2()) - Math.max(one.x1(), other.x1());
        double down = Math.min(one.y2(), other.y2()) - Math.max(one.y1(), other.y1());
        double smaller = Math.min(area(one), area(other));
        return Math.max(0, across) * Math.max(0, down) / smaller;
    }

    private static double area(Box box) {
        return (box.x2() - box.x1()) * (box.y2() - box.y1());
    }

    private static double shareOf(SceneColor color, Scene scene, Mask mask) {
        int same = 0;
        for (int pixel : mask.pixels()) {
            boolean close = true;
            for (int channel = 0; channel < 3; channel++) {
                int seen = scene.image().rgb()[3 * pixel + channel] & 255;
                close &= Math.abs(seen - (color.rgb() >> (16 - 8 * channel) & 255)) <= 12;
            }
            same += close ? 1 : 0;
        }
        return (double) same / mask.pixels().length;
    }
}
