package ai.sphinxv.training.torch;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.training.data.Batches.Answers;
import ai.sphinxv.training.data.Batches.Images;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The trained networks as they are in LibTorch, without gradients: what the exported graphs have to equal. */
public final class Reference {
    private final SphinxVTensors model;

    public Reference(ModelConfig config, Parameters parameters) {
        this.model = new SphinxVTensors(config, parameters);
    }

    /** [imageTokens * H] of one picture. */
    public float[] encodeImage(Images image) {
        try (var scope = new PointerScope();
                var frozen = new NoGradGuard()) {
            return Parameters.values(model.encodeImages(image));
        }
    }

    /** [promptTokens * H] of one picture's marks. */
    public float[] encodePrompts(float[] corners, float[] isBox, float[] isValid) {
        try (var scope = new PointerScope();
                var frozen = new NoGradGuard()) {
            return Parameters.values(model.encodePrompts(1, corners, isBox, isValid));
        }
    }

    /** Logits after the last of these embeddings [S * H], whose width is H. */
    public float[] nextLogits(float[] embeds, int width) {
        try (var scope = new PointerScope();
                var frozen = new NoGradGuard()) {
            return Parameters.values(model.nextLogits(Tensor.create(embeds, 1, embeds.length / width, width)));
        }
    }

    /**
     * The likeliest next token again and again, each time over the whole sequence.
     *
     * @param prompt ids of the text that waits for its answer
     * @param stop ends the answer once it stands at its end
     */
    public int[] greedy(Answers marked, int[] prompt, int bos, int[] stop, int most) {
        int[] answer = new int[most];
        int count = 0;
        try (var scope = new PointerScope();
                var frozen = new NoGradGuard()) {
            Tensor embeds = torch.cat(
                    new TensorVector(
                            embed(bos),
                            model.encodeImages(marked.images()),
                            model.encodePrompts(1, marked.corners(), marked.isBox(), marked.isValid()),
                            embed(prompt)),
                    1);
            while (count < most && !endsWith(answer, count, stop)) {
                int next = (int) model.nextLogits(embeds).argmax().item_long();
                answer[count++] = next;
                embeds = torch.cat(new TensorVector(embeds, embed(next)), 1);
            }
        }
        return Arrays.copyOf(answer, count);
    }

    private Tensor embed(int... ids) {
        return model.embed(Arrays.stream(ids).asLongStream().toArray(), 1, ids.length);
    }

    private static boolean endsWith(int[] answer, int count, int[] stop) {
        return count >= stop.length && Arrays.equals(answer, count - stop.length, count, stop, 0, stop.length);
    }
}
