package ai.sphinxv.training.pages.kit;

import ai.sphinxv.training.scenes.Split;
import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.RegionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Photographs for backgrounds: only training pictures whose licence lets anyone use and change them. */
public record Photos(List<Path> files) {
    private static final Set<String> FREE =
            Set.of("Attribution License", "Attribution-ShareAlike License", "No known copyright restrictions");

    /** Shared out by the file's place in the list: every third is held out. */
    private static final int HELD_OUT_EVERY = 3;

    static Photos of(Split split, Optional<Path> folder) throws IOException {
        if (folder.isEmpty()) {
            return new Photos(List.of());
        }
        List<Path> free = RegionFile.read(folder.get().resolve("natural.json")).stream()
                .filter(image -> "train".equals(image.split()) && FREE.contains(image.license()))
                .map(LabelledImage::file)
                .sorted()
                .toList();
        return new Photos(java.util.stream.IntStream.range(0, free.size())
                .filter(i -> (i % HELD_OUT_EVERY == 0) == (split == Split.HELD_OUT))
                .mapToObj(free::get)
                .toList());
    }
}
