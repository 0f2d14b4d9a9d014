package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Caption;
import ai.sphinxv.training.source.AnnotatedPicture.Dialogue;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.AnnotatedPicture.Relation;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What {@link Intake} promises of every picture, asked of lines that anybody may have written. */
final class PictureCheck {
    private final AnnotatedPicture picture;

    private PictureCheck(AnnotatedPicture picture) {
        this.picture = picture;
    }

    /** @throws IOException if anything is missing or means nothing */
    static void require(@Nullable AnnotatedPicture picture) throws IOException {
        if (picture == null) {
            throw new IOException("the line is null");
        }
        new PictureCheck(picture).require();
    }

    private void require() throws IOException {
        text("source", picture.source());
        text("id", picture.id());
        text("image", picture.image());
        text("licence", picture.licence());
        that(picture.domain() != null, "it has no domain");
        that(picture.width() > 0 && picture.height() > 0, "its picture has no size");
        for (Part part : picture.parts()) {
            mark(part.mark());
            for (String description : part.descriptions()) {
                text("description", description);
            }
        }
        for (Caption caption : picture.captions()) {
            text("caption", caption.text());
            for (int part : caption.parts()) {
                part(part);
            }
        }
        for (Relation relation : picture.relations()) {
            part(relation.subject());
            part(relation.object());
            text("predicate", relation.predicate());
        }
        for (Dialogue dialogue : picture.dialogues()) {
            dialogue(dialogue);
        }
    }

    private void dialogue(Dialogue dialogue) throws IOException {
        that(dialogue.task() != null, "a dialogue has no task");
        that(!dialogue.turns().isEmpty(), "a dialogue has no turn");
        for (double[] mark : dialogue.marks()) {
            mark(mark);
        }
        for (Turn turn : dialogue.turns()) {
            text("question", turn.question());
            text("answer", turn.answer());
        }
    }

    private void mark(double @Nullable [] mark) throws IOException {
        if (mark == null || mark.length != 2 && mark.length != 4) {
            throw new IOException("a mark is neither two nor four numbers");
        }
        for (int i = 0; i < mark.length; i++) {
            double most = i % 2 == 0 ? picture.width() : picture.height();
            that(mark[i] >= 0 && mark[i] <= most, "a mark is not inside its picture");
            that(i < 2 || mark[i] > mark[i - 2], "a mark has no area");
        }
    }

    private void part(int place) throws IOException {
        that(place >= 0 && place < picture.parts().size(), "it speaks of a part that is not there");
    }

    private static void text(String name, @Nullable String text) throws IOException {
        if (text == null || text.isBlank()) {
            throw new IOException("it has no " + name);
        }
    }

    private static void that(boolean isSo, String otherwise) throws IOException {
        if (!isSo) {
            throw new IOException(otherwise);
        }
    }
}
