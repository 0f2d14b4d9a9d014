package ai.sphinxv.training.pages.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Pictures of common things by noun: glyphs of the system's emoji font, or SVG files of another drawing. */
public final class Emoji {
    private static final int EMOJI_STYLE = 0xFE0F;

    private final Map<String, String> characters;
    private final Map<String, String> drawings;

    private Emoji(Map<String, String> characters, Map<String, String> drawings) {
        this.characters = characters;
        this.drawings = drawings;
    }

    /**
     * The nouns of emoji.tsv; those that the folder does not draw are left out.
     *
     * @param folder SVG files named by code points in hexadecimal, joined by hyphens
     */
    static Emoji of(Optional<Path> folder) throws IOException {
        Map<String, String> characters = new LinkedHashMap<>();
        Map<String, String> drawings = new LinkedHashMap<>();
        for (String line : Resources.lines("emoji.tsv")) {
            String[] entry = line.split("\t");
            if (folder.isEmpty()) {
                characters.put(entry[0], entry[1]);
            } else if (Files.exists(file(folder.get(), entry[1]))) {
                characters.put(entry[0], entry[1]);
                drawings.put(entry[0], dataUrl(Files.readString(file(folder.get(), entry[1]))));
            }
        }
        return new Emoji(characters, drawings);
    }

    public List<String> names() {
        return List.copyOf(characters.keySet());
    }

    /** The character that the system's font draws in colours. */
    public String character(String name) {
        String character = characters.get(name);
        if (character == null) {
            throw new IllegalArgumentException("emoji.tsv has no " + name);
        }
        return character + Character.toString(EMOJI_STYLE);
    }

    /** The drawing as a data URL, where this set has its own. */
    public Optional<String> drawing(String name) {
        return Optional.ofNullable(drawings.get(name));
    }

    /** An element of so many pixels that shows it. */
    public String html(String name, int size) {
        return drawing(name)
                .map(url -> "<img alt='' style='width:%1$dpx;height:%1$dpx' src='%2$s'>".formatted(size, url))
                .orElse("<span data-no-lines style=\"font:%dpx/1.2 'Noto Color Emoji'\">%s</span>"
                        .formatted(size * 5 / 6, character(name)));
    }

    static String dataUrl(String svg) {
        String sized = svg.contains(" width=") ? svg : svg.replaceFirst("<svg", "<svg width='512' height='512'");
        return "data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(sized.getBytes(StandardCharsets.UTF_8));
    }

    private static Path file(Path folder, String character) {
        return folder.resolve(
                character.codePoints().mapToObj(Integer::toHexString).collect(Collectors.joining("-")) + ".svg");
    }
}
