package ai.sphinxv.functions;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.Manifest;
import ai.sphinxv.runtime.bundle.TokenTable;
import ai.sphinxv.runtime.graph.NativeMemory;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bundle that is replaced while questions are asked. */
@QuarkusTest
@TestProfile(ReplacementTest.Watched.class)
@Timeout(180)
class ReplacementTest {
    private static final int CLIENTS = 3;
    private static final String BOX = Drawn.request("{\"box\":[40,40,100,100]}");

    /** One model and another that says something else: its token embeddings have the other sign. */
    private static final Path ROOT = Path.of("target", "replacement").toAbsolutePath();

    private static final Path SERVED = ROOT.resolve("served"); // a link

    /** Lays the bundles out and has the link watched. */
    public static class Watched implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Files.createDirectories(ROOT);
                var embedded = new EmbeddedBundle();
                Path one = copy(embedded.unpack(), "one");
                embedded.delete();
                Path other = copy(one, "other");
                negate(other.resolve(TokenTable.SINGLE.file()));
                describe(other);
                Path damaged = copy(one, "damaged");
                negate(damaged.resolve(TokenTable.SINGLE.file())); // of which its manifest knows nothing
                serve("one");
                return Map.of("sphinxv.bundle", SERVED.toString(), "sphinxv.reload", "PT0.1S");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Inject
    LoadedModel model;

    @Test
    void everyAnswerIsWhollyOneModelsAndADamagedBundleChangesNothing() throws Exception {
        ModelAtHand.await(model);
        long sessions = held(NativeMemory.SESSION);
        Map<String, String> answers = new HashMap<>(); // by model
        for (String bundle : List.of("other", "one")) {
            replaceBy(bundle);
            answers.put(model.get().model(), ask().get("answer"));
        }
        assertThat(Set.copyOf(answers.values())).hasSize(2);

        var stop = new AtomicBoolean();
        List<Future<Integer>> clients = new ArrayList<>();
        try (var threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> askUntil(stop, answers)));
            }
            try {
                replaceBy("other");
                serve("damaged");
                Observed.await(() -> Observed.metric("sphinxv_model_replacements_total{outcome=\"refused\"}") == 1);
                assertThat(model.get().model()).isEqualTo(name("other"));
                assertThat(RestAssured.get("/q/health/ready").statusCode()).isEqualTo(200);
                replaceBy("one");
            } finally {
                stop.set(true);
            }
        }
        for (Future<Integer> client : clients) {
            assertThat(client.get()).isPositive();
        }
        Observed.await(() -> held(NativeMemory.SESSION) == sessions);
    }

    private static int askUntil(AtomicBoolean stop, Map<String, String> answers) {
        int asked = 0;
        while (!stop.get()) {
            Map<String, String> reply = ask();
            assertThat(reply.get("answer")).isEqualTo(answers.get(reply.get("model")));
            asked++;
        }
        return asked;
    }

    private static Map<String, String> ask() {
        var reply = RestAssured.given()
                .contentType("application/json")
                .body(BOX.replaceFirst("\\{", "{\"maxTokens\":24,"))
                .post("/v1/understand");
        assertThat(reply.statusCode()).as(reply.asString()).isEqualTo(200);
        return Map.of(
                "answer", reply.jsonPath().getString("answer"),
                "model", reply.jsonPath().getString("model"));
    }

    private void replaceBy(String bundle) throws IOException, InterruptedException {
        serve(bundle);
        Observed.await(() -> model.get().model().equals(name(bundle)));
    }

    private static String name(String bundle) {
        return Manifest.read(ROOT.resolve(bundle)).name();
    }

    /** As a person or a volume does it: the link is there at any time. */
    private static void serve(String bundle) throws IOException {
        Path link = ROOT.resolve("next");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, ROOT.resolve(bundle));
        Files.move(link, SERVED, ATOMIC_MOVE);
    }

    private static Path copy(Path bundle, String name) throws IOException {
        Path copy = Files.createDirectories(ROOT.resolve(name));
        try (Stream<Path> files = Files.list(bundle)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(file.getFileName());
                Files.deleteIfExists(target);
                Files.copy(file, target);
            }
        }
        return copy;
    }

    private static void negate(Path floats) throws IOException {
        byte[] bytes = Files.readAllBytes(floats);
        for (int i = 3; i < bytes.length; i += 4) {
            bytes[i] ^= (byte) 0x80;
        }
        Files.write(floats, bytes);
    }

    private static void describe(Path bundle) {
        var old = Manifest.read(bundle);
        var files = old.files().stream()
                .map(file -> Manifest.describe(bundle.resolve(file.name())))
                .toList();
        new Manifest(old.format(), old.model(), old.provenance(), files).write(bundle);
    }

    private static long held(NativeMemory kind) {
        return kind.taken() - kind.givenBack();
    }
}
