package ai.sphinxv.runtime;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.BundleException;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody puts another graph into a bundle, after its digest was checked and before it is opened, and takes it out again. */
class BundleSwapTest {
    private static final int OPENINGS = 60;
    private static final long LONGEST_OPENING = 30_000_000;

    private static final Question QUESTION =
            Question.of(new RgbImage(4, 2, new byte[24]), List.of(new Box(0, 0, 2, 2)), "What?");

    @TempDir
    Path temporary;

    @Test
    @Timeout(120)
    void whatAnswersIsWhatWasCheckedOrNothing() throws Exception {
        Path bundle = ScriptedModel.write(Files.createDirectory(temporary.resolve("bundle")), "What?", " A cup.");
        Path other = ScriptedModel.write(Files.createDirectory(temporary.resolve("other")), "What?", " A dog.");
        Path graph = bundle.resolve(Subgraph.LLM_DECODER.file());
        Path good = Files.copy(graph, temporary.resolve("good"));
        Path bad = other.resolve(Subgraph.LLM_DECODER.file());
        assertThat(Files.size(bad)).isEqualTo(Files.size(good));

        Set<String> outcomes = new HashSet<>();
        var random = new Random(5);
        for (int i = 0; i < OPENINGS; i++) {
            long at = System.nanoTime() + random.nextLong(LONGEST_OPENING);
            Thread intruder = Thread.ofPlatform().start(() -> {
                await(at);
                put(bad, graph);
                await(at + LONGEST_OPENING / 3);
                put(good, graph);
            });
            outcomes.add(outcome(bundle));
            intruder.join();
        }

        assertThat(outcomes)
                .doesNotContain("A dog.")
                .anyMatch(outcome -> outcome.contains(" was changed or replaced while the bundle was opened"));
    }

    /** What it answers, or why it does not open. */
    private static String outcome(Path bundle) {
        try (var model = SphinxV.open(bundle, RuntimeOptions.defaults())) {
            return model.answer(QUESTION).text();
        } catch (BundleException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void await(long nanoTime) {
        while (System.nanoTime() < nanoTime) {
            Thread.onSpinWait();
        }
    }

    private void put(Path content, Path graph) {
        try {
            Files.move(Files.copy(content, temporary.resolve("new")), graph, ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
