package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Caption;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Captions of whole pictures in LLaVA's form, a list: {@code id}, {@code image} and {@code conversations} (ShareGPT4V,
 * ALLaVA's LAION part). The first answer is the caption; the picture has to be there for its size.
 */
final class WholeCaptions {
    private WholeCaptions() {}

    static void read(Dataset dataset, Path file, Intake intake) throws IOException {
        JsonRecords.read(file, entry -> {
            intake.read(1);
            String image = entry.path("image").asText();
            Optional<Dimension> size = intake.size(image);
            List<Turn> turns = Osprey724k.turns(entry.path("conversations"));
            if (size.isEmpty()) {
                intake.drop("its picture is not there", 1);
                return;
            }
            if (turns.isEmpty()) {
                intake.drop("a question or an answer is empty", 1);
                return;
            }
            intake.accept(new AnnotatedPicture(
                    dataset.word(),
                    entry.path("id").asText(image),
                    image,
                    dataset.domain(),
                    size.get().width,
                    size.get().height,
                    dataset.licence(),
                    List.of(),
                    List.of(new Caption(turns.getFirst().answer(), List.of())),
                    List.of(),
                    List.of()));
        });
    }
}
