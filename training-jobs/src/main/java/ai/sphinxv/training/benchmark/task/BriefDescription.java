package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.runtime.answer.AnswerParser;
import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brief region description (paper 5.4, Table 6; appendix B.1, Table 10): one marked region an expression of RefCOCOg or
 * Visual Genome, one reference each.
 *
 * @param name of the task
 * @param file Draw-and-Understand's, {@code gt_answers} being the expression
 */
public record BriefDescription(String name, String title, String file, double meteor, double cider) implements Task {
    static final BriefDescription REF_COCO_G = new BriefDescription(
            "refcocog-box",
            "Table 6: brief region description, RefCOCOg val, box",
            "RefCOCOg_brief_caption.json",
            23.9,
            162.5);

    static final BriefDescription VISUAL_GENOME = new BriefDescription(
            "visual-genome-box",
            "Table 10: brief region description, Visual Genome, box",
            "VG_brief_caption.json",
            24.3,
            197.3);

    @Override
    public List<Column> columns() {
        return CaptionFigures.columns(meteor, cider);
    }

    @Override
    public List<Item> read(DataFolder data) throws IOException {
        return RegionAnnotations.read(data, data.file(file), name, group -> Item.SHORT);
    }

    @Override
    public Scored score(List<Answered> answers, Scorer scorer) throws IOException {
        return CaptionFigures.of(answers, BriefDescription::firstRegion, BriefDescription::expression, scorer);
    }

    /** What is said of the first region, as the published conversion takes it; all of it where no region is named. */
    static @Nullable String firstRegion(Answered answered) {
        if (answered.text() == null) {
            return null;
        }
        int marks = answered.item().marks().size();
        return AnswerParser.marks(answered.text(), marks).stream()
                .filter(mark -> mark.mark() == 1)
                .map(MarkAnswer::text)
                .findFirst()
                .orElse(null);
    }

    private static String expression(Item item) {
        String truth = item.truth().asText();
        return AnswerParser.marks(truth, item.marks().size()).stream()
                .filter(mark -> mark.mark() == 1)
                .map(MarkAnswer::text)
                .findFirst()
                .orElse(truth);
    }
}
