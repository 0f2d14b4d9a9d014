package ai.sphinxv.functions.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.List;

/** The questions of {@link Rehearsal}, asked without a door: where a process is warmed before it may be asked. */
@Singleton
public class Rehearsed {
    /** Nobody's pictures: they are known to no request. */
    private static final String TENANT = "\nrehearsal";

    private final Understanding understanding;
    private final ObjectMapper json;

    Rehearsed(Understanding understanding, ObjectMapper json) {
        this.understanding = understanding;
        this.json = json;
    }

    /** Asks them; says how many there were. */
    public int ask() {
        var questions = List.of(Examples.BOX, Examples.POINT, Examples.STROKE);
        for (String question : questions) {
            understanding.answer(request(question), TENANT, event -> {});
        }
        return questions.size();
    }

    private UnderstandRequest request(String question) {
        try {
            return json.readValue(question, UnderstandRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an example is always a request", e);
        }
    }
}
