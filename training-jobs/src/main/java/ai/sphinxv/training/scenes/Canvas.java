package ai.sphinxv.training.scenes;

import ai.sphinxv.runtime.image.RgbImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A scene while it is being drawn: its colours, and for every pixel which object it shows. */
final class Canvas {
    private static final byte NOBODY = -1;

    private final int width;
    private final int height;
    private final int[] rgb;
    private final byte[] owner;
    private final List<Placed> placed = new ArrayList<>();

    /** A sprite and the pixel of its top left corner. */
    private record Placed(Sprite sprite, int left, int top, double overlap) {}

    /** A canvas over a background of [height * width] 0xRRGGBB, which it draws on. */
    Canvas(int width, int height, int[] background) {
        this.width = width;
        this.height = height;
        this.rgb = background;
        this.owner = new byte[width * height];
        Arrays.fill(owner, NOBODY);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int longerSide() {
        return Math.max(width, height);
    }

    int objects() {
        return placed.size();
    }

    /** Whether a figure may stand at a pixel: neither hiding nor hidden more than its kind allows. */
    boolean hasRoom(Figure figure, int left, int top) {
        for (Placed other : placed) {
            var sprite = other.sprite();
            int across = shared(left, figure.width(), other.left(), sprite.width());
            int down = shared(top, figure.height(), other.top(), sprite.height());
            long smaller = Math.min((long) figure.width() * figure.height(), (long) sprite.width() * sprite.height());
            if (across * down > smaller * Math.min(figure.overlap(), other.overlap())) {
                return false;
            }
        }
        return true;
    }

    private static int shared(int start, int length, int otherStart, int otherLength) {
        return Math.max(0, Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart));
    }

    /** What is to be seen where a figure is to stand. */
    Patch behind(Figure figure, int left, int top) {
        var patch = new int[figure.width() * figure.height()];
        for (int y = 0; y < figure.height(); y++) {
            System.arraycopy(rgb, (top + y) * width + left, patch, y * figure.width(), figure.width());
        }
        return new Patch(patch);
    }

    /** Draws a sprite over all that is there. */
    void draw(Sprite sprite, int left, int top, double overlap) {
        byte id = (byte) placed.size();
        placed.add(new Placed(sprite, left, top, overlap));
        int[] pixels = sprite.pixels();
        for (int y = 0; y < sprite.height(); y++) {
            for (int x = 0; x < sprite.width(); x++) {
                int argb = pixels[y * sprite.width() + x];
                int at = (top + y) * width + left + x;
                rgb[at] = over(argb, rgb[at]);
                if (sprite.shows(x, y, argb)) {
                    owner[at] = id;
                }
            }
        }
    }

    private static int over(int premultiplied, int ground) {
        int through = 255 - (premultiplied >>> 24);
        int red = (premultiplied >> 16 & 255) + ((ground >> 16 & 255) * through + 127) / 255;
        int green = (premultiplied >> 8 & 255) + ((ground >> 8 & 255) * through + 127) / 255;
        int blue = (premultiplied & 255) + ((ground & 255) * through + 127) / 255;
        return red << 16 | green << 8 | blue;
    }

    /** The finished scene. */
    Scene scene() {
        var objects = new ArrayList<SceneObject>();
        for (int id = 0; id < placed.size(); id++) {
            var sprite = placed.get(id).sprite();
            objects.add(new SceneObject(sprite.label(), sprite.text(), sprite.color(), mask(id, placed.get(id))));
        }
        return new Scene(new RgbImage(width, height, bytes()), objects);
    }

    private Mask mask(int id, Placed at) {
        var pixels = new int[at.sprite().width() * at.sprite().height()];
        int count = 0;
        for (int y = at.top(); y < at.top() + at.sprite().height(); y++) {
            for (int x = at.left(); x < at.left() + at.sprite().width(); x++) {
                if (owner[y * width + x] == id) {
                    pixels[count++] = y * width + x;
                }
            }
        }
        return new Mask(width, Arrays.copyOf(pixels, count));
    }

    private byte[] bytes() {
        var bytes = new byte[rgb.length * 3];
        for (int i = 0; i < rgb.length; i++) {
            bytes[3 * i] = (byte) (rgb[i] >> 16);
            bytes[3 * i + 1] = (byte) (rgb[i] >> 8);
            bytes[3 * i + 2] = (byte) rgb[i];
        }
        return bytes;
    }
}
