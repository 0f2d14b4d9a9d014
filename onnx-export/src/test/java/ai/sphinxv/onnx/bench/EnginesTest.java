package ai.sphinxv.onnx.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.onnx.bench.Engine.Rates;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EnginesTest {
    private static final Language SMALL = new Language(64, 2, 2, 2, 96, 21_000, 128, 1e-5, 10_000, false);

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "llama.cpp's binding is tried on Linux only")
    void llamaCppReadsTheFileThatWeWrite() throws IOException {
        try (var engine = LlamaCpp.open(SMALL, folder.resolve("small.gguf"), 1)) {
            Rates rates = engine.run(40, 5);

            assertThat(rates.prefill()).isPositive();
            assertThat(rates.decode()).isPositive();
            long weights = 21_000 * 64 + 2 * (4 * 64 * 64 + 3 * 64 * 96);
            assertThat(engine.weightBytes()).isBetween(weights * 18 / 32, weights * 18 / 32 + 4096);
        }
    }

    @Test
    void aRatioIsOfOneRoundAndTheTableOfTheirMedian() throws IOException {
        var report = new BenchReport();
        for (double noise : new double[] {1, 4, 2}) { // a machine that is slower in some rounds is so for both
            report.answers(Map.of("first question", 100 * noise));
            report.decoder("llama.cpp", 10, new Rates(100 / noise, 10 / noise), 1000 / noise);
            report.decoder("ours", 20, new Rates(150 / noise, 30 / noise), 1000 / noise);
        }

        report.write(folder);

        assertThat(Files.readString(folder.resolve("bench.md")))
                .contains("| first question | 200.0 | 1.00 |")
                .contains("| ours | 75 | 15.0 | 1.50 | 3.00 | 0.0 | 60 % |");
        assertThat(Files.readString(folder.resolve("bench.json"))).contains("\"share of memory bandwidth\"");
    }
}
