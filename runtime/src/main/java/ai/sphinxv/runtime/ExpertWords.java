package ai.sphinxv.runtime;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.FreeForm;
import ai.sphinxv.runtime.prompt.InkExtent;
import ai.sphinxv.runtime.prompt.ObjectScores;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import ai.sphinxv.runtime.text.MarkedText;
import ai.sphinxv.runtime.text.Reading;
import ai.sphinxv.runtime.text.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a model's experts tell its language model about the marks, in words.
 *
 * @param reader the text expert, null where there is none
 */
public record ExpertWords(ModelConfig config, @Nullable BiFunction<RgbImage, Box, Reading> reader) {

    /** What the regions say, as far as the model is told it: one after another, for training. */
    public List<Told> texts(RgbImage image, List<VisualPrompt> marks) {
        return texts(marks, marks.stream().map(mark -> read(image, mark)).toList());
    }

    /** Whether a mark is read at all: a point is not, nor is any where the model reads no text. */
    boolean reads(VisualPrompt mark) {
        return reader != null && !(mark instanceof Point);
    }

    /** What a mark says; nothing where it is not read. */
    public Optional<Reading> read(RgbImage image, VisualPrompt mark) {
        if (reader == null) {
            return Optional.empty();
        }
        return switch (mark) {
            case Point point -> Optional.empty();
            case Box box -> Optional.of(reader.apply(image, box));
            case Stroke stroke -> Optional.of(reader.apply(image, InkExtent.of(image, stroke)));
            case FreeForm form -> Optional.of(reader.apply(image, form.boundingBox()));
        };
    }

    /** @param readings of these marks */
    List<Told> texts(List<VisualPrompt> marks, List<Optional<Reading>> readings) {
        if (config.reader() == null) {
            return List.of();
        }
        var limits = config.reader().forMarks(marks.size());
        List<MarkedText> read = new ArrayList<>();
        for (int slot = 0; slot < marks.size(); slot++) {
            String tag = marks.get(slot).tag(slot + 1);
            readings.get(slot)
                    .map(reading -> MarkedText.of(tag, reading.text(), reading.confidence(), limits))
                    .ifPresent(read::add);
        }
        return List.of(new Told(limits.role(), read));
    }

    /**
     * What the object expert takes the marked things for.
     *
     * @param map [objectChannels * cells], null where the model has no object expert
     */
    public List<Told> objects(List<VisualPrompt> marks, PromptSlots slots, float @Nullable [] map) {
        var names = config.objects();
        if (names == null || map == null) {
            return List.of();
        }
        List<MarkedText> found = new ArrayList<>();
        for (int slot = 0; slot < marks.size(); slot++) {
            float[] scores = ObjectScores.under(map, slots, slot, config);
            var name = MarkedText.of(marks.get(slot).tag(slot + 1), scores, names);
            if (name != null) {
                found.add(name);
            }
        }
        return List.of(new Told(names.role(), found));
    }
}
