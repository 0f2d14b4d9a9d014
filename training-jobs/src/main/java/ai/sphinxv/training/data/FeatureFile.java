package ai.sphinxv.training.data;

import ai.sphinxv.training.files.WholeFile;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import java.io.IOException;
import java.nio.file.Path;
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

    /** Writes them one by one as they come; the file is there when all are. */
    public static void write(Path file, Source pictures) throws IOException {
        WholeFile.write(file, stream -> {
            try (var out = SMILE.writerFor(PictureFeatures.class)
                    .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .writeValues(stream)) {
                for (var next = pictures.next(); next.isPresent(); next = pictures.next()) {
                    out.write(next.get());
                }
            }
        });
    }

    /** All of them, in their order. */
    public static List<PictureFeatures> read(Path file) throws IOException {
        try (var in = SMILE.readerFor(PictureFeatures.class).<PictureFeatures>readValues(file.toFile())) {
            return in.readAll();
        }
    }
}
