package ai.sphinxv.training.pages.kit;

import ai.sphinxv.training.scenes.Split;
import java.awt.GraphicsEnvironment;
import java.util.List;
import java.util.Set;

/**
 * Font families of one split that are installed here, by what they are good for. No family is in both splits, and none of
 * one split is a renamed copy of one in the other (Nimbus and TeX Gyre stand in for the same types, so they lie together).
 */
public record Fonts(List<String> sans, List<String> serif, List<String> mono, List<String> display, List<String> math) {

    private static final Fonts TRAINING = new Fonts(
            List.of(
                    "Liberation Sans",
                    "DejaVu Sans",
                    "Roboto",
                    "Open Sans",
                    "Lato",
                    "Noto Sans",
                    "Cantarell",
                    "Cabin",
                    "Carlito",
                    "Manrope",
                    "Karla",
                    "Quicksand",
                    "Liberation Sans Narrow",
                    "DejaVu Sans Condensed",
                    "Tuffy",
                    "Linux Biolinum O",
                    "URW Gothic",
                    "Dosis"),
            List.of(
                    "Liberation Serif",
                    "DejaVu Serif",
                    "Noto Serif",
                    "EB Garamond",
                    "Linux Libertine O",
                    "Caladea",
                    "Latin Modern Roman",
                    "Charis SIL",
                    "P052",
                    "C059",
                    "GFS Didot",
                    "Roboto Slab",
                    "Yrsa"),
            List.of(
                    "Liberation Mono",
                    "DejaVu Sans Mono",
                    "Fira Code",
                    "Inconsolata",
                    "Courier Prime",
                    "Latin Modern Mono"),
            List.of(
                    "Lobster Two",
                    "Dancing Script",
                    "Bebas Neue",
                    "Comfortaa",
                    "Comic Neue",
                    "Yanone Kaffeesatz",
                    "Leckerli One",
                    "URW Bookman",
                    "Cabin Sketch"),
            List.of("Latin Modern Math", "DejaVu Math TeX Gyre"));

    private static final Fonts HELD_OUT = new Fonts(
            List.of("Inter", "PT Sans", "Oxygen-Sans", "Clear Sans", "Sora", "B612", "CMU Sans Serif", "Go"),
            List.of("PT Serif", "STIXGeneral", "Gentium", "Vollkorn", "Old Standard TT", "Cardo", "Quattrocento"),
            List.of("JetBrains Mono", "PT Mono", "B612 Mono", "Anonymous Pro", "League Mono"),
            List.of("Kaushan Script", "League Spartan", "Averia Sans GWF", "Jura", "Play"),
            List.of("STIX Math"));

    /** Fails with the cure where a kind of font has no family installed. */
    static Fonts of(Split split) {
        Set<String> found =
                Set.of(GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames());
        Fonts wanted = all(split);
        return new Fonts(
                installed(wanted.sans, found),
                installed(wanted.serif, found),
                installed(wanted.mono, found),
                withDisplay(wanted, found),
                wanted.math);
    }

    /** Installed or not. */
    static Fonts all(Split split) {
        return split == Split.HELD_OUT ? HELD_OUT : TRAINING;
    }

    /** Lettering is a plus: where there is none, words are set in the text fonts. */
    private static List<String> withDisplay(Fonts wanted, Set<String> found) {
        List<String> here = wanted.display.stream().filter(found::contains).toList();
        return here.isEmpty() ? installed(wanted.sans, found) : here;
    }

    private static List<String> installed(List<String> wanted, Set<String> found) {
        List<String> here = wanted.stream().filter(found::contains).toList();
        if (here.isEmpty()) {
            throw new IllegalStateException(
                    "pages need one of the fonts " + wanted + ": apt-get install what the package's description lists");
        }
        return here;
    }
}
