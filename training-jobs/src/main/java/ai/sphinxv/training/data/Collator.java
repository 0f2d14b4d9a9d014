package ai.sphinxv.training.data;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.text.Conversation.Speaker;
import ai.sphinxv.runtime.text.NamedMarks;
import ai.sphinxv.runtime.text.TokenizedText;
import ai.sphinxv.runtime.text.Tokenizer;
import ai.sphinxv.training.data.Batches.Answers;
import ai.sphinxv.training.data.Batches.Marks;
import ai.sphinxv.training.data.Batches.Texts;
import ai.sphinxv.training.data.Batches.Views;
import ai.sphinxv.training.source.Region;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Joins samples into batches. Conversations go through the very code that serves: template and tokenizer. */
public final class Collator {
    /** Lengths are rounded up to this, so that steps ask for the same sizes of memory again. */
    private static final int STEP = 16;

    private final ModelConfig config;
    private final Tokenizer tokenizer;
    private final Vocabulary vocabulary;
    private final Levels levels;

    public Collator(ModelConfig config, Tokenizer tokenizer, Vocabulary vocabulary) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
        this.levels = new Levels(config.image(), Objects.requireNonNull(config.regions(), "training wants regions"));
    }

    public Answers answers(List<Sample> samples) {
        return new Answers(views(samples), marks(samples), texts(samples));
    }

    public Marks marks(List<Sample> samples) {
        int slots = config.prompts().slots();
        int all = samples.size() * slots;
        int scores = config.objectChannels();
        var marks = new Marks(
                samples.size(),
                new float[all * 4],
                new float[all],
                new float[all],
                new float[all * levels.ofMark()],
                new float[all * scores],
                new long[all],
                new long[all],
                new long[all]);
        List.of(marks.labels(), marks.colors(), marks.names())
                .forEach(targets -> Arrays.fill(targets, Batches.IGNORED));
        for (int i = 0; i < samples.size(); i++) {
            for (int slot = 0; slot < samples.get(i).marks().size(); slot++) {
                place(samples.get(i), slot, marks, i * slots + slot);
            }
        }
        return marks;
    }

    private void place(Sample sample, int slot, Marks marks, int at) {
        MarkFeatures mark = sample.marks().get(slot);
        System.arraycopy(mark.corners(), 0, marks.corners(), 4 * at, 4);
        marks.isBox()[at] = mark.mark() instanceof Point ? 0 : 1;
        marks.isValid()[at] = 1;
        levels.into(mark.cuts(), marks.cuts(), at * levels.ofMark());
        Halves.into(mark.objects(), marks.objects(), at * config.objectChannels());
        if (!sample.regions().isEmpty()) {
            Region region = sample.regions().get(slot);
            marks.labels()[at] = vocabulary.label(region);
            marks.colors()[at] = vocabulary.color(region);
            marks.names()[at] = vocabulary.name(region);
        }
    }

    private Views views(List<Sample> samples) {
        int ofView = config.image().rows() * config.visualWidth();
        int count = samples.size();
        float[] rows = new float[ModelConfig.VIEWS * count * ofView];
        float[] visible = new float[count * ModelConfig.VIEWS];
        for (int i = 0; i < count; i++) {
            PictureFeatures picture = samples.get(i).picture();
            float[] own = Halves.read(picture.rows());
            for (int view = 0; view < ModelConfig.VIEWS; view++) {
                System.arraycopy(own, view * ofView, rows, (view * count + i) * ofView, ofView);
            }
            System.arraycopy(picture.visible(), 0, visible, i * ModelConfig.VIEWS, ModelConfig.VIEWS);
        }
        return new Views(count, rows, visible);
    }

    /** Characters of a sample's conversation: what its tokens are about proportional to. */
    public int length(Sample sample) {
        return sample.conversation().segments(config.template(), sample.told()).stream()
                .mapToInt(segment -> segment.text().length())
                .sum();
    }

    /** @throws IllegalArgumentException if a conversation is longer than what the model has positions for */
    public Texts texts(List<Sample> samples) {
        List<TokenizedText> texts = samples.stream()
                .map(sample ->
                        TokenizedText.of(sample.conversation().segments(config.template(), sample.told()), tokenizer))
                .toList();
        int longest = texts.stream().mapToInt(text -> text.ids().length).max().orElseThrow();
        int length = (longest + STEP - 1) / STEP * STEP;
        int room = config.language().maxTokens() - config.prefixTokens() - 1;
        if (length > room) {
            throw new IllegalArgumentException(
                    "a conversation of %d tokens does not fit into the %d after the picture".formatted(length, room));
        }
        long[] tokens = new long[texts.size() * length];
        long[] targets = new long[tokens.length];
        Arrays.fill(targets, Batches.IGNORED);
        int[] named = new int[tokens.length];
        float[] shares = new float[tokens.length];
        for (int i = 0; i < texts.size(); i++) {
            TokenizedText text = texts.get(i);
            var names = new NamedMarks(
                    tokenizer,
                    samples.get(i).marks().size(),
                    text.told(),
                    config.prompts().told());
            for (int token = 0; token < text.ids().length; token++) {
                int id = text.ids()[token];
                int at = i * length + token;
                tokens[at] = id;
                targets[at] = text.speakers()[token] == Speaker.ASSISTANT ? id : Batches.IGNORED;
                var about = names.next(id);
                named[at] = about.slot();
                shares[at] = about.share();
            }
        }
        return new Texts(texts.size(), length, tokens, targets, named, shares, tokenizer.bos());
    }
}
