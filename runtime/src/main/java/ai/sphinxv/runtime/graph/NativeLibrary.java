package ai.sphinxv.runtime.graph;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OrtEnvironment;
import ai.sphinxv.runtime.bundle.ProcessFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime's library, laid out for as long as it is being loaded. Left alone, ONNX Runtime lays it out for as long as the
 * process lives, 28 MB that a killed process leaves in the temporary folder, and an empty folder in any case. Where it is laid
 * out already (the property {@value #PLACE}), on Windows, whose loaded libraries cannot be deleted, and where CUDA's
 * library belongs to it and is laid out when it is asked for, ONNX Runtime is left alone.
 */
final class NativeLibrary {
    private static final String PLACE = "onnxruntime.native.path";
    private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");
    private static final String OF_PROVIDERS = "onnxruntime_providers_shared";

    private NativeLibrary() {}

    /** The environment, and with it the library. */
    static OrtEnvironment load() {
        String home = home();
        if (home == null
                || System.getProperty(PLACE) != null
                || !isIn(home, NAMES)
                || isIn(home, List.of(OF_PROVIDERS))) {
            return OrtEnvironment.getEnvironment();
        }
        try (var folder = ProcessFolder.make("sphinxv-onnxruntime")) {
            for (String name : NAMES) {
                copy(home, name, folder.path());
            }
            System.setProperty(PLACE, folder.path().toString());
            try {
                return OrtEnvironment.getEnvironment();
            } finally {
                System.clearProperty(PLACE);
            }
        } catch (IOException e) { // ONNX Runtime meets the same and says it in its own words
            return OrtEnvironment.getEnvironment();
        }
    }

    private static void copy(String home, String name, Path folder) throws IOException {
        String file = System.mapLibraryName(name);
        try (InputStream in = OrtEnvironment.class.getResourceAsStream(home + file)) {
            Files.copy(requireNonNull(in, file), folder.resolve(file));
        }
    }

    private static boolean isIn(String home, List<String> names) {
        return names.stream()
                .allMatch(name -> OrtEnvironment.class.getResource(home + System.mapLibraryName(name)) != null);
    }

    /** Where ONNX Runtime's jar has the library of this system; null where it has none, or where it is left alone. */
    private static @Nullable String home() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String place = system.startsWith("linux") ? "linux" : system.startsWith("mac") ? "osx" : null;
        String machine = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64" -> "aarch64";
            default -> null;
        };
        return place == null || machine == null ? null : "/ai/onnxruntime/native/%s-%s/".formatted(place, machine);
    }
}
