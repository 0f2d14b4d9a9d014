package ai.sphinxv.training.data;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.runtime.text.Conversation;
import ai.sphinxv.runtime.text.Conversation.Segment;
import ai.sphinxv.runtime.text.Tokenizer;
import ai.sphinxv.training.data.Batches.Answers;
import ai.sphinxv.training.data.Batches.Images;
import ai.sphinxv.training.data.Batches.Texts;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.SceneObject;
import java.util.Arrays;
import java.util.List;

/** Joins samples into batches, through the very code that serves them: padding, slots, template and tokenizer. */
public final class Collator {
    /** Lengths are rounded up to this, so that steps ask for the same sizes of memory again. */
    private static final int STEP = 16;

    private final ModelConfig config;
    private final Tokenizer tokenizer;
    private final List<String> labels;
    private final List<String> colors;

    public Collator(ModelConfig config, Tokenizer tokenizer, Catalog catalog) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.labels = catalog.labels();
        this.colors = catalog.colors();
    }

    public Answers answers(List<Sample> samples) {
        int slots = config.prompts().slots();
        float[] corners = new float[samples.size() * slots * 4];
        float[] isBox = new float[samples.size() * slots];
        float[] isValid = new float[samples.size() * slots];
        long[] label = new long[samples.size() * slots];
        long[] color = new long[samples.size() * slots];
        Arrays.fill(label, Batches.IGNORED);
        Arrays.fill(color, Batches.IGNORED);
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            var square = PaddedSquare.of(sample.image(), config.image().padding());
            var placed = PromptSlots.of(sample.marks(), square, slots);
            System.arraycopy(placed.corners(), 0, corners, i * slots * 4, slots * 4);
            System.arraycopy(placed.isBox(), 0, isBox, i * slots, slots);
            System.arraycopy(placed.isValid(), 0, isValid, i * slots, slots);
            for (int slot = 0; slot < sample.objects().size(); slot++) {
                SceneObject object = sample.objects().get(slot);
                label[i * slots + slot] = labels.indexOf(object.label());
                color[i * slots + slot] = object.color() == null ? Batches.IGNORED : colors.indexOf(object.color());
            }
        }
        var images = images(config, samples.stream().map(Sample::image).toList());
        return new Answers(
                images,
                corners,
                isBox,
                isValid,
                label,
                color,
                texts(samples.stream().map(Sample::conversation).toList()));
    }

    /** @throws IllegalArgumentException if a conversation is longer than what the model has positions for */
    public Texts texts(List<Conversation> conversations) {
        List<List<Segment>> segments = conversations.stream()
                .map(one -> one.segments(config.template()))
                .toList();
        List<int[][]> ids = segments.stream()
                .map(one -> one.stream()
                        .map(segment -> tokenizer.encode(segment.text()))
                        .toArray(int[][]::new))
                .toList();
        int longest = ids.stream()
                .mapToInt(
                        one -> Arrays.stream(one).mapToInt(part -> part.length).sum())
                .max()
                .orElseThrow();
        int length = (longest + STEP - 1) / STEP * STEP;
        int room = config.language().maxTokens() - config.prefixTokens() - 1;
        if (length > room) {
            throw new IllegalArgumentException(
                    "a conversation of %d tokens does not fit into the %d after the picture".formatted(length, room));
        }
        long[] tokens = new long[ids.size() * length];
        long[] targets = new long[tokens.length];
        Arrays.fill(targets, Batches.IGNORED);
        for (int i = 0; i < ids.size(); i++) {
            int at = i * length;
            for (int part = 0; part < ids.get(i).length; part++) {
                for (int id : ids.get(i)[part]) {
                    tokens[at] = id;
                    targets[at] = segments.get(i).get(part).answer() ? id : Batches.IGNORED;
                    at++;
                }
            }
        }
        return new Texts(ids.size(), length, tokens, targets, tokenizer.bos());
    }

    static Images images(ModelConfig config, List<RgbImage> pictures) {
        int size = config.image().size();
        float[] pixels = new float[pictures.size() * 3 * size * size];
        float[] visible = new float[pictures.size() * ModelConfig.VIEWS];
        for (int i = 0; i < pictures.size(); i++) {
            SquareImage square = SquareImage.of(pictures.get(i), config.image());
            System.arraycopy(square.pixels(), 0, pixels, i * 3 * size * size, 3 * size * size);
            System.arraycopy(square.visible(), 0, visible, i * ModelConfig.VIEWS, ModelConfig.VIEWS);
        }
        return new Images(pictures.size(), pixels, visible);
    }
}
