package ai.sphinxv;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same sources, built in another folder, are the same jars, byte for byte. But for two, which Quarkus writes in the order in
 * which its build steps ran: the classes that it changed are the same, in another order, and of those that it made some number
 * what is recorded in that order. On one thread the steps cannot run, as some wait for tasks of the same threads.
 */
class ReproducibleBuildIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final String TRANSFORMED = "functions/target/quarkus-app/quarkus/transformed-bytecode.jar";
    private static final String GENERATED = "functions/target/quarkus-app/quarkus/generated-bytecode.jar";
    private static final List<String> JARS = List.of(
            "runtime/target/sphinxv-runtime-VERSION.jar",
            "runtime/target/sphinxv-runtime-VERSION-tests.jar",
            "functions/target/sphinxv-functions-VERSION-core.jar",
            "functions/target/quarkus-app/app/sphinxv-functions-VERSION.jar",
            "functions/target/quarkus-app/lib/main/ai.sphinxv.sphinxv-runtime-VERSION.jar",
            "functions/target/quarkus-app/quarkus-run.jar");

    /** What Quarkus' recorders and what is told about settings are written into. */
    private static final String ORDERED_BY_CHANCE = "io/quarkus/(runner/recorded|runtime/generated)/.*";

    @TempDir
    Path folder;

    @Test
    void anotherFolderMakesTheSameJars() throws Exception {
        copySources();
        build();

        String version =
                Files.readString(ROOT.resolve("pom.xml")).replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
        for (String named : JARS) {
            String jar = named.replace("VERSION", version);
            assertThat(folder.resolve(jar))
                    .as("%s; what is stale in target goes with ./mvnw clean", jar)
                    .hasSameBinaryContentAs(ROOT.resolve(jar));
        }
        assertThat(differing(TRANSFORMED)).isEmpty();
        List<String> generated = differing(GENERATED);
        System.out.printf("Built twice: of what Quarkus generated %d classes differ%n", generated.size());
        assertThat(generated).allMatch(name -> name.matches(ORDERED_BY_CHANCE));
    }

    /** Entries of that jar, which has the same ones in both folders, of other content. */
    private List<String> differing(String jar) throws IOException {
        Map<String, byte[]> ours = entries(ROOT.resolve(jar));
        Map<String, byte[]> theirs = entries(folder.resolve(jar));
        assertThat(theirs.keySet()).as(jar).isEqualTo(ours.keySet());
        return ours.keySet().stream()
                .filter(name -> !Arrays.equals(ours.get(name), theirs.get(name)))
                .toList();
    }

    private static Map<String, byte[]> entries(Path jar) throws IOException {
        var entries = new TreeMap<String, byte[]>();
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    /** Offline: what the build needs has come with the one that runs this test. */
    private void build() throws Exception {
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of("./mvnw", "-B", "-ntp", "-o", "-pl", "functions", "-am"));
        command.addAll(List.of("-DskipTests", "package"));
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        Process maven = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = Packaged.end(maven, (int) TimeUnit.MINUTES.toSeconds(10));
        String said = Files.readString(log);
        assumeFalse(said.startsWith("mvnw: no"), said);
        assumeFalse(said.contains("in offline mode"), "the local repository has not all that a build needs");
        assertThat(ended).as(said).isTrue();
        assertThat(maven.exitValue()).as(said).isZero();
    }

    private void copySources() throws IOException {
        assumeTrue(Files.isExecutable(ROOT.resolve("mvnw")), "no mvnw here");
        var left = Set.of("target", ".git", "node_modules");
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                if (left.contains(String.valueOf(from.getFileName()))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(folder.resolve(ROOT.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && !left.contains(String.valueOf(from.getFileName()))) {
                    Files.copy(from, folder.resolve(ROOT.relativize(from)), COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
