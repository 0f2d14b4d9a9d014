package ai.sphinxv.training.data;

import ai.sphinxv.runtime.bundle.ModelConfig.Reader;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.text.MarkedText;
import ai.sphinxv.runtime.text.Reading;
import ai.sphinxv.training.source.Region;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the text expert reads in regions, and what of it may be taught.
 *
 * @param reader null where the model has none
 * @param limits of what the model is told
 */
public record Readings(
        @Nullable BiFunction<RgbImage, Box, Reading> reader,
        @Nullable Reader limits) {
    /** Least likeness of a reading to the true text at which it is the answer; below, nothing can be asked about it. */
    private static final double ALIKE = 0.6;

    /** As the model is told it; null if it is told nothing. */
    public @Nullable String read(RgbImage image, Box box) {
        if (reader == null || limits == null) {
            return null;
        }
        Reading reading = reader.apply(image, box);
        MarkedText told = MarkedText.of("", reading.text(), reading.confidence(), limits);
        return told == null ? null : told.text();
    }

    /** The region with the text that the model can know: true where the letters are read right, as read where nearly. */
    public static Region known(Region region, @Nullable String reading) {
        String text = region.text();
        if (text != null && (reading == null || likeness(letters(text), letters(reading)) < ALIKE)) {
            return region.withText(null);
        }
        boolean same = text != null && reading != null && letters(text).equals(letters(reading));
        return same || text == null ? region : region.withText(reading);
    }

    private static String letters(String text) {
        return text.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    }

    /** 1 less the edit distance, as a share of the longer text. */
    private static double likeness(String a, String b) {
        int distance = EditDistance.of(a.chars().toArray(), b.chars().toArray());
        return 1 - (double) distance / Math.max(1, Math.max(a.length(), b.length()));
    }
}
