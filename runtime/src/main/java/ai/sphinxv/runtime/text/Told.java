package ai.sphinxv.runtime.text;

import java.util.List;

/**
 * What an expert tells the language model about the marks before the first question, in words.
 *
 * @param role what stands before it in the conversation, as a speaker's name does
 * @param bias logits by which an answer that repeats it is likelier than one that does not, 0 for none
 * @param names all that it could have told; empty if that may be anything
 * @param marks those about which it has something to tell, in their order
 */
public record Told(String role, double bias, List<String> names, List<MarkedText> marks) {
    public Told {
        names = List.copyOf(names);
        marks = List.copyOf(marks);
    }
}
