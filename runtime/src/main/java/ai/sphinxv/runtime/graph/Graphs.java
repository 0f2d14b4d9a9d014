package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.bundle.Bundle;

/**
 * All of a bundle's graphs. Owns them: close it when nothing is running.
 *
 * @param vision a picture to its embeddings
 * @param prompts marks to their embeddings
 * @param tokens token ids to their embeddings
 * @param language embeddings to the next token's logits
 */
public record Graphs(VisionEncoder vision, PromptEncoder prompts, TokenEmbedding tokens, LlmGraph language)
        implements AutoCloseable {

    /** @throws GraphException if one of them starts on no provider; none is left open then */
    public static Graphs open(Bundle bundle, Providers providers) {
        TokenEmbedding tokens = TokenEmbedding.open(bundle);
        try {
            VisionEncoder vision = VisionEncoder.open(bundle, providers);
            try {
                PromptEncoder prompts = PromptEncoder.open(bundle, providers);
                try {
                    return new Graphs(vision, prompts, tokens, LlmGraph.open(bundle, providers));
                } catch (RuntimeException e) {
                    prompts.close();
                    throw e;
                }
            } catch (RuntimeException e) {
                vision.close();
                throw e;
            }
        } catch (RuntimeException e) {
            tokens.close();
            throw e;
        }
    }

    @Override
    public void close() {
        language.close();
        prompts.close();
        vision.close();
        tokens.close();
    }
}
