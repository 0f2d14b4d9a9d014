package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Caption;
import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.AnnotatedPicture.Relation;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The door through which every dataset comes in: it clips marks to their picture, drops what no question can be made of and
 * says why, and counts. Every annotation that a reader has read is kept or dropped, which {@link #close} checks.
 */
public final class Intake {
    /** Most characters of a label, a text, a question or an answer. */
    static final int MOST_CHARACTERS = 20_000;

    private static final String NO_LICENCE = "not stated";

    private final Path scratch;
    private final PictureFolder pictures;
    private final PictureSink sink;
    private final Map<String, Long> dropped = new TreeMap<>();
    private long in;
    private long kept;
    private long pictureCount;

    /** Where pictures go that came through. */
    public interface PictureSink {
        void accept(AnnotatedPicture picture) throws IOException;
    }

    /**
     * @param scratch a folder for what a reader has to sort
     * @param pictures the dataset's pictures, for formats that do not say how large these are
     */
    public Intake(Path scratch, Optional<Path> pictures, PictureSink sink) {
        this.scratch = scratch;
        this.pictures = new PictureFolder(pictures);
        this.sink = sink;
    }

    Path scratch() {
        return scratch;
    }

    /** Width and height of one of the pictures; nothing where it is not there. */
    Optional<Dimension> size(String image) throws IOException {
        return pictures.size(image);
    }

    /** The file of that name without its ending, as it is called in the folder. */
    Optional<String> named(String stem) {
        return pictures.named(stem);
    }

    /**
     * Writes a picture that comes with its annotations to the folder of pictures, where one is given and it is not there.
     *
     * @param rgb three bytes a pixel, row by row from the upper left
     * @return false where these are not as many as the size says
     */
    boolean keep(String image, int width, int height, byte[] rgb) throws IOException {
        return pictures.keep(image, width, height, rgb);
    }

    /** A reader has read so many annotations. */
    void read(long annotations) {
        in += annotations;
    }

    /** And cannot use so many of them. */
    void drop(String reason, long annotations) {
        if (annotations > 0) {
            dropped.merge(reason, annotations, Long::sum);
        }
    }

    /** Takes a picture with all that was said of it; what is dropped takes with it what refers to it. */
    void accept(AnnotatedPicture picture) throws IOException {
        if (picture.width() < 1 || picture.height() < 1) {
            drop("the picture has no size", picture.annotations());
            return;
        }
        if (picture.image().isBlank()) {
            drop("the picture has no name", picture.annotations());
            return;
        }
        var parts = new ArrayList<Part>();
        int[] place = new int[picture.parts().size()];
        for (int i = 0; i < place.length; i++) {
            Part part = part(picture, picture.parts().get(i));
            place[i] = part == null ? -1 : parts.size();
            if (part != null) {
                parts.add(part);
            }
        }
        var clean = new AnnotatedPicture(
                picture.source(),
                picture.id().isBlank() ? picture.image() : picture.id(),
                picture.image(),
                picture.domain(),
                picture.width(),
                picture.height(),
                picture.licence().isBlank() ? NO_LICENCE : picture.licence(),
                parts,
                captions(picture.captions(), place),
                relations(picture.relations(), place),
                dialogues(picture));
        kept += clean.annotations();
        if (clean.annotations() > 0) {
            pictureCount++;
            sink.accept(clean);
        }
    }

    private @Nullable Part part(AnnotatedPicture picture, Part part) {
        double @Nullable [] mark = clipped(part.mark(), picture.width(), picture.height());
        if (mark == null) {
            drop("the mark has no area inside its picture", 1);
            return null;
        }
        String text = part.text() == null ? null : line(part.text());
        List<String> descriptions = part.descriptions().stream()
                .map(Intake::line)
                .filter(words -> !words.isEmpty())
                .toList();
        var clean = new Part(mark, line(part.label()), text, descriptions, part.outline());
        if (clean.label().isEmpty() && (text == null || text.isEmpty()) && descriptions.isEmpty()) {
            drop("nothing is said of it", 1);
            return null;
        }
        if (isLong(clean.label())
                || text != null && isLong(text)
                || descriptions.stream().anyMatch(Intake::isLong)) {
            drop("more than %d characters".formatted(MOST_CHARACTERS), 1);
            return null;
        }
        return clean;
    }

    private List<Caption> captions(List<Caption> captions, int[] place) {
        var kept = new ArrayList<Caption>();
        for (Caption caption : captions) {
            String text = caption.text().strip();
            List<Integer> parts = caption.parts().stream()
                    .filter(part -> place[part] >= 0)
                    .map(part -> place[part])
                    .toList();
            if (text.isEmpty() || isLong(text)) {
                drop(
                        text.isEmpty() ? "nothing is said of it" : "more than %d characters".formatted(MOST_CHARACTERS),
                        1);
            } else if (parts.size() < caption.parts().size()) {
                drop("a mark that it speaks of was dropped", 1);
            } else {
                kept.add(new Caption(text, parts));
            }
        }
        return kept;
    }

    private List<Relation> relations(List<Relation> relations, int[] place) {
        var kept = new ArrayList<Relation>();
        for (Relation relation : relations) {
            String predicate = line(relation.predicate());
            if (place[relation.subject()] < 0 || place[relation.object()] < 0) {
                drop("a mark that it speaks of was dropped", 1);
            } else if (predicate.isEmpty()) {
                drop("nothing is said of it", 1);
            } else {
                kept.add(new Relation(place[relation.subject()], predicate, place[relation.object()]));
            }
        }
        return kept;
    }

    private List<Dialogue> dialogues(AnnotatedPicture picture) {
        var kept = new ArrayList<Dialogue>();
        for (Dialogue dialogue : picture.dialogues()) {
            List<double[]> marks = new ArrayList<>();
            for (double[] mark : dialogue.marks()) {
                double @Nullable [] clipped = clipped(mark, picture.width(), picture.height());
                if (clipped != null) {
                    marks.add(clipped);
                }
            }
            if (marks.size() < dialogue.marks().size()) {
                drop("a mark that it speaks of was dropped", 1);
            } else if (dialogue.turns().isEmpty() || dialogue.turns().stream().anyMatch(Intake::isEmpty)) {
                drop("a question or an answer is empty", 1);
            } else if (dialogue.turns().stream().anyMatch(turn -> isLong(turn.question()) || isLong(turn.answer()))) {
                drop("more than %d characters".formatted(MOST_CHARACTERS), 1);
            } else {
                kept.add(new Dialogue(dialogue.task(), marks, dialogue.turns()));
            }
        }
        return kept;
    }

    private static double @Nullable [] clipped(double[] mark, int width, int height) {
        double[] clipped = new double[mark.length];
        for (int i = 0; i < mark.length; i++) {
            if (!Double.isFinite(mark[i])) {
                return null;
            }
            clipped[i] = Math.clamp(mark[i], 0, i % 2 == 0 ? width : height);
        }
        double[] rounded = Numbers.rounded(clipped);
        boolean isPointOutside = mark.length == 2 && (clipped[0] != mark[0] || clipped[1] != mark[1]);
        boolean isEmptyBox = mark.length == 4 && (rounded[2] <= rounded[0] || rounded[3] <= rounded[1]);
        return isPointOutside || isEmptyBox ? null : rounded;
    }

    /** In one line: an answer has a line for each mark. */
    private static String line(String words) {
        return words.strip().replaceAll("\\s+", " ");
    }

    private static boolean isLong(String words) {
        return words.length() > MOST_CHARACTERS;
    }

    private static boolean isEmpty(Turn turn) {
        return turn.question().isBlank() || turn.answer().isBlank();
    }

    /**
     * What came in and what became of it, once a reader is done.
     *
     * @throws IllegalStateException if a reader has lost annotations or made some up
     */
    public Counts close() {
        var counts = new Counts(in, kept, new TreeMap<>(dropped), pictureCount);
        if (!counts.isExact()) {
            throw new IllegalStateException("a reader is wrong: " + counts);
        }
        return counts;
    }

    /** Annotations that were read, those that were kept, and the others by reason; pictures that have some. */
    public record Counts(long in, long kept, Map<String, Long> dropped, long pictures) {

        /** Whether nothing was lost and nothing made up. */
        public boolean isExact() {
            return in
                    == kept
                            + dropped.values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum();
        }
    }
}
