package ai.sphinxv.training.data;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.training.data.Picture.Thing;
import ai.sphinxv.training.scenes.Mask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Part of a photograph, mirrored or not: a few photographs then show their things at many places and sizes. */
public final class PhotoCrop {
    private static final double LEAST_SIDE = 0.45;

    /** Share of a thing that the crop has to show. */
    private static final double LEAST_SHOWN = 0.7;

    private final int left;
    private final int top;
    private final int width;
    private final int height;
    private final boolean mirrored;

    private PhotoCrop(int left, int top, int width, int height, boolean mirrored) {
        this.left = left;
        this.top = top;
        this.width = width;
        this.height = height;
        this.mirrored = mirrored;
    }

    /** A random part of the picture and what it shows. */
    public static Picture of(Picture picture, RandomGenerator random) {
        RgbImage image = picture.image();
        double side = LEAST_SIDE + (1 - LEAST_SIDE) * random.nextDouble();
        int width = Math.max(1, (int) (side * image.width()));
        int height = Math.max(1, (int) (side * image.height()));
        var crop = new PhotoCrop(
                random.nextInt(image.width() - width + 1),
                random.nextInt(image.height() - height + 1),
                width,
                height,
                random.nextBoolean());
        List<Thing> things = new ArrayList<>();
        picture.things().forEach(thing -> crop.thing(thing, image.width()).ifPresent(things::add));
        return new Picture(crop.pixels(image), picture.domain(), things);
    }

    private RgbImage pixels(RgbImage image) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = 3 * ((top + y) * image.width() + left + (mirrored ? width - 1 - x : x));
                System.arraycopy(image.rgb(), from, rgb, 3 * (y * width + x), 3);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    private Optional<Thing> thing(Thing thing, int pictureWidth) {
        Box box = thing.region().box();
        double x1 = Math.max(box.x1() - left, 0);
        double y1 = Math.max(box.y1() - top, 0);
        double x2 = Math.min(box.x2() - left, width);
        double y2 = Math.min(box.y2() - top, height);
        double shown = Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
        if (shown < LEAST_SHOWN * box.area()) {
            return Optional.empty();
        }
        Box moved = mirrored ? new Box(width - x2, y1, width - x1, y2) : new Box(x1, y1, x2, y2);
        return Optional.of(new Thing(thing.region().withBox(moved), mask(thing.mask(), pictureWidth)));
    }

    private @Nullable Mask mask(@Nullable Mask mask, int pictureWidth) {
        if (mask == null) {
            return null;
        }
        int[] pixels = Arrays.stream(mask.pixels())
                .filter(pixel -> isInside(pixel % pictureWidth - left, pixel / pictureWidth - top))
                .map(pixel -> place(pixel % pictureWidth - left, pixel / pictureWidth - top))
                .sorted()
                .toArray();
        return pixels.length == 0 ? null : new Mask(width, pixels);
    }

    private boolean isInside(int x, int y) {
        return x >= 0 && y >= 0 && x < width && y < height;
    }

    private int place(int x, int y) {
        return y * width + (mirrored ? width - 1 - x : x);
    }
}
