package ai.sphinxv.functions.function;

import ai.sphinxv.functions.ask.Sent;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.ask.UnderstandRequest;
import ai.sphinxv.functions.ask.Understanding;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.funqy.Funq;
import org.jspecify.annotations.Nullable;

/** The function {@code understand}: over HTTP it is {@code POST /understand}. */
public class UnderstandFunction {
    private final Understanding understanding;
    private final Tenants tenants;

    UnderstandFunction(Understanding understanding, Tenants tenants) {
        this.understanding = understanding;
        this.tenants = tenants;
    }

    /** Takes any JSON, so that what is wrong with it is told in the same words as at the other doors. */
    @Funq("understand")
    public UnderstandReply understand(@Nullable Sent<UnderstandRequest> input) throws JsonProcessingException {
        var request = Sent.request(input, "the function needs one object with image, question and marks");
        return understanding.answer(request, tenants.current(), event -> {});
    }
}
