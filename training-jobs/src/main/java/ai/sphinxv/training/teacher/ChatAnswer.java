package ai.sphinxv.training.teacher;

/**
 * What a chat model said.
 *
 * @param isWhole whether it ended by itself; false where the limit of tokens cut it
 * @param tokens what the server says that question and answer cost; -1 where it does not say
 * @param isFromCache whether nobody was asked
 * @param model which one the server says it was, more exactly than it was asked for; empty where it does not say
 */
public record ChatAnswer(String text, boolean isWhole, long tokens, boolean isFromCache, String model) {}
