package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.Answer.StopReason;
import ai.sphinxv.runtime.Answer.Timings;
import ai.sphinxv.runtime.Answer.Usage;
import ai.sphinxv.runtime.ExpertWords;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.graph.Providers;
import ai.sphinxv.runtime.graph.TextReader;
import ai.sphinxv.runtime.graph.VisionEncoder;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.ObjectScores;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.text.MarkedText;
import ai.sphinxv.runtime.text.Reading;
import ai.sphinxv.training.data.MarkKind;
import ai.sphinxv.training.source.CocoNames;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * A bundle's frozen experts without the rest of it, asked the same questions: of objects, the class whose likelihoods in
 * the whole square and in its quarters add up to most under the mark; of words, what the text expert reads, sure or not.
 */
public final class ExpertsAlone implements AutoCloseable {
    private static final Timings NO_TIME =
            new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** Sure or not. */
    private static final ModelConfig.Objects ANY = new ModelConfig.Objects("", 0, 0, CocoNames.ALL);

    private final ModelConfig config;
    private final VisionEncoder vision;
    private final TextReader reader;

    private ExpertsAlone(ModelConfig config, VisionEncoder vision, TextReader reader) {
        this.config = config;
        this.vision = vision;
        this.reader = reader;
    }

    /** Whether a model has both experts. */
    public static boolean areIn(ModelConfig config) {
        return config.objectClasses() == CocoNames.ALL.size() && config.reader() != null;
    }

    /** Those of a bundle that has both. */
    public static ExpertsAlone open(Bundle bundle, Providers providers) {
        var vision = VisionEncoder.open(bundle, providers);
        try {
            var limits = Objects.requireNonNull(bundle.config().reader());
            return new ExpertsAlone(bundle.config(), vision, TextReader.open(bundle.folder(), limits, providers));
        } catch (RuntimeException e) {
            vision.close();
            throw e;
        }
    }

    /** Of each mark. They know no other question than the two instructions of {@link Instruction}. */
    public Answer answer(Question question) {
        MarkKind kind = MarkKind.of(question.marks());
        List<String> said = question.conversation().turns().getLast().question().equals(Instruction.OCR.about(kind))
                ? each(question, (slot, mark) -> read(question.image(), mark))
                : objects(question);
        List<MarkAnswer> answers = IntStream.range(0, said.size())
                .mapToObj(slot -> new MarkAnswer(slot + 1, said.get(slot)))
                .toList();
        return new Answer("", answers, List.of(), StopReason.STOP, new Usage(0, 0), NO_TIME);
    }

    private static List<String> each(Question question, BiFunction<Integer, VisualPrompt, String> say) {
        return IntStream.range(0, question.marks().size())
                .mapToObj(slot -> say.apply(slot, question.marks().get(slot)))
                .toList();
    }

    private String read(RgbImage image, VisualPrompt mark) {
        return new ExpertWords(config, reader::read)
                .read(image, mark)
                .map(Reading::text)
                .orElse("");
    }

    private List<String> objects(Question question) {
        RgbImage image = question.image();
        float[] map = Objects.requireNonNull(
                vision.encode(SquareImage.of(image, config.image())).objects());
        var square = PaddedSquare.of(image, config.image().padding());
        var slots = PromptSlots.of(question.marks(), square, question.marks().size());
        return each(
                question,
                (slot, mark) -> Objects.requireNonNull(
                                MarkedText.of("", ObjectScores.under(map, slots, slot, config), ANY))
                        .text());
    }

    @Override
    public void close() {
        try (vision;
                reader) {
            // both, whatever the first one throws
        }
    }
}
