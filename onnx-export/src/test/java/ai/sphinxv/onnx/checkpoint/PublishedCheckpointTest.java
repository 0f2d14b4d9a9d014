package ai.sphinxv.onnx.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two shards with the names and shapes of the released files. A tensor is one value seen everywhere, so that all of it
 * takes a megabyte: 1 in the first shard, 2 in the second, and 0 in both where it is not cut.
 */
class PublishedCheckpointTest {
    private static final Path LIST = Path.of("../../shared/design/published-tensors.tsv");
    private static final Map<String, Shape> MODEL =
            NetworkShapes.of(ModelConfig.named("published"), 1).weights();

    @TempDir
    Path folder;

    @Test
    void theReleasedTensorsAreWhatTheNetworksAskFor() throws IOException {
        write(released(), 2);

        try (var checkpoint = PublishedCheckpoint.open(folder, MODEL)) {
            checkpoint.require(MODEL);
            assertThat(released()).hasSize(2364);

            float[] columns = checkpoint.read("layers.7.attention.wo.weight"); // cut along its second axis
            assertThat(columns).hasSize(5120 * 5120);
            assertThat(columns[0]).isEqualTo(1);
            assertThat(columns[2559]).isEqualTo(1);
            assertThat(columns[2560]).isEqualTo(2);
            assertThat(columns[5120]).isEqualTo(1);

            float[] rows = checkpoint.read("layers.7.attention.wq.weight"); // along its first
            assertThat(rows[2560 * 5120 - 1]).isEqualTo(1);
            assertThat(rows[2560 * 5120]).isEqualTo(2);

            assertThat(checkpoint.read("norm.weight")).hasSize(5120).containsOnly(0);
            assertThat(checkpoint.read("dinov2_vitg14.pos_embed")).hasSize(257 * 1536);
        }
    }

    @Test
    void theListOfReleasedTensorsIsRead() throws IOException {
        assumeTrue(Files.exists(LIST), "the released checkpoint's list lies in ../shared, which is not here");
        var shapes = new LinkedHashMap<String, Shape>();
        try (var lines = Files.lines(LIST)) {
            lines.skip(1).map(line -> line.split("\t")).forEach(cells -> shapes.put(cells[0], shape(cells[1])));
        }

        assertThat(shapes).hasSize(2364).isEqualTo(released());
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() throws IOException {
        var shapes = released();
        shapes.remove("llma.norm.weight");
        shapes.put("llma.start_img", Shape.of(1, 1, 5119));
        shapes.put("llma.lora.weight", Shape.of(2));
        write(shapes, 2);

        assertThatThrownBy(() -> PublishedCheckpoint.open(folder, MODEL))
                .isInstanceOf(CheckpointException.class)
                .hasMessageEndingWith(
                        " does not fit the model: llma.start_img has shape [1, 1, 5119] instead of [1, 1, 5120];"
                                + " llma.norm.weight is missing;"
                                + " llma.lora.weight is not of this model")
                .hasMessageContaining("consolidated.00-of-02.model.pth");
    }

    @Test
    void aShardThatIsMissingIsNamed() throws IOException {
        write(released(), 2);
        Files.delete(folder.resolve("consolidated.01-of-02.model.pth"));

        assertThatThrownBy(() -> PublishedCheckpoint.open(folder, MODEL))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(folder + " has [consolidated.00-of-02.model.pth] of the shards"
                        + " consolidated.0N-of-0M.model.pth: all M are needed");
    }

    /** Which of them were meant nobody can say: none is left out silently. */
    @Test
    void shardsOfTwoModelsInOneFolderAreRefused() throws IOException {
        write(released(), 2);
        Path first = folder.resolve("consolidated.00-of-02.model.pth");
        Path second = folder.resolve("consolidated.01-of-02.model.pth");

        Path other = Files.move(second, folder.resolve("consolidated.01-of-03.model.pth"));
        assertRefused(" has shards of more than one model: consolidated.01-of-03.model.pth"
                + " beside consolidated.00-of-02.model.pth");

        Files.move(other, second);
        Files.copy(first, folder.resolve("consolidated.0-of-02.model.pth"));
        assertRefused(" has shards of more than one model: consolidated.00-of-02.model.pth"
                + " beside consolidated.0-of-02.model.pth");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> PublishedCheckpoint.open(folder, MODEL))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(folder + message);
    }

