package ai.sphinxv.training.engine;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.engine.TeacherPrompt.Drawn;
import ai.sphinxv.training.source.AnnotatedPicture;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.PictureDomain;
import ai.sphinxv.training.teacher.SetOfMarks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;

/**
 * What a teacher is asked about and how it is marked (paper 3.2 and Tables 12 to 17): points and boxes in green; where outlines
 * are known, these in red on pictures of text, and of other pictures on every other one.
 *
 * @param parts at most ten, all of a kind; none where the picture has nothing with a class or a text
 */
record TeacherMarks(Drawn drawn, List<Part> parts) {

    /** Of a picture; which ones follows from its name. */
    static TeacherMarks of(AnnotatedPicture picture) {
        var random = new Random(PictureKey.hash("teacher\n" + picture.source() + "\n" + picture.id()));
        List<Part> boxes = named(picture, part -> !part.isPoint());
        List<Part> points = named(picture, Part::isPoint);
        if (boxes.isEmpty() || !points.isEmpty() && random.nextBoolean()) {
            return some(Drawn.POINT, points, random);
        }
        List<Part> outlined = named(picture, part -> !part.isPoint() && part.outline() != null);
        return !outlined.isEmpty() && (picture.domain() == PictureDomain.OCR || random.nextBoolean())
                ? some(Drawn.OUTLINE, outlined, random)
                : some(Drawn.BOX, boxes, random);
    }

    private static TeacherMarks some(Drawn drawn, List<Part> parts, Random random) {
        Collections.shuffle(parts, random);
        return new TeacherMarks(drawn, List.copyOf(parts.subList(0, Math.min(parts.size(), MdvpSample.MOST_MARKS))));
    }

    private static List<Part> named(AnnotatedPicture picture, Predicate<Part> kind) {
        return new ArrayList<>(picture.parts().stream()
                .filter(kind.and(part -> !object(part).isEmpty()))
                .toList());
    }

    private static String object(Part part) {
        String text = part.text() == null ? "" : part.text();
        return part.label().isEmpty() || part.label().equals("text") && !text.isEmpty() ? text : part.label();
    }

    /** What each is, or says. */
    List<String> objects() {
        return parts.stream().map(TeacherMarks::object).toList();
    }

    /** The picture with them, numbered; {@code height} is that of the picture as annotated. */
    RgbImage drawnOn(RgbImage image, int height) {
        return drawn == Drawn.OUTLINE
                ? SetOfMarks.outline(
                        image,
                        parts.stream()
                                .map(Part::outline)
                                .filter(Objects::nonNull)
                                .map(outline -> outline.rings(height))
                                .toList())
                : SetOfMarks.draw(image, parts.stream().map(TeacherMarks::mark).toList());
    }

    private static VisualPrompt mark(Part part) {
        double[] mark = part.mark();
        return part.isPoint() ? new Point(mark[0], mark[1]) : new Box(mark[0], mark[1], mark[2], mark[3]);
    }
}
