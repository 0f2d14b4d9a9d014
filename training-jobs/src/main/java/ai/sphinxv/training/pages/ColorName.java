package ai.sphinxv.training.pages;

import java.awt.Color;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The everyday name of a colour, where nobody would argue. */
final class ColorName {
    private static final Pattern RGB = Pattern.compile("rgba?\\((\\d+), (\\d+), (\\d+)(?:, ([\\d.]+))?\\)");
    private static final Pattern WORD = Pattern.compile("[a-z]+");

    private ColorName() {}

    /** Of {@code rgb(r, g, b)}; a plain word is taken as it is; empty for what is seen through. */
    static Optional<String> ofCss(String css) {
        Matcher rgb = RGB.matcher(css);
        if (!rgb.matches()) {
            return WORD.matcher(css).matches() ? Optional.of(css) : Optional.empty();
        }
        if (rgb.group(4) != null && Double.parseDouble(rgb.group(4)) < 0.95) {
            return Optional.empty();
        }
        return of(Integer.parseInt(rgb.group(1)), Integer.parseInt(rgb.group(2)), Integer.parseInt(rgb.group(3)));
    }

    static Optional<String> of(int red, int green, int blue) {
        float[] hsb = Color.RGBtoHSB(red, green, blue, null);
        double hue = 360 * hsb[0];
        double saturation = hsb[1];
        double value = hsb[2];
        if (value < 0.17) {
            return Optional.of("black");
        }
        if (saturation < 0.1) {
            return gray(value);
        }
        if (saturation < 0.3 || value < 0.3) {
            return Optional.empty();
        }
        return hued(hue, saturation, value);
    }

    private static Optional<String> gray(double value) {
        if (value > 0.95) {
            return Optional.of("white");
        }
        return value > 0.3 && value < 0.85 ? Optional.of("gray") : Optional.empty();
    }

    private static Optional<String> hued(double hue, double saturation, double value) {
        boolean pale = saturation < 0.6 && value > 0.8;
        if (hue < 10 || hue > 348) {
            return pale ? Optional.of("pink") : saturation > 0.6 && value > 0.5 ? Optional.of("red") : Optional.empty();
        }
        if (hue > 14 && hue < 42) {
            if (value < 0.62 && saturation > 0.4) {
                return Optional.of("brown");
            }
            return value > 0.82 && saturation > 0.65 && hue > 17 && hue < 40 ? Optional.of("orange") : Optional.empty();
        }
        if (hue > 46 && hue < 62) {
            return value > 0.75 && saturation > 0.5 ? Optional.of("yellow") : Optional.empty();
        }
        if (hue > 85 && hue < 162) {
            return saturation > 0.35 ? Optional.of("green") : Optional.empty();
        }
        if (hue > 198 && hue < 248) {
            return saturation > 0.45 ? Optional.of("blue") : Optional.empty();
        }
        if (hue > 262 && hue < 295) {
            return saturation > 0.35 ? Optional.of("purple") : Optional.empty();
        }
        return hue > 312 && hue < 345 && value > 0.75 ? Optional.of("pink") : Optional.empty();
    }
}
