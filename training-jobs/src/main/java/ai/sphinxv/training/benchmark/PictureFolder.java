package ai.sphinxv.training.benchmark;

import ai.sphinxv.training.benchmark.Finding.NotMeasured;
import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.RegionFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A folder of labelled pictures, one {@link RegionFile} a domain. */
record PictureFolder(Path folder) {

    /** Lets the pictures of these domains be measured; where one is missing, a row of that name says so instead. */
    void measure(String name, List<String> domains, Report report, Consumer<List<LabelledImage>> measurement) {
        var pictures = new ArrayList<LabelledImage>();
        for (String domain : domains) {
            Path file = folder.resolve(domain + ".json");
            if (!Files.exists(file)) {
                report.add(name, new NotMeasured("%s is missing".formatted(Files.exists(folder) ? file : folder)));
                return;
            }
            pictures.addAll(read(file));
        }
        measurement.accept(pictures);
    }

    private static List<LabelledImage> read(Path file) {
        try {
            return RegionFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(file), e);
        }
    }
}
