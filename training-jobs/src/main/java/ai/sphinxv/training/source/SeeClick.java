package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Part;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SeeClick's web pages, a list: {@code img_filename} and {@code elements} with {@code instruction} (what the element is or
 * says) and {@code bbox} [left, top, right, bottom] as shares of the picture, which has to be there.
 */
final class SeeClick {
    private SeeClick() {}

    static void read(Path file, Intake intake) throws IOException {
        JsonRecords.read(file, page -> {
            int elements = page.path("elements").size();
            intake.read(elements);
            String image = page.path("img_filename").asText();
            Optional<Dimension> size = intake.size(image);
            if (size.isEmpty()) {
                intake.drop("its picture is not there", elements);
                return;
            }
            var parts = new ArrayList<Part>();
            page.path("elements")
                    .forEach(element -> parts.add(Part.of(
                            Numbers.scaled(Numbers.of(element.path("bbox")), size.get().width, size.get().height),
                            element.path("instruction").asText())));
            intake.accept(Dataset.SEECLICK.picture(
                    image, image, size.get().width, size.get().height, parts, List.of(), List.of()));
        });
    }
}
