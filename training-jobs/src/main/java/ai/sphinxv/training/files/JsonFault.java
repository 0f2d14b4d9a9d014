package ai.sphinxv.training.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** What is wrong with a text that should be JSON, in words for who wrote it. */
public final class JsonFault {
    private JsonFault() {}

    /** The parser's own words for an early end speak of its source, which is of no use to anybody. */
    public static String of(JsonProcessingException fault) {
        return fault instanceof JsonEOFException ? "it ends in the middle" : fault.getOriginalMessage();
    }
}
