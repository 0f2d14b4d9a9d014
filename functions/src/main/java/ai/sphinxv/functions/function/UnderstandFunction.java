package ai.sphinxv.functions.function;

import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.ask.UnderstandRequest;
import ai.sphinxv.functions.ask.Understanding;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.funqy.Funq;
import org.jspecify.annotations.Nullable;

/** The function {@code understand}: over HTTP it is {@code POST /understand}. */
public class UnderstandFunction {
    private final Understanding understanding;
    private final Tenants tenants;
    private final ObjectMapper json;

    UnderstandFunction(Understanding understanding, Tenants tenants, ObjectMapper json) {
        this.understanding = understanding;
        this.tenants = tenants;
        this.json = json;
    }

    /** Takes any JSON, so that what is wrong with it is told in the same words as at the other doors. */
    @Funq("understand")
    public UnderstandReply understand(@Nullable JsonNode input) throws JsonProcessingException {
        UnderstandRequest request = json.treeToValue(input, UnderstandRequest.class);
        if (request == null) {
            throw new InvalidRequestException("the function needs one object with image, question and marks");
        }
        return understanding.answer(request, tenants.current(), event -> {});
    }
}
