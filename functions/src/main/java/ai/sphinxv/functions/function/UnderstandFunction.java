package ai.sphinxv.functions.function;

import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.ask.UnderstandRequest;
import ai.sphinxv.functions.ask.Understanding;
import io.quarkus.funqy.Funq;

/** The function {@code understand}: over HTTP it is {@code POST /understand}. */
public class UnderstandFunction {
    private final Understanding understanding;

    UnderstandFunction(Understanding understanding) {
        this.understanding = understanding;
    }

    @Funq("understand")
    public UnderstandReply understand(UnderstandRequest request) {
        return understanding.answer(request, event -> {});
    }
}
