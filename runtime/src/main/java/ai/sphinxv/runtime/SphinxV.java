package ai.sphinxv.runtime;

import ai.sphinxv.runtime.Answer.StopReason;
import ai.sphinxv.runtime.Answer.Timings;
import ai.sphinxv.runtime.Answer.Usage;
import ai.sphinxv.runtime.Sight.Looked;
import ai.sphinxv.runtime.answer.AnswerParser;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.BundleException;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.cancel.Cancellation;
import ai.sphinxv.runtime.decode.Generator;
import ai.sphinxv.runtime.decode.Sampler;
import ai.sphinxv.runtime.graph.GraphException;
import ai.sphinxv.runtime.graph.Graphs;
import ai.sphinxv.runtime.graph.Provider;
import ai.sphinxv.runtime.graph.Providers;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.text.ContextualBias;
import ai.sphinxv.runtime.text.NamedMarks;
import ai.sphinxv.runtime.text.TextStream;
import ai.sphinxv.runtime.text.Tokenizer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A SPHINX-V model, loaded: point at a picture, ask, get the answer as it is written. Safe for many threads; each answer
 * takes memory for its own keys and values, so the caller decides how many run at once.
 */
public final class SphinxV implements AutoCloseable {
    private final ModelConfig config;
    private final String model;
    private final Tokenizer tokenizer;
    private final Graphs graphs;
    private final Sight sight;
    private final Mode mode;
    /** Answers hold the read lock: the graphs must not go while one runs, which would crash the process. */
    private final ReentrantReadWriteLock running = new ReentrantReadWriteLock();

    private volatile boolean closed;
    private boolean freed;

    private SphinxV(Bundle bundle, Tokenizer tokenizer, Graphs graphs, int threads, Mode mode) {
        this.config = bundle.config();
        this.model = bundle.manifest().name();
        this.tokenizer = tokenizer;
        this.graphs = graphs;
        this.sight = new Sight(config, tokenizer, graphs, threads);
        this.mode = mode;
    }

    /**
     * Loads what any model needs, so that {@link #open} finds it there: worth a thread of its own while a process still finds
     * out which model it is to serve. What is missing, opening says.
     */
    public static void prepare() {
        Bundle.prepare();
        Graphs.prepare();
    }

    /**
     * Loads the model in that folder and runs each of its graphs once.
     *
     * @throws BundleException if the folder holds no bundle or a damaged one
     * @throws GraphException if a graph starts on none of the providers
     */
    public static SphinxV open(Path bundle, RuntimeOptions options) {
        var files = Bundle.open(bundle);
        var tokenizer = Tokenizer.read(files.file(Bundle.TOKENIZER));
        int vocabulary = files.config().language().vocabulary();
        if (tokenizer.size() > vocabulary) {
            throw new BundleException("%s has %d tokens, the language model %d"
                    .formatted(files.file(Bundle.TOKENIZER), tokenizer.size(), vocabulary));
        }
        var graphs = Graphs.open(files, new Providers(options.providers(), options.threads(), options.engines()));
        try {
            files.requireUnchanged();
        } catch (BundleException e) {
            graphs.close();
            throw e;
        }
        int threads = options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
        return new SphinxV(files, tokenizer, graphs, threads, options.mode());
    }

    /** The model's sizes and texts. */
    public ModelConfig config() {
        return config;
    }

    /** Name and version, for instance {@code nano@0a1b2c3d4e5f}. */
    public String model() {
        return model;
    }

    /** Where that graph runs: the first of the wanted providers on which it started. */
    public Provider provider(Subgraph graph) {
        return graphs.provider(graph);
    }

    /** {@link #answer(Question, Consumer)} for a caller who waits for all of it. */
    public Answer answer(Question question) {
        return answer(question, event -> {});
    }

    /**
     * Answers. Blocks until the answer is whole; meanwhile tells, on this thread, what is written. An exception that the
     * consumer throws stops the answer and comes out of here. So does the reason of a {@link Cancellation} that the calling
     * thread works under, from wherever the answer is then: within one step of the decoder.
     *
     * <p>Where the model reads text, it is told what each region says, as far as {@link ModelConfig.Reader#longest}: it
     * sees and answers no more of a longer text. A point has no text. Where it has an object expert, it is told what that
     * takes each marked thing for.
     *
     * <p>In the {@link Mode#EXTENDED} mode more marks than the model has slots are asked about some after others: the answer's
     * lines are in the marks' order, and no relation between marks of different turns is found. A question without marks is
     * about the picture, which the model sees as one box.
     *
     * @throws InvalidPromptException if the marks or the words cannot be answered; at most the text reader and the vision
     *     encoder have run then
     * @throws GraphException if a graph fails
     * @throws IllegalStateException if the model is closed, or is being closed while it answers
     */
    public Answer answer(Question question, Consumer<AnswerEvent> events) {
        return whileOpen(() -> ask(question, () -> sight.see(question.image()), events, id -> {}));
    }

