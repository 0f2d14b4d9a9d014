package ai.sphinxv.runtime;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.graph.Graphs;
import ai.sphinxv.runtime.graph.LlmDecoder;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.text.Tokenizer;
import ai.sphinxv.runtime.text.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All that comes before the words of a question: its picture, its marks, and what is read in them. */
final class Sight {
    /** Keys and values of a picture that take more are computed again: the published model's take 2.4 GB. */
    private static final long MOST_READ_BYTES = 64 << 20;

    private final ModelConfig config;
    private final Tokenizer tokenizer;
    private final Graphs graphs;
    private final ExpertWords words;
    private final int threads;

    /** @param threads that read marks at the same time */
    Sight(ModelConfig config, Tokenizer tokenizer, Graphs graphs, int threads) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.graphs = graphs;
        this.threads = threads;
        var reader = graphs.reader();
        this.words = new ExpertWords(config, reader == null ? null : reader::read);
    }

    /** What no question changes. */
    SeenImage see(RgbImage image) {
        var seen = graphs.vision().encode(SquareImage.of(image, config.image()));
        return new SeenImage(image, seen.embeds(), seen.objects(), null);
    }

    /** With what the language model keeps of the picture, if that is not too much to hold. */
    SeenImage read(SeenImage seen) {
        int tokens = 1 + config.imageTokens();
        if (graphs.language().prefixBytes(tokens) > MOST_READ_BYTES) {
            return seen;
        }
        try (var decoder = graphs.language().begin()) {
            begin(decoder, seen);
            return new SeenImage(seen.image(), seen.embeds(), seen.objects(), decoder.prefix(tokens));
        }
    }

    /** The language model reads BOS and the picture. */
    void begin(LlmDecoder decoder, SeenImage seen) {
        if (seen.read() != null) {
            decoder.begin(seen.read());
            return;
        }
        int width = config.language().width();
        float[] beginning = new float[width + seen.embeds().length];
        graphs.tokens().copy(tokenizer.bos(), beginning, 0);
        System.arraycopy(seen.embeds(), 0, beginning, width, seen.embeds().length);
        decoder.prefill(beginning);
    }

    /**
     * What is seen and read, and how long each took; {@code textTime} is what reading took longer than looking.
     */
    record Looked(SeenImage image, SeenMarks marks, Duration imageTime, Duration promptsTime, Duration textTime) {

        /** What was seen and read before. */
        static Looked before(SeenImage image, SeenMarks marks) {
            return new Looked(image, marks, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        }
    }

    /** @param seen gives what is seen of the picture, now or since an earlier question */
    Looked look(RgbImage picture, List<VisualPrompt> marks, PromptSlots slots, Supplier<SeenImage> seen) {
        try (var ahead = new MarksAhead(picture, marks, config, words, threads)) {
            long start = System.nanoTime();
            SeenImage image = seen.get();
            var imageTime = since(start);
            long looked = System.nanoTime();
            float[] embeds = graphs.prompts().encode(slots, ahead.cuts().orElse(null), image.objects());
            var promptsTime = since(looked);
            long marked = System.nanoTime();
            List<Told> told = new ArrayList<>(ahead.texts());
            told.addAll(words.objects(marks, slots, image.objects()));
            return new Looked(image, new SeenMarks(marks, embeds, told), imageTime, promptsTime, since(marked));
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
