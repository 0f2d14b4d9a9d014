package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same sources make the same jars, byte for byte, in another folder, at another time, with linters or without. */
class ReproducibleIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final List<String> SOURCES =
            List.of("pom.xml", "mvnw", ".mvn", "runtime", "onnx-export", "training-jobs", "functions", "src");

    /** Each makes jars. {@code -Dreproducible=functions} builds that too, which takes longer. */
    private static final List<String> MODULES =
            List.of(System.getProperty("reproducible", "runtime,onnx-export,training-jobs")
                    .split(","));

    @TempDir
    Path elsewhere;

    @Test
    @Timeout(900)
    void aBuildInAnotherFolderMakesTheSameJars() throws Exception {
        for (String source : SOURCES) {
            copy(ROOT.resolve(source));
        }
        Path log = elsewhere.resolve("log");
        var build = new ProcessBuilder(
                        "./mvnw", "-o", "-q", "-ntp", "-DskipTests", "-pl", String.join(",", MODULES), "-am", "package")
                .directory(elsewhere.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        build.environment().remove("CI");
        Process running = build.start();
        assertThat(running.waitFor(14, TimeUnit.MINUTES)).isTrue();
        assertThat(running.exitValue()).as(Files.readString(log)).isZero();

        for (String module : MODULES) {
            List<Path> jars = jars(ROOT.resolve(module));
            assertThat(jars).as(module).isNotEmpty();
            assertThat(jars(elsewhere.resolve(module))).containsExactlyElementsOf(jars);
            for (Path jar : jars) {
                assertThat(elsewhere.resolve(module).resolve(jar))
                        .hasSameBinaryContentAs(ROOT.resolve(module).resolve(jar));
            }
        }
    }

    /** All that a module's build makes, but for the dependencies of an application. */
    private static List<Path> jars(Path module) throws IOException {
        try (Stream<Path> files = Files.walk(module.resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(module::relativize)
                    .filter(file -> !file.toString().contains("/lib/"))
                    .sorted()
                    .toList();
        }
    }

    /** All of it that is no build's work. */
    private void copy(Path source) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.endsWith("target")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(elsewhere.resolve(ROOT.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, elsewhere.resolve(ROOT.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
