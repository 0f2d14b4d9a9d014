package ai.sphinxv.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.BundleException;
import ai.sphinxv.runtime.bundle.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training in processes of its own, which are killed. */
class TrainMainTest {
    /** What is being written when it is killed: each later than the one before. */
    private static final List<String> KILLED_AT = List.of(
            "features.smile.", // and what follows it: a part that is not yet renamed
            "after-regions.safetensors",
            "after-align.safetensors",
            "model.safetensors",
            "bundle/llm_decoder.onnx");

    /** {@code -Dtraining.kills=500 -Dtraining.seed=SEED} draws the instants of so many, one after the other. */
    private static final int KILLS = Integer.getInteger("training.kills", 3);

    private static final long SEED = Long.getLong("training.seed", 35);

    @TempDir
    Path folder;

    @Test
    @Timeout(300)
    void whatIsKilledAnywhereGoesOnToTheSameModelAndLeavesNoBundleThatOpensByHalf() throws Exception {
        Path recipe = recipe();
        Path undisturbed = folder.resolve("undisturbed");
        Path killed = folder.resolve("killed");
        killOnce(() -> isExported(undisturbed), start(recipe, undisturbed));

        for (String at : KILLED_AT) {
            killOnce(() -> hasBegun(killed.resolve(at)), start(recipe, killed));
            requireNoBundleByHalf(killed.resolve("bundle"));
        }
        turnABit(killed.resolve("after-finetune.safetensors"));
        cut(killed.resolve("after-align.safetensors"));
        killOnce(() -> isExported(killed), start(recipe, killed));

        assertThat(said())
                .contains("after-finetune.safetensors is not as it was written", "after-align.safetensors is not as")
                .doesNotContain("after-language.safetensors is not as");
        requireTheSame(killed, undisturbed);
    }

    /** A training that comes to its end between two kills is compared, and the next kill is another one's. */
    @Test
    void atWhateverInstantItIsKilledItGoesOnToTheSameModel() throws Exception {
        var when = new Random(SEED);
        Path recipe = recipe();
        Path undisturbed = folder.resolve("undisturbed");
        long begun = System.nanoTime();
        killOnce(() -> isExported(undisturbed), start(recipe, undisturbed));
        long whole = System.nanoTime() - begun;

        int ended = 0;
        for (int kills = 0; kills < KILLS; ) {
            Path killed = folder.resolve("killed" + ended);
            long instant = System.nanoTime() + when.nextLong(whole);
            killOnce(() -> System.nanoTime() - instant > 0 || isExported(killed), start(recipe, killed));
            requireNoBundleByHalf(killed.resolve("bundle"));
            if (isExported(killed)) {
                requireTheSame(killed, undisturbed);
                ended++;
            } else {
                kills++;
            }
        }
        Path last = folder.resolve("killed" + ended);
        killOnce(() -> isExported(last), start(recipe, last));
        requireTheSame(last, undisturbed);
        System.out.printf("Training: %d kills, %d trainings, seed %d%n", KILLS, ended + 1, SEED);
    }

    private static void requireTheSame(Path killed, Path undisturbed) throws IOException {
        String which = "%s, seed %d".formatted(killed.getFileName(), SEED);
        for (String file : List.of("features.smile", "tokenizer.json", "model.safetensors")) {
            assertThat(killed.resolve(file))
                    .as("%s of %s", file, which)
                    .hasSameBinaryContentAs(undisturbed.resolve(file));
        }
        Bundle.open(killed.resolve("bundle"));
        assertThat(Manifest.read(killed.resolve("bundle")).files())
                .as(which)
                .isEqualTo(Manifest.read(undisturbed.resolve("bundle")).files());
    }

    private static void turnABit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 4;
        Files.write(file, bytes);
    }

    private static void cut(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }

    private static void requireNoBundleByHalf(Path bundle) {
        if (Files.exists(bundle.resolve(Manifest.FILE))) {
            Bundle.open(bundle); // which looks at every byte of it
        } else {
            assertThatThrownBy(() -> Bundle.open(bundle)).isInstanceOf(BundleException.class);
        }
    }

    /** The recipe of a minute, with a few steps of each stage. */
    private Path recipe() throws IOException {
        String model = Path.of("recipes/tiny.json").toAbsolutePath().toString();
        return Files.writeString(folder.resolve("few.properties"), """
                train.model=%s
                train.processor=cpu
                train.threads=1
                train.scenes=24
                train.labels-only=true
                train.regions.steps=10
                train.regions.batch=4
                train.regions.rate=3e-3
                train.language.steps=3
                train.language.batch=4
                train.language.rate=3e-3
                train.align.steps=3
                train.align.batch=4
                train.align.rate=3e-3
                train.finetune.steps=8
                train.finetune.batch=4
                train.finetune.rate=3e-3
                train.held-out-scenes=1
                """.formatted(model));
    }

    private Process start(Path recipe, Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-Djava.awt.headless=true",
                        "-Xmx768m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainMain.class.getName(),
                        recipe.toString(),
                        output.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
    }

    /** SIGKILL as soon as it has come so far. */
    private void killOnce(Condition far, Process process) throws Exception {
        try {
            while (process.isAlive() && !far.holds()) {
                Thread.sleep(1);
            }
            assertThat(process.isAlive())
                    .as("still at work, seed %d: %s", SEED, said())
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    /** What follows is measured only, and takes minutes. */
    private static boolean isExported(Path output) {
        return Files.exists(output.resolve("bundle").resolve(Manifest.FILE));
    }

    /** Whether there is a file whose name begins so. */
    private static boolean hasBegun(Path start) throws IOException {
        Path folder = Objects.requireNonNull(start.getParent());
        if (!Files.isDirectory(folder)) {
            return false;
        }
        String name = String.valueOf(start.getFileName());
        try (var files = Files.newDirectoryStream(
                folder, file -> String.valueOf(file.getFileName()).startsWith(name))) {
            return files.iterator().hasNext();
        }
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said"));
    }
}
