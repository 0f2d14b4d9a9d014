package ai.sphinxv.runtime.answer;

/**
 * What an answer says of one mark.
 *
 * @param mark 1 for the first mark of the question
 */
public record MarkAnswer(int mark, String text) {}
