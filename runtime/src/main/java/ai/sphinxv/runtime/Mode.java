package ai.sphinxv.runtime;

/** What a question may be, beside what the released code takes. */
public enum Mode {
    /** As released: one mark for each slot at most, all of them points or all of them boxes; what does not fit is refused. */
    FAITHFUL,
    /**
     * Points and boxes side by side; of more marks than there are slots some at a time, each time the same question; and a
     * question without marks, about all of the picture.
     */
    EXTENDED
}
