package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.training.benchmark.metrics.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where annotations and pictures lie.
 *
 * @param root of annotations, each under its published name, at most {@link #DEPTH} folders down
 * @param images pictures that do not lie beside their annotations
 */
public record DataFolder(Path root, Path images) {
    private static final int DEPTH = 4;

    /** Annotations of COCO 2014 leave this out. */
    private static final List<String> PREFIXES = List.of("", "COCO_val2014_");

    /**
     * The file of that published name, {@code refer_caption/question.jsonl} for instance. A copy whose folders became
     * part of its name, {@code ..._refer_caption_question.jsonl}, will do.
     *
     * @throws MissingDataException if there is none
     */
    public Path file(String published) throws IOException {
        return find(published)
                .orElseThrow(() -> new MissingDataException("%s is not in %s".formatted(published, root)));
    }

    /** {@link #file}, where it is there. */
    public Optional<Path> find(String published) throws IOException {
        requireThere();
        List<Path> found;
        try (Stream<Path> files = Files.find(root, DEPTH, (path, attributes) -> attributes.isRegularFile())) {
            found = files.filter(path -> isCalled(published, root.relativize(path)))
                    .sorted()
                    .toList();
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "%s is there twice, as %s and %s: leave one".formatted(published, found.get(0), found.get(1)));
        }
        return found.stream().findFirst();
    }

    /**
     * All files of such names, in their order.
     *
     * @throws MissingDataException if there is none
     */
    List<Path> files(String begin, String end) throws IOException {
        requireThere();
        try (Stream<Path> files = Files.find(root, DEPTH, (path, attributes) -> attributes.isRegularFile())) {
            List<Path> found = files.filter(path -> {
                        var name = String.valueOf(path.getFileName());
                        return name.startsWith(begin) && name.endsWith(end);
                    })
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new MissingDataException("no %s*%s is in %s".formatted(begin, end, root));
            }
            return found;
        }
    }

    private void requireThere() {
        if (!Files.isDirectory(root)) {
            throw new MissingDataException("the folder %s is not there: give -Ddata=FOLDER".formatted(root));
        }
    }

    /**
     * A picture, beside its annotations, in the folder "images" there, or in the folder of pictures.
     *
     * @param name as the annotation has it; its place, for the error
     * @throws MissingDataException if it is in none of them
     */
    Path picture(Path annotations, Field name) {
        Path beside = Objects.requireNonNull(annotations.toAbsolutePath().getParent(), "every file is in a folder");
        String text = name.text();
        for (Path folder : List.of(beside, beside.resolve("images"), images.toAbsolutePath())) {
            for (String prefix : PREFIXES) {
                Path file = folder.resolve(prefix + text).normalize();
                if (file.startsWith(folder.normalize()) && Files.isRegularFile(file)) {
                    return file;
                }
            }
        }
        throw new MissingDataException("the picture %s (%s) is neither beside %s nor in %s: give -Dimages=FOLDER"
                .formatted(text, name.place(), annotations, images));
    }

    private static boolean isCalled(String published, Path path) {
        String flat = "_" + path.toString().replace('/', '_').replace('\\', '_');
        return flat.endsWith("_" + published.replace('/', '_'));
    }
}