    /** Older files have them (reference-model 2.3). */
    @Test
    void queryAndValueBiasesThatWereSavedApartAreJoined() throws IOException {
        var shapes = released();
        String block = "qformer.vision_model.encoder.layers.0.self_attn.";
        shapes.remove("llma." + block + "qkv.bias");
        shapes.put("llma." + block + "q_bias", Shape.of(1408));
        shapes.put("llma." + block + "v_bias", Shape.of(1408));
        write(shapes, 1, saved -> saved.filled("llma." + block + "v_bias", 4, 1408));

        try (var checkpoint = PublishedCheckpoint.open(folder, MODEL)) {
            float[] joined = checkpoint.read(block + "qkv.bias");

            assertThat(Arrays.copyOf(joined, 2 * 1408)).containsOnly(0);
            assertThat(Arrays.copyOfRange(joined, 2 * 1408, 3 * 1408)).containsOnly(4);
        }
    }

    private static Map<String, Shape> released() {
        var shapes = new LinkedHashMap<String, Shape>();
        MODEL.forEach((name, shape) -> shapes.put("llma." + name, shape));
        shapes.put("llma.dinov2_vitg14.pos_embed", Shape.of(1, 1370, 1536));
        shapes.put("llma.dinov2_vitg14.mask_token", Shape.of(1, 1536));
        shapes.put("llma.clip.positional_embedding", Shape.of(77, 768));
        shapes.put("llma.clip.token_embedding.weight", Shape.of(49408, 768));
        shapes.put("llma.clip.text_projection", Shape.of(768, 768));
        shapes.put("llma.clip.logit_scale", Shape.of());
        shapes.put("llma.clip.ln_final.weight", Shape.of(768));
        shapes.put("llma.clip.ln_final.bias", Shape.of(768));
        shapes.put("llma.clip.visual.proj", Shape.of(1024, 768));
        return shapes;
    }

    private void write(Map<String, Shape> shapes, int shards) throws IOException {
        write(shapes, shards, saved -> {});
    }

    private void write(Map<String, Shape> shapes, int shards, Consumer<TorchSave> more) throws IOException {
        for (int rank = 0; rank < shards; rank++) {
            var saved = new TorchSave();
            int value = rank + 1;
            shapes.forEach((name, shape) -> {
                int axis = axis(name);
                long[] sizes = shape.toArray();
                if (axis >= 0) {
                    sizes[axis] /= shards;
                }
                saved.filled(name, axis >= 0 ? value : 0, sizes);
            });
            more.accept(saved);
            saved.write(folder.resolve("consolidated.%02d-of-%02d.model.pth".formatted(rank, shards)));
        }
    }

    private static int axis(String name) {
        if (!name.startsWith("llma.layers.")) {
            return name.equals("llma.output.weight") ? 0 : name.equals("llma.tok_embeddings.weight") ? 1 : -1;
        }
        String part = name.substring(name.lastIndexOf('.', name.length() - ".weight".length() - 1) + 1);
        return switch (part) {
            case "wq.weight", "wk.weight", "wv.weight", "w1.weight", "w3.weight" -> 0;
            case "wo.weight", "w2.weight" -> 1;
            default -> -1;
        };
    }

    private static Shape shape(String text) {
        String sizes = text.substring(1, text.length() - 1);
        return sizes.isEmpty()
                ? Shape.of()
                : Shape.of(Arrays.stream(sizes.split(","))
                        .map(String::strip)
                        .mapToLong(Long::parseLong)
                        .toArray());
    }
}
