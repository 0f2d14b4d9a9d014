package ai.sphinxv.training.benchmark.metrics;

/**
 * Words of a caption that may stand for words of a reference.
 *
 * @param start the first such word of the reference, from 0
 * @param length how many words of the reference
 * @param captionStart the first such word of the caption
 * @param captionLength how many words of the caption
 */
record MeteorMatch(int start, int length, int captionStart, int captionLength, MeteorModule module) {
    static MeteorMatch ofWords(int reference, int caption, MeteorModule module) {
        return new MeteorMatch(reference, 1, caption, 1, module);
    }

    int end() {
        return start + length;
    }

    int captionEnd() {
        return captionStart + captionLength;
    }
}
