package ai.sphinxv.training.source;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Our own {@link RegionFile}s: one, or a folder of them with one a domain. Rendered pages have this form too. */
final class RegionPictures {
    private RegionPictures() {}

    static void read(Path from, Intake intake) throws IOException {
        List<Path> files = Files.isDirectory(from) ? FolderFiles.of(from, ".json") : List.of(from);
        for (Path file : files) {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "every file is in a folder");
            for (LabelledImage image : RegionFile.read(file)) {
                intake.read(image.regions().size());
                intake.accept(picture(
                        image, String.valueOf(folder.relativize(image.file().toAbsolutePath())), intake));
            }
        }
    }

    private static AnnotatedPicture picture(LabelledImage image, String name, Intake intake) {
        var parts = new ArrayList<Part>();
        for (Region region : image.regions()) {
            if (region.ignored()) {
                intake.drop("its source says not to count it", 1);
            } else {
                Box box = region.box();
                parts.add(new Part(
                        new double[] {box.x1(), box.y1(), box.x2(), box.y2()},
                        region.label(),
                        region.text(),
                        List.of(),
                        null));
            }
        }
        return new AnnotatedPicture(
                Dataset.REGIONS.word(),
                name,
                name,
                PictureDomain.of(image.domain()),
                image.width(),
                image.height(),
                image.license(),
                parts,
                List.of(),
                List.of(),
                List.of());
    }
}
