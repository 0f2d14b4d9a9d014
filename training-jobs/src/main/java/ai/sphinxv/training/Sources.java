package ai.sphinxv.training;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.training.data.PhotoCrop;
import ai.sphinxv.training.data.Picture;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.Draws;
import ai.sphinxv.training.scenes.SceneGenerator;
import ai.sphinxv.training.scenes.Split;
import ai.sphinxv.training.source.CocoNames;
import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.RegionFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The pictures that a recipe trains on, one after another. */
final class Sources {
    /** Licences under which a photograph may shape weights that are given to others. */
    private static final Set<String> FREE =
            Set.of("Attribution License", "Attribution-ShareAlike License", "No known copyright restrictions");

    private final TrainConfig recipe;
    private final Catalog catalog;

    Sources(TrainConfig recipe, Catalog catalog) {
        this.recipe = recipe;
        this.catalog = catalog;
    }

    /** Scenes and pages, each drawn or read when it is asked for, and parts of photographs. */
    List<Supplier<Picture>> pictures() throws IOException {
        var pictures = new ArrayList<Supplier<Picture>>();
        var generator = SceneGenerator.of(catalog, Split.TRAIN, recipe.seed());
        for (int n = 0; n < recipe.scenes(); n++) {
            long scene = n;
            pictures.add(() -> Picture.of(generator.scene(Split.TRAIN.index(scene))));
        }
        if (recipe.pages().isPresent()) {
            for (Path domain : regionFiles(recipe.pages().get())) {
                RegionFile.read(domain).forEach(page -> pictures.add(() -> read(page)));
            }
        }
        if (recipe.photos().isPresent()) {
            RegionFile.read(recipe.photos().get()).stream()
                    .filter(file -> "train".equals(file.split()) && FREE.contains(file.license()))
                    .forEach(file -> pictures.addAll(crops(file)));
        }
        return pictures;
    }

    /** Generated scenes that no training sees. */
    Stream<Picture> validation(int count) {
        var generator = SceneGenerator.of(catalog, Split.VALIDATION, recipe.seed());
        return LongStream.range(0, count).mapToObj(n -> Picture.of(generator.scene(Split.VALIDATION.index(n))));
    }

    private List<Supplier<Picture>> crops(LabelledImage file) {
        long name = file.file().getFileName().toString().hashCode();
        Picture photo = onlyThings(read(file)); // a few, so each is decoded once and kept for all its crops
        return LongStream.range(0, recipe.cropsOfPhoto())
                .<Supplier<Picture>>mapToObj(i -> () -> PhotoCrop.of(photo, Draws.of(recipe.seed() ^ name, i)))
                .toList();
    }

    /** A photograph with the objects that the object expert knows, under a domain of its own. */
    private static Picture onlyThings(Picture photo) {
        RgbImage image = photo.image();
        return new Picture(
                image,
                Picture.PHOTO,
                photo.things().stream()
                        .filter(thing -> CocoNames.ALL.contains(thing.region().label()))
                        .toList());
    }

    private static List<Path> regionFiles(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static Picture read(LabelledImage file) {
        try {
            return Picture.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.file() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
