package ai.sphinxv.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import ai.sphinxv.onnx.checkpoint.Checkpoint;
import ai.sphinxv.onnx.checkpoint.CheckpointException;
import ai.sphinxv.onnx.checkpoint.Safetensors;
import ai.sphinxv.onnx.graph.HalfStored;
import ai.sphinxv.onnx.graph.LinearFormat;
import ai.sphinxv.onnx.graph.LinearFormat.Float32;
import ai.sphinxv.onnx.graph.Numbers;
import ai.sphinxv.onnx.graph.OnnxGraph;
import ai.sphinxv.onnx.graph.Value;
import ai.sphinxv.onnx.network.LlamaDecoder;
import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.onnx.network.VisionEncoder;
import ai.sphinxv.onnx.network.VisualPromptEncoder;
import ai.sphinxv.onnx.network.VisualPromptEncoder.Marks;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Manifest;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.ModelConfig.Regions;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.bundle.TokenTable;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a trained model as a bundle: three subgraphs, the table of token embeddings, the tokenizer, the text reader if
 * the model has one, and last of all the manifest, so that a folder left by a broken export does not open. The same export
 * into such a folder goes on where the other one was stopped.
 */
public final class BundleExporter {
    private static final String BATCH = "batch";
    private static final int PIECE = 1 << 22; // numbers

    /** Of the files of weights; another one as soon as the same weights are written in another way. */
    private static final int LAYOUT = 2;

    private final ModelConfig config;
    private final Checkpoint checkpoint;
    private final Precision precision;
    private final Path bundle;

    private BundleExporter(ModelConfig config, Checkpoint checkpoint, Precision precision, Path bundle) {
        this.config = config;
        this.checkpoint = checkpoint;
        this.precision = precision;
        this.bundle = bundle;
    }

    /** A safetensors file in full precision. */
    public static void export(
            ModelConfig config,
            Path checkpoint,
            Path tokenizer,
            @Nullable Path reader,
            Path bundle,
            Provenance provenance)
            throws IOException {
        try (var weights = Safetensors.open(checkpoint)) {
            export(config, weights, Precision.FULL, tokenizer, reader, bundle, provenance);
        }
    }

    /**
     * @param checkpoint whose names and shapes are exactly the model's
     * @param tokenizer tokenizer.json of the model's vocabulary
     * @param reader folder with the files of {@link Bundle#readers}, for a model that reads text
     * @param bundle folder to write; a bundle that lies there is replaced
     * @throws ai.sphinxv.onnx.checkpoint.CheckpointException if the checkpoint is not of this model, naming every fault
     */
    public static void export(
            ModelConfig config,
            Checkpoint checkpoint,
            Precision precision,
            Path tokenizer,
            @Nullable Path reader,
            Path bundle,
            Provenance provenance)
            throws IOException {
        if (config.reader() != null && reader == null) {
            throw new IllegalArgumentException(
                    "the model %s reads text: say where its reader lies".formatted(config.name()));
        }
        checkpoint.require(NetworkShapes.of(config, 1).weights());
        Files.createDirectories(bundle);
        Files.deleteIfExists(bundle.resolve(Manifest.FILE));
        var exporter = new BundleExporter(config, checkpoint, precision, bundle);
        exporter.visionEncoder();
        exporter.promptEncoder();
        exporter.decoder();
        exporter.tokenEmbedding();
        exporter.copy(tokenizer, Bundle.TOKENIZER);
        if (reader != null) {
            for (String name : Bundle.readers(config)) {
                exporter.reader(reader.resolve(name), name);
            }
        }
        writeManifest(config, bundle, provenance);
        for (Subgraph subgraph : Subgraph.values()) {
            OnnxGraph.forget(bundle.resolve(subgraph.file()));
        }
    }

    /** Describes the files that lie in the folder. Also for a bundle whose provenance has grown. */
    public static void writeManifest(ModelConfig config, Path bundle, Provenance provenance) {
        var graphs = Stream.of(Subgraph.values()).flatMap(graph -> Stream.of(graph.file(), graph.weights()));
        var tokens = Files.exists(bundle.resolve(TokenTable.HALF.file())) ? TokenTable.HALF : TokenTable.SINGLE;
        var names =
                Stream.concat(graphs, Bundle.needed(config, tokens).stream()).distinct();
        var files = names.map(name -> Manifest.describe(bundle.resolve(name))).toList();
        new Manifest(Manifest.FORMAT, config, provenance, files).write(bundle);
    }

    private void visionEncoder() throws IOException {
        long size = config.image().size();
        try (var graph = graph(Subgraph.VISION_ENCODER, precision.vision(), precision.numbers())) {
            Value image = graph.input(Subgraph.IMAGE, List.of(BATCH, 3L, size, size));
            Value visible = graph.input(Subgraph.VISIBLE, List.of(BATCH, (long) ModelConfig.VIEWS));
            var seen = VisionEncoder.forward(graph, config, image, visible);
            graph.output(Subgraph.IMAGE_EMBEDS, seen.embeds(), List.of(BATCH, (long) config.imageTokens(), width()));
            if (seen.objects() != null) {
                graph.output(Subgraph.OBJECT_MAP, seen.objects(), List.of(BATCH, (long) config.objectChannels(), (long)
                        config.objectCells()));
            }
            graph.write();
        }
    }

