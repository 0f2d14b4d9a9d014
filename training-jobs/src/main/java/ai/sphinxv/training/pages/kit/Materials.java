package ai.sphinxv.training.pages.kit;

import ai.sphinxv.training.scenes.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What the pictures of one split are made of; two splits share no font, icon drawing, content word or photograph. */
public record Materials(Split split, Words words, Fonts fonts, Icons icons, Emoji emoji, Photos photos) {

    /**
     * Reads the split's materials.
     *
     * @param icons SVG files of the split's icon set; without it pages have no icons
     * @param emoji SVG files named by code point; without it emoji are drawn by the system's font
     * @param photos folder with {@code natural.json}; without it backgrounds are drawn
     */
    public static Materials open(Split split, Optional<Path> icons, Optional<Path> emoji, Optional<Path> photos)
            throws IOException {
        return new Materials(
                split,
                Words.of(split),
                Fonts.of(split),
                Icons.of(split, icons),
                Emoji.of(emoji),
                Photos.of(split, photos));
    }
}
