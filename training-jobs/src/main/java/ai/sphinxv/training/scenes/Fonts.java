package ai.sphinxv.training.scenes;

import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The fonts in which words are drawn: Java's three logical ones and a few text fonts, where they are installed. */
final class Fonts {
    private static final List<String> LOGICAL = List.of(Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED);

    /** A list of known text fonts, because an installed font may as well be one of symbols. */
    private static final List<String> KNOWN = List.of(
            "DejaVu Sans Condensed",
            "DejaVu Serif Condensed",
            "Liberation Sans",
            "Liberation Serif",
            "Liberation Sans Narrow",
            "Noto Sans",
            "Noto Serif",
            "Roboto",
            "Ubuntu");

    private Fonts() {}

    /** Every family in plain, bold, italic and both; fails with the cure where Java finds no font at all. */
    static List<Font> installed() {
        return of(() -> Set.of(GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames()));
    }

    static List<Font> of(Supplier<Set<String>> families) {
        Set<String> found;
        try {
            found = families.get();
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new IllegalStateException(missing(), e); // what Java throws here depends on what is missing
        }
        if (LOGICAL.containsAll(found)) {
            throw new IllegalStateException(missing());
        }
        var fonts = new ArrayList<Font>();
        for (String family : LOGICAL) {
            addStyles(fonts, family);
        }
        KNOWN.stream().filter(found::contains).forEach(family -> addStyles(fonts, family));
        return List.copyOf(fonts);
    }

    private static void addStyles(List<Font> fonts, String family) {
        for (int style : new int[] {Font.PLAIN, Font.BOLD, Font.ITALIC, Font.BOLD | Font.ITALIC}) {
            fonts.add(new Font(family, style, 1));
        }
    }

    private static String missing() {
        return "scenes need words and Java finds no font on this machine: install fontconfig, freetype and a text font, "
                + "for instance: apt-get install fontconfig libfreetype6 fonts-dejavu-core";
    }
}
