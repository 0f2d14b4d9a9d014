package ai.sphinxv.training.data;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.training.scenes.Mask;
import ai.sphinxv.training.scenes.Scene;
import ai.sphinxv.training.scenes.SceneObject;
import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.Region;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A picture and what lies where in it, wherever it comes from.
 *
 * @param domain what kind of picture, see {@link LabelledImage}
 */
public record Picture(RgbImage image, String domain, List<Thing> things) {
    /** Domain of parts of photographs whose things the object expert knows. */
    public static final String PHOTO = "photo";

    public Picture {
        things = List.copyOf(things);
    }

    /** @param mask the pixels that show it, where they are known */
    public record Thing(Region region, @Nullable Mask mask) {}

    /** A generated scene. */
    public static Picture of(Scene scene) {
        return new Picture(
                scene.image(),
                "scene",
                scene.objects().stream()
                        .map(object -> new Thing(region(object), object.mask()))
                        .toList());
    }

    /** What is known of a scene's object, as of a region of any picture. */
    static Region region(SceneObject object) {
        Map<String, String> attributes = object.color() == null ? Map.of() : Map.of("color", object.color());
        return new Region(object.box(), object.label(), object.text(), attributes, null, -1, false);
    }

    /** A labelled file; its regions that are not to be counted are left out. */
    public static Picture of(LabelledImage file) throws IOException {
        RgbImage image = file.read();
        Map<Integer, Mask> masks = file.masks();
        return new Picture(
                image,
                file.domain(),
                file.regions().stream()
                        .filter(region -> !region.ignored())
                        .map(region -> new Thing(named(file, region), masks.get(region.segment())))
                        .toList());
    }

    /** On pages a line of text is part of something that has a class; in the wild it is the thing itself. */
    private static Region named(LabelledImage file, Region region) {
        return file.domain().equals("ocr") && region.label().equals(Region.TEXT_LINE)
                ? region.withLabel("text")
                : region;
    }
}
