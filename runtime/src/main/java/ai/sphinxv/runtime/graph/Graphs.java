package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.bundle.Bundle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of a bundle's graphs. Owns them: close it when nothing is running.
 *
 * @param vision a picture to its embeddings
 * @param prompts marks to their embeddings
 * @param tokens token ids to their embeddings
 * @param language embeddings to the next token's logits
 * @param reader a line of text in a picture to its words; null where the model reads none
 */
public record Graphs(
        VisionEncoder vision,
        PromptEncoder prompts,
        TokenEmbedding tokens,
        LlmGraph language,
        @Nullable TextReader reader)
        implements AutoCloseable {

    /** @throws GraphException if one of them starts on no provider; none is left open then */
    public static Graphs open(Bundle bundle, Providers providers) {
        List<Runnable> undo = new ArrayList<>();
        try {
            var tokens = TokenEmbedding.open(bundle);
            undo.add(tokens::close);
            var vision = VisionEncoder.open(bundle, providers);
            undo.add(vision::close);
            var prompts = PromptEncoder.open(bundle, providers);
            undo.add(prompts::close);
            var language = LlmGraph.open(bundle, providers);
            undo.add(language::close);
            return new Graphs(vision, prompts, tokens, language, reader(bundle, providers));
        } catch (RuntimeException e) {
            undo.reversed().forEach(Runnable::run);
            throw e;
        }
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
        language.close();
        prompts.close();
        vision.close();
        tokens.close();
    }

    private static @Nullable TextReader reader(Bundle bundle, Providers providers) {
        return bundle.config().reader() == null
                ? null
                : TextReader.open(bundle.file(Bundle.TEXT_READER), bundle.file(Bundle.TEXT_CHARACTERS), providers);
    }
}
