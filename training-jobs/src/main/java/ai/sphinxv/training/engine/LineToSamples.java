package ai.sphinxv.training.engine;

import ai.sphinxv.training.source.AnnotatedPicture;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a line of annotations to lines of samples: the same wherever and in whatever order lines are mapped. */
record LineToSamples(BuildConfig config, PictureIndex pictures, LeakCheck leaks) implements Serializable {
    static final String TRAIN = "train";
    static final String HELD_OUT = "held-out";

    /** Lines of samples, and what became of the line's annotations: names as in {@link Counts}. */
    record Mapped(List<String> samples, Tally counts) {}

    Mapped map(String line) {
        var counts = new Tally();
        counts.add(Counts.LINES_IN, 1);
        AnnotatedPicture picture;
        try {
            picture = AnnotatedPicture.parse(line);
        } catch (IOException e) {
            counts.add(Counts.LINES_DROPPED + reason(line, e), 1);
            return new Mapped(List.of(), counts);
        }
        counts.add(Counts.LINES_KEPT, 1);
        counts.add(Counts.ANNOTATIONS_IN, picture.annotations());
        Optional<String> leak = leaks.ofPicture(picture, pictures.print(picture));
        if (leak.isPresent() || pictures.isCopy(picture)) {
            counts.add(
                    Counts.ANNOTATIONS_DROPPED + leak.orElse("a near-duplicate picture of the same source"),
                    picture.annotations());
            return new Mapped(List.of(), counts);
        }
        return new Mapped(samples(picture, counts), counts);
    }

    private static String reason(String line, IOException e) {
        if (LineBlocks.UNREADABLE.contains(line)) {
            return line;
        }
        return "it is no annotated picture" + (e instanceof JsonProcessingException ? "" : ": " + e.getMessage());
    }

    private List<String> samples(AnnotatedPicture picture, Tally counts) {
        String group = pictures.group(picture);
        String split = PictureKey.share("split\n" + group) < config.heldOutShare() ? HELD_OUT : TRAIN;
        var dropped = new Tally();
        SampleMaker.Made made = SampleMaker.make(config, picture, group, dropped);
        dropped.counts().forEach((reason, count) -> counts.add(Counts.ANNOTATIONS_DROPPED + reason, count));
        counts.add(Counts.ANNOTATIONS_KEPT, made.kept());
        counts.add(Counts.SAMPLES_MADE, made.samples().size());
        var lines = new ArrayList<String>();
        for (MdvpSample sample : made.samples()) {
            Optional<String> leak = leaks.ofWords(sample.turns());
            if (leak.isPresent()) {
                counts.add(Counts.SAMPLES_DROPPED + leak.get(), 1);
            } else {
                lines.add(sample.line(split));
            }
        }
        return lines;
    }
}
