package ai.sphinxv.training.benchmark;

import ai.sphinxv.training.data.MarkKind;
import ai.sphinxv.training.data.Questions;

/** The fixed questions that benchmarks ask of every mark, word for word (reference-model 3.4). */
enum Instruction {
    LABEL(Questions.LABEL),
    OCR(Questions.OCR);

    private final String words;

    Instruction(String words) {
        this.words = words;
    }

    String about(MarkKind kind) {
        return words.formatted(kind.noun());
    }
}
