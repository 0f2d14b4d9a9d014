package ai.sphinxv.training.engine;

import ai.sphinxv.training.source.PictureDomain;
import ai.sphinxv.training.source.SampleTask;
import java.util.List;

/** What the teacher is asked for (paper 3.2): four things of photographs, fewer of other pictures (Tables 13 to 17). */
enum TeacherRole {
    BRIEF(SampleTask.BRIEF, "Your Short Description"),
    DETAILED(SampleTask.DETAILED, "Your Comprehensive Description"),
    RELATION(SampleTask.RELATION, "Your Detailed Analysis"),
    QA(SampleTask.QA, "");

    private final SampleTask task;
    private final String words;

    TeacherRole(SampleTask task, String words) {
        this.task = task;
        this.words = words;
    }

    SampleTask task() {
        return task;
    }

    /** In the order in which the prompt numbers them. */
    static List<TeacherRole> of(PictureDomain domain) {
        return switch (domain) {
            case NATURAL -> List.of(BRIEF, DETAILED, RELATION, QA);
            case MULTI_PANEL -> List.of(DETAILED, RELATION, QA);
            case DOCUMENT, OCR, WEB_SCREENSHOT, MOBILE_SCREENSHOT -> List.of(DETAILED, QA);
        };
    }

    /** The form in which it is to be answered (Table 13). */
    String format() {
        return switch (this) {
            case BRIEF, DETAILED -> "<Mark 1>: %s\n...\n<Mark N>: %s".formatted(words, words);
            case RELATION ->
                "<Mark 1><Mark 2>...<Mark N>: %s\n...\n<Mark 1><Mark 2>...<Mark N>: %s".formatted(words, words);
            case QA -> {
                String line = "{\"question\": [Your created Question], \"Answer\": [Your created answer]}";
                yield line + "\n...\n" + line;
            }
        };
    }
}