    private void promptEncoder() throws IOException {
        long slots = config.prompts().slots();
        try (var graph = graph(Subgraph.PROMPT_ENCODER, new Float32(), Numbers.SINGLE)) {
            Value corners = graph.input(Subgraph.CORNERS, List.of(BATCH, slots, 4L));
            Value isBox = graph.input(Subgraph.IS_BOX, List.of(BATCH, slots, 1L));
            Value isValid = graph.input(Subgraph.IS_VALID, List.of(BATCH, slots, 1L));
            Value cuts = null;
            var regions = config.regions();
            if (regions != null) {
                long crop = regions.crop();
                cuts = graph.input(Subgraph.REGION_CUTS, List.of(BATCH, "marks", (long) Regions.CUTS, 3L, crop, crop));
            }
            Value objects = null;
            if (cuts != null && config.objectChannels() > 0) {
                objects = graph.input(Subgraph.OBJECTS, List.of(BATCH, "marks", (long) config.objectChannels()));
            }
            Value embeds =
                    VisualPromptEncoder.forward(graph, config, new Marks<>(corners, isBox, isValid, cuts, objects));
            graph.output(Subgraph.PROMPT_EMBEDS, embeds, List.of(BATCH, (long) config.promptTokens(), width()));
            graph.write();
        }
    }

    /** Prefill and step in one graph; only the last position's logits, since no other is ever asked for. */
    private void decoder() throws IOException {
        Language language = config.language();
        try (var graph = graph(Subgraph.LLM_DECODER, precision.language(), precision.numbers())) {
            Value embeds = graph.input(Subgraph.INPUTS_EMBEDS, List.of(BATCH, "sequence", width()));
            graph.integers(Subgraph.SEQLENS_K, List.of(BATCH));
            graph.integers(Subgraph.TOTAL_SEQUENCE_LENGTH, List.of());
            Value logits = LlamaDecoder.logits(graph, language, LlamaDecoder.last(graph, language, embeds));
            graph.output(Subgraph.LOGITS, logits, List.of(BATCH, 1L, (long) language.vocabulary()));
            graph.write();
        }
    }

    private void tokenEmbedding() throws IOException {
        String name = "tok_embeddings.weight";
        long count = checkpoint.shape(name).count();
        TokenTable table = precision.tokens();
        for (TokenTable other : TokenTable.values()) { // of an earlier export
            Files.deleteIfExists(bundle.resolve(other.file()));
        }
        write(table.file(), out -> {
            for (long from = 0; from < count; from += PIECE) {
                float[] piece = new float[(int) Math.min(PIECE, count - from)];
                checkpoint.read(name, from, piece);
                out.write(bytes(piece, table));
            }
        });
    }

    private static byte[] bytes(float[] numbers, TokenTable table) {
        var bytes = ByteBuffer.allocate(numbers.length * table.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (table) {
            case SINGLE -> bytes.asFloatBuffer().put(numbers);
            case HALF -> {
                for (float number : numbers) {
                    short half = Float.floatToFloat16(number);
                    if (Float.isFinite(number) && !Float.isFinite(Float.float16ToFloat(half))) {
                        throw new CheckpointException(
                                "tok_embeddings.weight has %s, which 16 bits do not hold: use -Dprecision=full"
                                        .formatted(number));
                    }
                    bytes.putShort(half);
                }
            }
        }
        return bytes.array();
    }

    private void copy(Path from, String name) throws IOException {
        write(name, out -> Files.copy(from, out));
    }

    /** A network's weights as halves, which no reading showed; its characters as they are. */
    private void reader(Path from, String name) throws IOException {
        if (name.endsWith(".onnx")) {
            byte[] halved = HalfStored.of(Files.readAllBytes(from));
            write(name, out -> out.write(halved));
        } else {
            copy(from, name);
        }
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** A file of the bundle, all of it or nothing. */
    private void write(String name, Content content) throws IOException {
        Path part = bundle.resolve(name + ".part");
        try (var channel = FileChannel.open(part, CREATE, TRUNCATE_EXISTING, WRITE);
                var out = Channels.newOutputStream(channel)) {
            content.write(out);
            channel.force(true);
        } catch (FileSystemException e) { // which names its file, as one that is not there
            throw e;
        } catch (IOException e) { // a full disk does not
            throw new IOException("%s cannot be written: %s".formatted(part, e.getMessage()), e);
        }
        Files.move(part, bundle.resolve(name), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private OnnxGraph graph(Subgraph subgraph, LinearFormat linear, Numbers numbers) throws IOException {
        return new OnnxGraph(bundle.resolve(subgraph.file()), linear, numbers, checkpoint::read, conversion());
    }

    /** Of the same name nothing is written twice, of another one everything: it stands for all that decides on the bytes. */
    private String conversion() {
        try {
            String all = String.join(
                    "\n",
                    "layout " + LAYOUT,
                    new ObjectMapper().writeValueAsString(config),
                    precision.toString(),
                    checkpoint.identity());
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private long width() {
        return config.language().width();
    }
}
