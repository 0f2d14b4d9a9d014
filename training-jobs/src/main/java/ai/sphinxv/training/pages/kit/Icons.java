package ai.sphinxv.training.pages.kit;

import ai.sphinxv.training.scenes.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Icons by the name that a person would say; each split has its own drawings of the same names. */
public final class Icons {
    private final Map<String, String> svg;

    private Icons(Map<String, String> svg) {
        this.svg = svg;
    }

    /**
     * Those of a folder.
     *
     * @param folder of the split's own set: lucide's for training, Material Design's for held-out pages
     */
    static Icons of(Split split, Optional<Path> folder) throws IOException {
        Map<String, String> svg = new LinkedHashMap<>();
        if (folder.isPresent()) {
            for (String line : Resources.lines("icons.tsv")) {
                String[] names = line.split("\t");
                Path file = folder.get().resolve(names[split == Split.HELD_OUT ? 2 : 1] + ".svg");
                svg.put(names[0], inline(Files.readString(file)));
            }
        }
        return new Icons(svg);
    }

    /** The drawing of an icon as inline SVG in the current colour; empty where there is no icon set. */
    public String svg(String name) {
        if (svg.isEmpty()) {
            return "";
        }
        String found = svg.get(name);
        if (found == null) {
            throw new IllegalArgumentException("icons.tsv has no icon " + name);
        }
        return found;
    }

    public boolean isEmpty() {
        return svg.isEmpty();
    }

    public List<String> names() {
        return List.copyOf(svg.keySet());
    }

    private static String inline(String file) {
        return file.substring(file.indexOf("<svg"))
                .replaceFirst("<svg[^>]*?(fill=\"none\"[^>]*)?>", "<svg viewBox='0 0 24 24' $1>")
                .replaceAll("\\s+", " ");
    }
}
