package ai.sphinxv.functions.function;

import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.ask.UnderstandRequest;
import ai.sphinxv.functions.ask.Understanding;
import io.quarkus.funqy.Funq;
import org.jspecify.annotations.Nullable;

/** The function {@code understand}: over HTTP it is {@code POST /understand}. */
public class UnderstandFunction {
    private final Understanding understanding;

    UnderstandFunction(Understanding understanding) {
        this.understanding = understanding;
    }

    @Funq("understand")
    public UnderstandReply understand(@Nullable UnderstandRequest request) {
        if (request == null) {
            throw new InvalidRequestException("the function needs one object with image, question and marks");
        }
        return understanding.answer(request, event -> {});
    }
}
