package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.SeenImage;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.decode.SamplingOptions;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.text.Conversation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A bundle in this process, decoding greedily. Questions about the same picture in a row look at it once. */
final class BundleModel implements Model {
    /** An answer may take this part of what the model can read and write: the rest is for picture and question. */
    private static final int PART_OF_CONTEXT = 4;

    private final SphinxV model;
    private @Nullable RgbImage last;
    private @Nullable SeenImage seen;

    BundleModel(Path bundle) {
        model = SphinxV.open(bundle, RuntimeOptions.defaults());
    }

    @Override
    public String name() {
        return model.model();
    }

    @Override
    public String ask(Asked asked) {
        RgbImage image = asked.picture().image();
        int most = model.config().language().maxTokens() / PART_OF_CONTEXT;
        var question = new Question(
                image,
                asked.marks(),
                Conversation.of(asked.question()),
                SamplingOptions.greedy(),
                Math.min(asked.maxTokens(), most));
        SeenImage known = seen;
        if (known != null && image.equals(last)) {
            return model.answer(question, known, event -> {}).text();
        }
        return model.answer(question, event -> {}, fresh -> {
                    seen = fresh;
                    last = image;
                })
                .text();
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public void close() {
        model.close();
    }
}
