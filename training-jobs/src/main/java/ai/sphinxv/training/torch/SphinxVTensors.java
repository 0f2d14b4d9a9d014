package ai.sphinxv.training.torch;

import ai.sphinxv.onnx.network.LlamaDecoder;
import ai.sphinxv.onnx.network.VisionEncoder;
import ai.sphinxv.onnx.network.VisualPromptEncoder;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.training.data.Batches;
import ai.sphinxv.training.data.Batches.Answers;
import ai.sphinxv.training.data.Batches.Cells;
import ai.sphinxv.training.data.Batches.Images;
import ai.sphinxv.training.data.Batches.Texts;
import java.util.Arrays;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** SPHINX-V's forward passes and losses over a batch. Every tensor made here belongs to the caller's PointerScope. */
final class SphinxVTensors {
    private static final float BACKGROUND_WEIGHT = 0.1f;
    private static final double COLOR_WEIGHT = 0.3;
    private static final double WORD_WEIGHT = 0.1;
    private static final double MARK_LABEL_WEIGHT = 0.5;
    private static final double MARK_COLOR_WEIGHT = 0.2;

    private final ModelConfig config;
    private final Parameters parameters;
    private final TorchOps ops;

    SphinxVTensors(ModelConfig config, Parameters parameters) {
        this.config = config;
        this.parameters = parameters;
        this.ops = new TorchOps(parameters);
    }

    /**
     * The experts name what lies in each cell: three cross-entropies. The background, which most cells show, counts
     * less, and so do the words, whose gradient is mostly noise until letters are told apart.
     */
    Tensor cellLoss(Cells batch) {
        Tensor image = pixels(batch.images());
        Tensor rows = VisionEncoder.experts(ops, config, image, VisionEncoder.views(ops, config, image));
        Tensor labels = head(rows, TrainingHeads.cells("label"));
        float[] weights = new float[(int) labels.size(2)];
        Arrays.fill(weights, 1);
        weights[weights.length - 1] = BACKGROUND_WEIGHT;
        return crossEntropy(labels, batch.labels(), new TensorOptional(Tensor.create(weights)))
                .add(crossEntropy(head(rows, TrainingHeads.cells("color")), batch.colors())
                        .mul(new Scalar(COLOR_WEIGHT)))
                .add(crossEntropy(head(rows, TrainingHeads.cells("word")), batch.words())
                        .mul(new Scalar(WORD_WEIGHT)));
    }

    private Tensor head(Tensor rows, String name) {
        return torch.linear(rows, parameters.get(name + ".weight"), new TensorOptional(parameters.get(name + ".bias")));
    }

    /** The language model alone on conversations' text. */
    Tensor textLoss(Texts batch) {
        Tensor embeds = torch.cat(new TensorVector(bos(batch.count(), batch.bos()), said(batch)), 1);
        Tensor hidden = LlamaDecoder.forward(ops, config.language(), embeds);
        return crossEntropy(LlamaDecoder.logits(ops, config.language(), hidden), batch.targets());
    }

    /**
     * The whole chain: what the model has to say, and, halfway through its layers, what lies under each mark.
     */
    Tensor answerLoss(Answers batch) {
        Tensor middle = firstHalf(batch);
        Tensor slots =
                middle.narrow(1, config.imageTokens() + 2L, config.prompts().slots()); // BOS, image, start
        return crossEntropy(answerLogits(batch, middle), batch.texts().targets())
                .add(crossEntropy(head(slots, TrainingHeads.marks("label")), batch.labels())
                        .mul(new Scalar(MARK_LABEL_WEIGHT)))
                .add(crossEntropy(head(slots, TrainingHeads.marks("color")), batch.colors())
                        .mul(new Scalar(MARK_COLOR_WEIGHT)));
    }

    /** From the middle of the layers to the logits of every text token: [B, T, vocabulary]. */
    private Tensor answerLogits(Answers batch, Tensor middle) {
        Language language = config.language();
        Tensor last = LlamaDecoder.layers(ops, language, language.layers() / 2, language.layers(), middle);
        Tensor text = last.narrow(1, config.prefixTokens(), batch.texts().length());
        return LlamaDecoder.logits(ops, language, LlamaDecoder.norm(ops, language, text));
    }

    /** The sequence [BOS][image][prompts][text] after half of the layers: [B, S, H]. */
    private Tensor firstHalf(Answers batch) {
        Texts texts = batch.texts();
        Tensor prompts = encodePrompts(texts.count(), batch.corners(), batch.isBox(), batch.isValid());
        Tensor embeds = torch.cat(
                new TensorVector(bos(texts.count(), texts.bos()), encodeImages(batch.images()), prompts, said(texts)),
                1);
        Language language = config.language();
        return LlamaDecoder.layers(ops, language, 0, language.layers() / 2, embeds);
    }

    /** [B, imageTokens, H]. The experts are frozen here, so they keep no gradients. */
    Tensor encodeImages(Images images) {
        Tensor image = pixels(images);
        Tensor visible = Tensor.create(images.visible(), images.count(), ModelConfig.VIEWS);
        Tensor views;
        Tensor rows;
        try (var frozen = new NoGradGuard()) {
            views = VisionEncoder.views(ops, config, image);
            rows = VisionEncoder.experts(ops, config, image, views);
        }
        return VisionEncoder.tokens(ops, config, views, rows, visible);
    }

    /** [B, promptTokens, H]. */
    Tensor encodePrompts(int count, float[] corners, float[] isBox, float[] isValid) {
        int slots = config.prompts().slots();
        return VisualPromptEncoder.forward(
                ops,
                config,
                Tensor.create(corners, count, slots, 4),
                Tensor.create(isBox, count, slots, 1),
                Tensor.create(isValid, count, slots, 1));
    }

    /** Embeddings [1, S, H] -> logits of the last position [vocabulary]. */
    Tensor nextLogits(Tensor embeds) {
        Tensor hidden = LlamaDecoder.forward(ops, config.language(), embeds);
        return LlamaDecoder.logits(ops, config.language(), hidden.narrow(1, hidden.size(1) - 1, 1))
                .flatten();
    }

    /** [B, T, H]. */
    Tensor embed(long[] tokens, long... shape) {
        return LlamaDecoder.embed(ops, config.language(), Tensor.create(tokens, shape));
    }

    private Tensor bos(int count, int bos) {
        return embed(new long[] {bos}, 1, 1).expand(count, 1, config.language().width());
    }

    /** All tokens but the last, which nothing follows. */
    private Tensor said(Texts texts) {
        return embed(texts.tokens(), texts.count(), texts.length()).narrow(1, 0, texts.length() - 1L);
    }

    private Tensor pixels(Images images) {
        int size = config.image().size();
        return Tensor.create(images.pixels(), images.count(), 3, size, size);
    }

    private static Tensor crossEntropy(Tensor logits, long[] targets) {
        return crossEntropy(logits, targets, new TensorOptional());
    }

    private static Tensor crossEntropy(Tensor logits, long[] targets, TensorOptional classWeights) {
        Tensor rows = logits.reshape(-1, logits.size(logits.dim() - 1));
        return torch.cross_entropy_loss(
                rows, Tensor.create(targets, targets.length), classWeights, 1, Batches.IGNORED, 0.0);
    }
}
