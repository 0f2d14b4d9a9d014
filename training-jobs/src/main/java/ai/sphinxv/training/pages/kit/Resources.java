package ai.sphinxv.training.pages.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text files of this jar. */
public final class Resources {
    private Resources() {}

    /** A table's lines: neither empty nor comments, which begin with a number sign. */
    static List<String> lines(String name) {
        return text(name)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** The whole of a file beside the pages' code. */
    public static String text(String name) {
        try (InputStream in = Resources.class.getResourceAsStream("/ai/sphinxv/training/pages/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
