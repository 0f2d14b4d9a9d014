package ai.sphinxv.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What native code really looked up in a process that answers, as an agent in it writes down, against what GraalVM is told.
 * {@link NativeImageTest} compares with the names in the library, of which a run meets some.
 */
class JniTraceTest {
    private static final Path AGENT = Path.of("src/test/c/jnitrace.c");

    @TempDir
    static Path folder;

    private static Set<String> trace;

    @BeforeAll
    static void askOnceUnderTheAgent() throws Exception {
        Path home = Path.of(System.getProperty("java.home"));
        assumeTrue(Files.exists(home.resolve("include/jvmti.h")), "this Java has no headers for agents");
        assumeTrue(System.getProperty("os.name").equals("Linux") && compiler(), "there is no gcc for Linux here");
        Path agent = folder.resolve("libjnitrace.so");
        String include = home.resolve("include").toString();
        run(
                "gcc",
                "-shared",
                "-fPIC",
                "-Wall",
                "-Werror",
                "-Wno-unused-parameter",
                "-I" + include,
                "-I" + include + "/linux",
                "-o",
                agent.toString(),
                AGENT.toString());
        Path bundle =
                ScriptedModel.write(Files.createDirectory(folder.resolve("bundle")), "What?", " <Mark 1>: tea\n###");
        Path written = folder.resolve("trace");

        String said = run(
                home.resolve("bin/java").toString(),
                "-agentpath:" + agent + "=" + written,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AskedOnce.class.getName(),
                bundle.toString(),
                "What?");

        assertThat(said).contains("<Mark 1>: tea", "refused: ");
        trace = Set.copyOf(Files.readAllLines(written));
    }

    @Test
    void everyClassThatWasLookedUpIsAccessible() throws IOException {
        Set<String> accessible = NativeMetadata.read()
                .accessible()
                .map(entry -> entry.path("type").asText())
                .collect(Collectors.toSet());

        Set<String> looked =
                ours("class").map(line -> line.get(1).replace('/', '.')).collect(Collectors.toCollection(TreeSet::new));

        assertThat(looked).contains("ai.onnxruntime.TensorInfo", "ai.onnxruntime.OrtException");
        assertThat(accessible).containsAll(looked);
    }

    @Test
    void everyMemberThatWasLookedUpIsAConstructorThatIsListed() throws Exception {
        var listed = new TreeSet<String>();
        for (JsonNode entry : NativeMetadata.read().accessible().toList()) {
            String type = "L" + entry.path("type").asText().replace('.', '/') + ";";
            NativeMetadata.constructors(entry).forEach(descriptor -> listed.add(type + " <init> " + descriptor));
        }

        Set<String> looked = Stream.concat(ours("method"), ours("field"))
                .map(line -> String.join(" ", line.subList(1, 4)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(looked)
                .contains("Lai/onnxruntime/TensorInfo; <init> ([J[Ljava/lang/String;I)V")
                .contains("Lai/onnxruntime/OrtException; <init> (ILjava/lang/String;)V");
        assertThat(listed).containsAll(looked);
    }

    /** The lines about classes of ONNX Runtime; what the JDK's own native code looks up is known to GraalVM. */
    private static Stream<List<String>> ours(String kind) {
        return trace.stream()
                .map(line -> List.of(line.split(" ", -1)))
                .filter(line -> line.getFirst().equals(kind) && line.get(1).contains("ai/onnxruntime/"));
    }

    private static boolean compiler() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "gcc")));
    }

    /** All that it says; it has to end well. */
    private static String run(String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "said", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(log);
        assertThat(ended && process.exitValue() == 0).as(said).isTrue();
        return said;
    }
}