    /**
     * {@link #answer(Question, Consumer)} about a picture that was seen before: neither does the vision encoder run again,
     * nor does the language model read the picture again. The answer is the same, bit for bit.
     *
     * @param seen what an earlier answer of this model kept of the question's picture
     */
    public Answer answer(Question question, SeenImage seen, Consumer<AnswerEvent> events) {
        requireSame(question, seen);
        return whileOpen(() -> ask(question, () -> seen, events, id -> {}));
    }

    /**
     * {@link #answer(Question, Consumer)} that also gives what was seen of the picture, for all that will be asked about it.
     *
     * @param keep gets it as soon as it is there
     */
    public Answer answer(Question question, Consumer<AnswerEvent> events, Consumer<SeenImage> keep) {
        return whileOpen(() -> ask(
                question,
                () -> {
                    SeenImage seen = sight.read(sight.see(question.image()));
                    keep.accept(seen);
                    return seen;
                },
                events,
                id -> {}));
    }

    /**
     * The vision encoder alone, with what the language model keeps of the picture: for all that will be asked about it.
     */
    public SeenImage see(RgbImage image) {
        return whileOpen(() -> sight.read(sight.see(image)));
    }

    /**
     * The prompt encoder alone, with what the experts find in the marks: for all that will be asked about them.
     *
     * @param marks none for what will be asked about the whole picture
     * @throws InvalidPromptException if the marks are none of this picture's or not of this mode, or more than the model's
     *     slots: which of those are looked at together depends on the question
     */
    public SeenMarks see(SeenImage seen, List<VisualPrompt> marks) {
        requireAtOnce(marks);
        var looked = marks.isEmpty() ? List.<VisualPrompt>of(Question.allOf(seen.image())) : marks;
        var slots = slots(seen.image(), looked);
        return whileOpen(() -> {
            var made = sight.look(seen.image(), looked, slots, () -> seen).marks();
            return new SeenMarks(marks, made.embeds(), made.told());
        });
    }

    /**
     * The language model alone: {@link #answer(Question, Consumer)} where all was seen before. The answer is the same, bit
     * for bit.
     *
     * @param seen what {@link #see(RgbImage)} made of the question's picture
     * @param marks what {@link #see(SeenImage, List)} made of its marks
     * @throws InvalidPromptException as there, or if the words cannot be answered
     */
    public Answer answer(Question question, SeenImage seen, SeenMarks marks, Consumer<AnswerEvent> events) {
        requireSame(question, seen);
        if (!marks.marks().equals(question.marks())) {
            throw new IllegalArgumentException("the question is about other marks than those that were seen");
        }
        requireAtOnce(question.marks());
        long start = System.nanoTime();
        return whileOpen(
                () -> write(question, question.marks().size(), Looked.before(seen, marks), start, events, id -> {}));
    }

    /** The ids of the tokens that {@link #answer} would choose, those that end the answer included: for parity checks. */
    public int[] tokens(Question question) {
        var ids = IntStream.builder();
        whileOpen(() -> ask(question, () -> sight.see(question.image()), event -> {}, ids));
        return ids.build().toArray();
    }

    private <T> T whileOpen(Supplier<T> work) {
        running.readLock().lock();
        try {
            requireOpen();
            return work.get();
        } finally {
            running.readLock().unlock();
        }
    }

    /** By the mode: at once, about the whole picture, or about some marks after others. */
    private Answer ask(Question question, Supplier<SeenImage> image, Consumer<AnswerEvent> events, IntConsumer tokens) {
        int marks = question.marks().size();
        int most = config.prompts().slots();
        mode.require(question.marks(), most);
        if (marks == 0) {
            return run(question.aboutAllOfIt(), 0, image, events, tokens);
        }
        if (marks > most) {
            return inGroups(MarkGroup.of(question, most), image, events, tokens);
        }
        return run(question, marks, image, events, tokens);
    }

