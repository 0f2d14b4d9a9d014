package ai.sphinxv.runtime.text;

/**
 * What a piece of a picture says.
 *
 * @param text as read, one blank between words; may be empty
 * @param confidence mean probability of its characters other than blanks, 0 to 1; 0 for an empty text
 * @param least the lowest of them; 0 for an empty text
 */
public record Reading(String text, double confidence, double least) {}
