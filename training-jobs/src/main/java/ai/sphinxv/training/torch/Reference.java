package ai.sphinxv.training.torch;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.decode.Sampler;
import ai.sphinxv.runtime.decode.SamplingOptions;
import ai.sphinxv.runtime.image.RegionCuts;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.runtime.text.ContextualBias;
import ai.sphinxv.runtime.text.NamedMarks;
import ai.sphinxv.runtime.text.TokenizedText;
import ai.sphinxv.runtime.text.Tokenizer;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The trained networks as they are in LibTorch, without gradients: what the exported graphs have to equal. */
public final class Reference {
    private final SphinxVTensors model;

    public Reference(ModelConfig config, Parameters parameters) {
        this.model = new SphinxVTensors(config, parameters);
    }

    /**
     * What is seen of a picture.
     *
     * @param embeds [imageTokens * H]
     * @param objects [objectChannels * cells], null where the model has no object expert
     */
    public record Seen(float[] embeds, float @Nullable [] objects) {}

    public Seen encodeImage(SquareImage image) {
        try (var scope = new PointerScope();
                var frozen = new NoGradGuard()) {
            var seen = model.see(image);
            Tensor objects = seen.objects();
            return new Seen(Parameters.values(seen.embeds()), objects == null ? null : Parameters.values(objects));
        }
    }

    /**
     * [promptTokens * H] of one picture's marks.
     *
     * @param cuts null where the model looks at no regions
     * @param objects as in {@link Seen}
     */
    public float[] encodePrompts(PromptSlots slots, @Nullable RegionCuts cuts, float @Nullable [] objects) {
        try (var scope = new PointerScope();
                var frozen = new NoGradGuard()) {
            return Parameters.values(model.encodeMarks(slots, cuts, objects));
        }
    }

    /** Logits after the last of these embeddings [S * H]. */
    public float[] nextLogits(float[] embeds) {
        try (var scope = new PointerScope();
                var frozen = new NoGradGuard()) {
            return Parameters.values(model.nextLogits(embeds));
        }
    }

    /**
     * The likeliest next token again and again, each time over the whole sequence.
     *
     * @param prompt the text that waits for its answer
     * @param tokenizer of that text
     * @param stop ends the answer once it stands at its end
     * @param bias to what experts told in the prompt
     */
    public int[] greedy(
            SquareImage image,
            PromptSlots slots,
            @Nullable RegionCuts cuts,
            TokenizedText prompt,
            Tokenizer tokenizer,
            int[] stop,
            ContextualBias bias,
            int most) {
        int[] answer = new int[most];
        int count = 0;
        var sampler = new Sampler(SamplingOptions.greedy());
        try (var scope = new PointerScope();
                var frozen = new NoGradGuard()) {
            var seen = model.see(image);
            Tensor objects = seen.objects();
            Tensor marks = model.encodeMarks(slots, cuts, objects == null ? null : Parameters.values(objects));
            double told = model.config().prompts().told();
            var asked = new NamedMarks(tokenizer, slots.marks(), prompt.told(), told);
            var said = new NamedMarks(tokenizer, slots.marks(), 0, told);
            Tensor bos = model.embed(new long[] {tokenizer.bos()}, 1, 1);
            Tensor embeds =
                    torch.cat(new TensorVector(bos, seen.embeds(), marks, embed(marks, asked, prompt.ids())), 1);
            while (count < most && !endsWith(answer, count, stop)) {
                float[] logits = Parameters.values(model.nextLogits(embeds));
                bias.add(logits);
                int next = sampler.next(logits);
                bias.next(next);
                answer[count++] = next;
                embeds = torch.cat(new TensorVector(embeds, embed(marks, said, next)), 1);
            }
        }
        return Arrays.copyOf(answer, count);
    }

    private Tensor embed(Tensor marks, NamedMarks names, int... ids) {
        Tensor words = model.embed(Arrays.stream(ids).asLongStream().toArray(), 1, ids.length);
        if (!model.config().prompts().inText()) {
            return words;
        }
        int[] slots = new int[ids.length];
        float[] shares = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            var about = names.next(ids[i]);
            slots[i] = about.slot();
            shares[i] = about.share();
        }
        return words.add(model.named(slots, shares, 1, marks));
    }

    private static boolean endsWith(int[] answer, int count, int[] stop) {
        return count >= stop.length && Arrays.equals(answer, count - stop.length, count, stop, 0, stop.length);
    }
}
