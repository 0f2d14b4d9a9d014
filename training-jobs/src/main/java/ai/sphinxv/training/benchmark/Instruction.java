package ai.sphinxv.training.benchmark;

import ai.sphinxv.training.data.MarkKind;

/** The fixed questions that benchmarks ask of every mark, word for word (reference-model 3.4). */
enum Instruction {
    LABEL("Please identify the labels of each marked %s in the image."),
    OCR("Please provide the ocr results of each marked %s in the image.");

    private final String words;

    Instruction(String words) {
        this.words = words;
    }

    String about(MarkKind kind) {
        return words.formatted(kind.noun());
    }
}
