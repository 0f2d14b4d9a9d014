package ai.sphinxv.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.SeenImage;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Manifest;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What this repository carries. */
class EmbeddedBundleTest {
    private static final Path CARRIED = Path.of("src/main/resources/nano");
    private static final long LARGEST = 60_000_000;

    @Test
    void theCarriedModelIsSmallWholeAndSaysWhereItComesFrom() {
        assumeTrue(Files.exists(CARRIED.resolve(Manifest.FILE)), "this checkout carries no model");

        var manifest = Bundle.open(CARRIED).manifest(); // checks every file's size and digest

        assertThat(manifest.files().stream()
                        .mapToLong(Manifest.BundleFile::bytes)
                        .sum())
                .isLessThanOrEqualTo(LARGEST);
        assertThat(manifest.provenance().trainedBy()).startsWith("./mvnw -Ptrain");
        assertThat(manifest.provenance().commit()).matches("[0-9a-f]{40}");
        assertThat(manifest.provenance().measured()).containsKey("parity with LibTorch");
    }

    @Test
    void aPictureThatItHasReadIsAnsweredOfTheSame() {
        assumeTrue(Files.exists(CARRIED.resolve(Manifest.FILE)), "this checkout carries no model");
        byte[] pixels = new byte[3 * 90 * 60];
        new Random(4).nextBytes(pixels);
        var question = Question.of(
                new RgbImage(90, 60, pixels),
                List.of(new Box(5, 5, 40, 30), new Box(50, 20, 80, 50)),
                "Please provide a detailed description of each marked region in the image.");

        try (var model = SphinxV.open(CARRIED, RuntimeOptions.defaults())) {
            var kept = new ArrayList<SeenImage>();
            String first = model.answer(question, event -> {}, kept::add).text();

            assertThat(kept.getFirst().read()).isNotNull();
            assertThat(model.answer(question, kept.getFirst(), event -> {}).text())
                    .isEqualTo(first);
            assertThat(model.answer(question).text()).isEqualTo(first);
        }
    }
}
