package ai.sphinxv.training.source;

import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.training.scenes.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A picture file and what lies where in it.
 *
 * @param domain {@code natural}, {@code document}, {@code ocr}, {@code web-screenshot}, {@code mobile-screenshot} or
 *     {@code multi-panel}
 * @param split {@code train} or {@code val}, where its source has such a thing
 * @param license of the picture, as its source words it
 * @param mask a PNG whose pixels' colours, red + 256 green + 65536 blue, are the regions' {@link Region#segment}
 */
public record LabelledImage(
        Path file,
        String domain,
        int width,
        int height,
        @Nullable String split,
        String license,
        @Nullable Path mask,
        List<Region> regions) {

    public LabelledImage {
        regions = List.copyOf(regions);
    }

    /** The pixels of each region that its mask shows, by {@link Region#segment}; nothing where it has no mask. */
    public Map<Integer, Mask> masks() throws IOException {
        if (mask == null) {
            return Map.of();
        }
        RgbImage colours = ImageDecoder.decode(Files.readAllBytes(mask));
        byte[] rgb = colours.rgb();
        return IntStream.range(0, rgb.length / 3)
                .boxed()
                .collect(Collectors.groupingBy(
                        pixel -> (rgb[3 * pixel] & 0xff)
                                | (rgb[3 * pixel + 1] & 0xff) << 8
                                | (rgb[3 * pixel + 2] & 0xff) << 16,
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                pixels -> new Mask(
                                        colours.width(),
                                        pixels.stream()
                                                .mapToInt(Integer::intValue)
                                                .toArray()))));
    }

    /** Its pixels. */
    public RgbImage read() throws IOException {
        return ImageDecoder.decode(Files.readAllBytes(file));
    }
}
