package ai.sphinxv.functions.function;

import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.chain.Chain;
import ai.sphinxv.functions.chain.ChainMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.funqy.Funq;
import org.jspecify.annotations.Nullable;

/** The model's three subgraphs as functions: what one returns, the next takes. Over HTTP each is a {@code POST}. */
public class ChainFunctions {
    private final Chain chain;
    private final Tenants tenants;
    private final ObjectMapper json;

    ChainFunctions(Chain chain, Tenants tenants, ObjectMapper json) {
        this.chain = chain;
        this.tenants = tenants;
        this.json = json;
    }

    @Funq("encode-image")
    public ChainMessage encodeImage(@Nullable JsonNode input) throws JsonProcessingException {
        return chain.encodeImage(message(input), tenants.current());
    }

    @Funq("encode-prompts")
    public ChainMessage encodePrompts(@Nullable JsonNode input) throws JsonProcessingException {
        return chain.encodePrompts(message(input), tenants.current());
    }

    @Funq("generate")
    public UnderstandReply generate(@Nullable JsonNode input) throws JsonProcessingException {
        return chain.generate(message(input), tenants.current());
    }

    private ChainMessage message(@Nullable JsonNode input) throws JsonProcessingException {
        ChainMessage message = json.treeToValue(input, ChainMessage.class);
        if (message == null) {
            throw new InvalidRequestException(
                    "the function needs one object: image for encode-image, what that gave and marks for"
                            + " encode-prompts, what that gave and question for generate");
        }
        return message;
    }
}
