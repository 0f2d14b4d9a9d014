package ai.sphinxv.training.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Features of many pictures in one file, so that a second run need not compute them again. */
public final class FeatureFile {
    private static final ObjectMapper SMILE = new SmileMapper();

    private FeatureFile() {}

    /** Gives features one by one, until there are no more. */
    public interface Source {
        Optional<PictureFeatures> next() throws IOException;
    }

    /** Writes them one by one as they come, to a temporary file that is renamed when all are there. */
    public static void write(Path file, Source pictures) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (var out = SMILE.writerFor(PictureFeatures.class).writeValues(part.toFile())) {
            for (var next = pictures.next(); next.isPresent(); next = pictures.next()) {
                out.write(next.get());
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** All of them, in their order. */
    public static List<PictureFeatures> read(Path file) throws IOException {
        try (var in = SMILE.readerFor(PictureFeatures.class).<PictureFeatures>readValues(file.toFile())) {
            return in.readAll();
        }
    }
}
