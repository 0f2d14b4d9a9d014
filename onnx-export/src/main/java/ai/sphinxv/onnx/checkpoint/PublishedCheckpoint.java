package ai.sphinxv.onnx.checkpoint;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The released SPHINX-V checkpoint as the networks ask for it (reference-model 2): shards merged, the prefix and what no
 * network uses taken off, DINOv2's position table baked for the views' grid, BLIP-2's biases joined.
 */
public final class PublishedCheckpoint implements Checkpoint {
    private static final String PREFIX = "llma.";
    private static final Pattern FILE = Pattern.compile("consolidated\\.(\\d{1,4})-of-(\\d{1,4})\\.model\\.pth");
    private static final Pattern FIRST_AXIS = Pattern.compile(
            "llma\\.(output\\.weight|layers\\.\\d+\\.(attention\\.w[qkv]|feed_forward\\.w[13])\\.weight)");
    private static final Pattern SECOND_AXIS = Pattern.compile(
            "llma\\.(tok_embeddings\\.weight|layers\\.\\d+\\.(attention\\.wo|feed_forward\\.w2)\\.weight)");

    /** CLIP's text half, its unused projection, DINOv2's mask token. */
    private static final Map<String, Shape> UNUSED = Map.of(
            "clip.positional_embedding", Shape.of(77, 768),
            "clip.token_embedding.weight", Shape.of(49408, 768),
            "clip.text_projection", Shape.of(768, 768),
            "clip.logit_scale", Shape.of(),
            "clip.ln_final.weight", Shape.of(768),
            "clip.ln_final.bias", Shape.of(768),
            "clip.visual.proj", Shape.of(1024, 768),
            "dinov2_vitg14.mask_token", Shape.of(1, 1536));

    private static final String POSITIONS = "dinov2_vitg14.pos_embed";
    private static final int POSITION_GRID = 37;

    private static final String QKV_BIAS = "self_attn.qkv.bias";
    private static final List<String> SEPARATE_BIASES = List.of("self_attn.q_bias", "self_attn.v_bias");

    private final Checkpoint released;
    private final Map<String, Shape> model;

    private PublishedCheckpoint(Checkpoint released, Map<String, Shape> model) {
        this.released = released;
        this.model = model;
    }

    /**
     * Opens {@code consolidated.0N-of-0M.model.pth}, all M of them.
     *
     * @param model names and shapes that the networks ask for
     * @throws CheckpointException if a shard is missing or damaged, or naming every tensor that is missing, left over or
     *     of another shape
     */
    public static PublishedCheckpoint open(Path folder, Map<String, Shape> model) throws IOException {
        List<Checkpoint> shards = new ArrayList<>();
        try {
            for (Path file : files(folder)) {
                shards.add(PyTorchFile.open(file));
            }
            var merged = new MergedShards(shards, PublishedCheckpoint::axis);
            merged.require(released(merged, model));
            return new PublishedCheckpoint(merged, Map.copyOf(model));
        } catch (IOException | RuntimeException e) {
            for (Checkpoint shard : shards) {
                shard.close();
            }
            throw e;
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        var byRank = new TreeMap<Integer, Path>();
        int count = 0;
        List<Path> all;
        try (var files = Files.list(folder)) {
            all = files.sorted().toList();
        }
        for (Path file : all) {
            Matcher name = FILE.matcher(file.getFileName().toString());
            if (name.matches()) {
                int of = Integer.parseInt(name.group(2));
                Path other = byRank.put(Integer.parseInt(name.group(1)), file);
                if (other != null || count != 0 && of != count) {
                    throw new CheckpointException("%s has shards of more than one model: %s beside %s"
                            .formatted(
                                    folder,
                                    file.getFileName(),
                                    (other == null ? byRank.firstEntry().getValue() : other).getFileName()));
                }
                count = of;
            }
        }
        if (byRank.isEmpty() || byRank.size() != count || byRank.lastKey() != count - 1) {
            throw new CheckpointException("%s has %s of the shards consolidated.0N-of-0M.model.pth: all M are needed"
                    .formatted(
                            folder,
                            byRank.isEmpty()
                                    ? "none"
                                    : byRank.values().stream()
                                            .map(Path::getFileName)
                                            .toList()));
        }
        return List.copyOf(byRank.values());
    }

    private static int axis(String name) {
        if (FIRST_AXIS.matcher(name).matches()) {
            return 0;
        }
        return SECOND_AXIS.matcher(name).matches() ? 1 : MergedShards.WHOLE;
    }

    /** What the file has to have for this model. */
    private static Map<String, Shape> released(Checkpoint merged, Map<String, Shape> model) {
        var shapes = new LinkedHashMap<String, Shape>();
        model.forEach((name, shape) -> {
            if (name.equals(POSITIONS)) {
                long width = shape.sizes().getLast();
                shapes.put(PREFIX + name, Shape.of(1, 1 + POSITION_GRID * POSITION_GRID, width));
            } else if (name.endsWith(QKV_BIAS) && !merged.names().contains(PREFIX + name)) {
                separate(name)
                        .forEach(bias -> shapes.put(bias, Shape.of(shape.sizes().getFirst() / 3)));
            } else {
                shapes.put(PREFIX + name, shape);
            }
        });
        new TreeMap<>(UNUSED).forEach((name, shape) -> shapes.put(PREFIX + name, shape));
        return shapes;
    }

    /** Names of the query's and the value's bias in files that keep them apart; the key has none. */
    private static List<String> separate(String joined) {
        String block = PREFIX + joined.substring(0, joined.length() - QKV_BIAS.length());
        return SEPARATE_BIASES.stream().map(name -> block + name).toList();
    }

    @Override
    public Set<String> names() {
        return model.keySet();
    }

    @Override
    public Shape shape(String name) {
        Shape shape = model.get(name);
        if (shape == null) {
            throw new CheckpointException("%s has no tensor %s".formatted(this, name));
        }
        return shape;
    }

    @Override
    public void read(String name, long from, float[] into) {
        Shape shape = shape(name);
        if (name.equals(POSITIONS)) {
            System.arraycopy(positions(shape), Math.toIntExact(from), into, 0, into.length);
        } else if (name.endsWith(QKV_BIAS) && !released.names().contains(PREFIX + name)) {
            float[] bias = joined(name, Math.toIntExact(shape.sizes().getFirst()));
            System.arraycopy(bias, Math.toIntExact(from), into, 0, into.length);
        } else {
            released.read(PREFIX + name, from, into);
        }
    }

    private float[] positions(Shape shape) {
        int cells = Math.toIntExact(shape.sizes().get(1)) - 1;
        return PositionTable.resized(
                released.read(PREFIX + POSITIONS),
                POSITION_GRID,
                (int) Math.round(Math.sqrt(cells)),
                Math.toIntExact(shape.sizes().get(2)));
    }

    @Override
    public String identity() {
        return released.identity();
    }

    private float[] joined(String name, int length) {
        float[] bias = new float[length];
        System.arraycopy(released.read(separate(name).getFirst()), 0, bias, 0, length / 3);
        System.arraycopy(released.read(separate(name).getLast()), 0, bias, 2 * length / 3, length / 3);
        return bias;
    }

    @Override
    public void close() throws IOException {
        released.close();
    }

    @Override
    public String toString() {
        return released.toString();
    }
}
