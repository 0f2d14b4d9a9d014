package ai.sphinxv.functions.function;

import ai.sphinxv.functions.ask.Sent;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.chain.Chain;
import ai.sphinxv.functions.chain.ChainMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.funqy.Funq;
import org.jspecify.annotations.Nullable;

/** The model's three subgraphs as functions: what one returns, the next takes. Over HTTP each is a {@code POST}. */
public class ChainFunctions {
    private final Chain chain;
    private final Tenants tenants;

    ChainFunctions(Chain chain, Tenants tenants) {
        this.chain = chain;
        this.tenants = tenants;
    }

    @Funq("encode-image")
    public ChainMessage encodeImage(@Nullable Sent<ChainMessage> input) throws JsonProcessingException {
        return chain.encodeImage(message(input), tenants.current());
    }

    @Funq("encode-prompts")
    public ChainMessage encodePrompts(@Nullable Sent<ChainMessage> input) throws JsonProcessingException {
        return chain.encodePrompts(message(input), tenants.current());
    }

    @Funq("generate")
    public UnderstandReply generate(@Nullable Sent<ChainMessage> input) throws JsonProcessingException {
        return chain.generate(message(input), tenants.current());
    }

    private static ChainMessage message(@Nullable Sent<ChainMessage> input) throws JsonProcessingException {
        return Sent.request(
                input,
                "the function needs one object: image for encode-image, what that gave and marks for"
                        + " encode-prompts, what that gave and question for generate");
    }
}
