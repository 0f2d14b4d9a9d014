package ai.sphinxv.runtime.text;

import java.util.List;

/**
 * What an expert tells the language model about the marks before the first question, in words.
 *
 * @param role what stands before it in the conversation, as a speaker's name does
 * @param marks those about which it has something to tell, in their order
 */
public record Told(String role, List<MarkedText> marks) {
    public Told {
        marks = List.copyOf(marks);
    }
}