    private Answer inGroups(
            List<MarkGroup> groups, Supplier<SeenImage> image, Consumer<AnswerEvent> events, IntConsumer tokens) {
        for (MarkGroup group : groups) { // a mark of the last one that is wrong is told before the first is answered
            slots(group.question().image(), group.question().marks());
            Prompt.of(group.question(), List.of(), config, tokenizer);
        }
        List<Answer> answers = new ArrayList<>();
        Supplier<SeenImage> once = image;
        for (MarkGroup group : groups) {
            SeenImage seen = once.get();
            once = () -> seen;
            var stream = new GroupStream(group, answers.isEmpty() ? "" : "\n", events);
            answers.add(run(group.question(), group.numbers().size(), once, stream, tokens)
                    .about(group));
            stream.finish();
        }
        return Answer.joined(answers);
    }

    /** @param count marks that the words may name; none of a question about all of the picture */
    private Answer run(
            Question question, int count, Supplier<SeenImage> image, Consumer<AnswerEvent> events, IntConsumer tokens) {
        var slots = slots(question.image(), question.marks());
        if (graphs.reader() != null) { // refuses before text is read what is too long even without it
            Prompt.of(question, List.of(), config, tokenizer);
        }

        long start = System.nanoTime();
        var looked = sight.look(question.image(), question.marks(), slots, image);
        return write(question, count, looked, start, events, tokens);
    }

    private Answer write(
            Question question, int count, Looked looked, long start, Consumer<AnswerEvent> events, IntConsumer tokens) {
        var prompt = Prompt.of(question, looked.marks().told(), config, tokenizer);
        float[] marks = looked.marks().embeds();
        var cancellation = Cancellation.current();
        var stream =
                new AnswerStream(new TextStream(tokenizer, config.template().stop()), count, events);
        try (var decoder = graphs.language().begin()) {
            var bias = new ContextualBias(tokenizer, config, looked.marks().told());
            var generator = new Generator(
                    decoder,
                    text(marks, count, 0)::embed,
                    bias::add,
                    new Sampler(question.sampling()),
                    tokenizer.eos());
            long ready = System.nanoTime();
            sight.begin(decoder, looked.image());
            var begun = Duration.ofNanos(System.nanoTime() - ready);
            float[] asked = prompt.embed(text(marks, count, prompt.text().told()));
            var run = generator.run(asked, question.maxNewTokens(), id -> {
                requireOpen();
                cancellation.check();
                tokens.accept(id);
                bias.next(id);
                return stream.push(id);
            });
            String text = stream.finish();
            return new Answer(
                    text,
                    AnswerParser.marks(text, count),
                    AnswerParser.relations(text, count),
                    run.stopped() ? StopReason.STOP : StopReason.LENGTH,
                    new Usage(prompt.tokens(), run.tokens()),
                    new Timings(
                            looked.imageTime(),
                            looked.promptsTime(),
                            looked.textTime(),
                            begun.plus(run.prefill()),
                            run.decode(),
                            Duration.ofNanos(stream.firstPiece(System.nanoTime()) - start)));
        }
    }

    /** A text about these marks, from its first token on, so many of which are what experts told. */
    private TextEmbedding text(float[] marks, int count, int told) {
        var prompts = config.prompts();
        return new TextEmbedding(
                graphs.tokens(),
                marks,
                prompts.inText() ? new NamedMarks(tokenizer, count, told, prompts.told()) : null);
    }

    /** Stops the answers that are being written at their next token, waits for them, and frees the graphs. */
    @Override
    public void close() {
        if (running.getReadHoldCount() > 0) {
            throw new IllegalStateException("an answer's consumer cannot close the model: throw to stop the answer");
        }
        closed = true;
        running.writeLock().lock();
        try {
            if (!freed) {
                freed = true;
                graphs.close();
            }
        } finally {
            running.writeLock().unlock();
        }
    }

    private PromptSlots slots(RgbImage image, List<VisualPrompt> marks) {
        var square = PaddedSquare.of(image, config.image().padding());
        return PromptSlots.of(marks, square, config.prompts().slots());
    }

    private void requireAtOnce(List<VisualPrompt> marks) {
        int most = config.prompts().slots();
        mode.require(marks, most);
        if (marks.size() > most) {
            throw new InvalidPromptException(
                    "the steps by themselves take at most %d visual prompts, got %d: ask for the whole answer at once"
                            .formatted(most, marks.size()));
        }
    }

    private static void requireSame(Question question, SeenImage seen) {
        if (!seen.image().equals(question.image())) {
            throw new IllegalArgumentException("the question is about another picture than the one that was seen");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model " + model + " is closed");
        }
    }
}
