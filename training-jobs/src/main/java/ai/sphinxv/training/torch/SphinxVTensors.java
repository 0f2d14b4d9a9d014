package ai.sphinxv.training.torch;

import static java.util.Objects.requireNonNull;

import ai.sphinxv.onnx.network.LlamaDecoder;
import ai.sphinxv.onnx.network.VisionEncoder;
import ai.sphinxv.onnx.network.VisualPromptEncoder;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.ModelConfig.Regions;
import ai.sphinxv.runtime.image.RegionCuts;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.ObjectScores;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.training.data.Batches;
import ai.sphinxv.training.data.Batches.Answers;
import ai.sphinxv.training.data.Batches.Marks;
import ai.sphinxv.training.data.Batches.Texts;
import ai.sphinxv.training.data.Batches.Views;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** SPHINX-V's forward passes and losses over a batch. Every tensor made here belongs to the caller's PointerScope. */
final class SphinxVTensors {
    /** Tokens that are said are counted in these: oneDNN has crashed on a new number of rows in every step. */
    private static final int ROWS = 256;

    /** Of what else a mark's looks tell, beside its class. */
    private static final double OTHER_WEIGHT = 0.3;

    /** Of where the marks are. More takes from what they look like. */
    private static final double PLACE_WEIGHT = 5;

    /** Of what lies under the marks, beside what is said. */
    private static final double MARK_WEIGHT = 0.5;

    private final ModelConfig config;
    private final Parameters parameters;
    private final TorchOps ops;

    SphinxVTensors(ModelConfig config, Parameters parameters) {
        this.config = config;
        this.parameters = parameters;
        this.ops = new TorchOps(parameters);
    }

    /** Encoded marks by themselves tell class, colour and name of what they mean. */
    Tensor looksLoss(Marks batch) {
        return headsLoss(VisualPromptEncoder.encode(ops, config, tensors(batch)), TrainingHeads::looks, batch);
    }

    /** @param rows [B, N, W], one for each slot */
    private Tensor headsLoss(Tensor rows, UnaryOperator<String> heads, Marks marks) {
        Tensor other = crossEntropy(head(rows, heads.apply("color")), marks.colors())
                .add(crossEntropy(head(rows, heads.apply("name")), marks.names()));
        return crossEntropy(head(rows, heads.apply("label")), marks.labels()).add(other.mul(new Scalar(OTHER_WEIGHT)));
    }

    /** Mean square of the corners' distances in fractions of the square, over the slots [B, N, W] that have a mark. */
    private Tensor placeLoss(Tensor rows, Marks marks) {
        Tensor places = head(rows, TrainingHeads.marks("place"));
        int slots = config.prompts().slots();
        Tensor valid = ops.constant(marks.isValid(), marks.count(), slots, 1);
        Tensor missed = places.sub(ops.constant(marks.corners(), marks.count(), slots, 4))
                .mul(valid);
        return missed.square().sum().div(valid.sum().mul(new Scalar(4)));
    }

    private Tensor head(Tensor rows, String name) {
        return torch.linear(rows, parameters.get(name + ".weight"), new TensorOptional(parameters.get(name + ".bias")));
    }

    /** The language model alone on conversations' text, whose tokens tell of marks no more than which they are about. */
    Tensor textLoss(Texts batch) {
        boolean slots = config.prompts().inText() && config.prompts().slotEmbedding();
        Tensor said = slots ? said(batch, bareSlots(batch.count())) : said(batch);
        Tensor embeds = torch.cat(new TensorVector(bos(batch.count(), batch.bos()), said), 1);
        return sayingLoss(
                LlamaDecoder.layers(ops, config.language(), 0, config.language().layers(), embeds), batch);
    }

    /**
     * The whole chain: what the model has to say, and, halfway through its layers, what lies under each mark.
     */
    Tensor answerLoss(Answers batch) {
        Tensor middle = firstHalf(batch);
        Tensor slots =
                middle.narrow(1, config.imageTokens() + 2L, config.prompts().slots()); // BOS, image, start
        Language language = config.language();
        Tensor last = LlamaDecoder.layers(ops, language, language.layers() / 2, language.layers(), middle);
        Tensor text = last.narrow(1, config.prefixTokens(), batch.texts().length());
        return sayingLoss(text, batch.texts())
                .add(headsLoss(slots, TrainingHeads::marks, batch.marks()).mul(new Scalar(MARK_WEIGHT)))
                .add(placeLoss(slots, batch.marks()).mul(new Scalar(PLACE_WEIGHT)));
    }

    /** What has to be said, from the last layer [B, T, H]; logits of all other tokens would be for nothing. */
    private Tensor sayingLoss(Tensor last, Texts texts) {
        long[] said = IntStream.range(0, texts.targets().length)
                .filter(i -> texts.targets()[i] != Batches.IGNORED)
                .asLongStream()
                .toArray();
        int count = (said.length + ROWS - 1) / ROWS * ROWS;
        long[] chosen = Arrays.copyOf(said, count); // the first token again and again, which nobody has to say
        long[] targets = new long[count];
        Arrays.fill(targets, Batches.IGNORED);
        for (int i = 0; i < said.length; i++) {
            targets[i] = texts.targets()[(int) said[i]];
        }
        Language language = config.language();
        Tensor rows = last.reshape(-1, language.width()).index_select(0, ops.constant(chosen, count));
        return crossEntropy(LlamaDecoder.logits(ops, language, LlamaDecoder.norm(ops, language, rows)), targets);
    }

    /** The sequence [BOS][image][prompts][text] after half of the layers: [B, S, H]. */
    private Tensor firstHalf(Answers batch) {
        Texts texts = batch.texts();
        Tensor marks = encodeMarks(batch.marks());
        Tensor embeds = torch.cat(
                new TensorVector(
                        bos(texts.count(), texts.bos()), encodeViews(batch.views()), marks, said(texts, marks)),
                1);
        Language language = config.language();
        return LlamaDecoder.layers(ops, language, 0, language.layers() / 2, embeds);
    }

    /** Marks of which nothing but their slot is known: [B, promptTokens, H]. */
    private Tensor bareSlots(int count) {
        int width = config.language().width();
        Tensor none = ops.constant(new float[width], 1, 1, width);
        return torch.cat(new TensorVector(none, parameters.get("slot_vp"), none), 1)
                .expand(count, config.promptTokens(), width);
    }

    /** [B, imageTokens, H]. */
    Tensor encodeViews(Views views) {
        Tensor rows = ops.constant(
                views.rows(),
                ModelConfig.VIEWS * (long) views.count(),
                config.image().rows(),
                config.visualWidth());
        Tensor visible = ops.constant(views.visible(), views.count(), ModelConfig.VIEWS);
        return VisionEncoder.tokens(ops, config, null, rows, visible);
    }

    /** [B, promptTokens, H]. */
    Tensor encodeMarks(Marks marks) {
        return VisualPromptEncoder.forward(ops, config, tensors(marks));
    }

    private VisualPromptEncoder.Marks<Tensor> tensors(Marks marks) {
        int slots = config.prompts().slots();
        int count = marks.count();
        Regions regions = config.regions();
        int seen = regions == null ? 0 : new RegionCuts(marks.cuts()).marks(regions) / count;
        return new VisualPromptEncoder.Marks<>(
                ops.constant(marks.corners(), count, slots, 4),
                ops.constant(marks.isBox(), count, slots, 1),
                ops.constant(marks.isValid(), count, slots, 1),
                regions == null
                        ? null
                        : ops.constant(marks.cuts(), count, seen, Regions.CUTS, 3, regions.crop(), regions.crop()),
                config.objectChannels() == 0
                        ? null
                        : ops.constant(marks.objects(), count, seen, config.objectChannels()));
    }

    /** One picture through all of the vision encoder. */
    VisionEncoder.Seen<Tensor> see(SquareImage image) {
        int size = config.image().size();
        return VisionEncoder.forward(
                ops,
                config,
                ops.constant(image.pixels(), 1, 3, size, size),
                ops.constant(image.visible(), 1, ModelConfig.VIEWS));
    }

    /**
     * Marks on one picture, as they are served: [1, promptTokens, H].
     *
     * @param map [objectChannels * cells] of the picture
     */
    Tensor encodeMarks(PromptSlots slots, @Nullable RegionCuts cuts, float @Nullable [] map) {
        return encodeMarks(new Marks(
                1,
                slots.corners(),
                slots.isBox(),
                slots.isValid(),
                cuts == null ? new float[0] : cuts.pixels(),
                cuts == null || map == null
                        ? new float[0]
                        : ObjectScores.largest(
                                map, slots.corners(), cuts.marks(requireNonNull(config.regions())), config),
                new long[0],
                new long[0],
                new long[0]));
    }

    /** Embeddings [S * H] -> logits of the last position [vocabulary]. */
    Tensor nextLogits(float[] embeds) {
        int width = config.language().width();
        return nextLogits(ops.constant(embeds, 1, embeds.length / width, width));
    }

    /** Embeddings [1, S, H] -> logits of the last position [vocabulary]. */
    Tensor nextLogits(Tensor embeds) {
        Tensor hidden = LlamaDecoder.forward(ops, config.language(), embeds);
        return LlamaDecoder.logits(ops, config.language(), hidden.narrow(1, hidden.size(1) - 1, 1))
                .flatten();
    }

    ModelConfig config() {
        return config;
    }

    /** [B, T, H]. */
    Tensor embed(long[] tokens, long... shape) {
        return LlamaDecoder.embed(ops, config.language(), ops.constant(tokens, shape));
    }

    private Tensor bos(int count, int bos) {
        return embed(new long[] {bos}, 1, 1).expand(count, 1, config.language().width());
    }

    /** All tokens but the last, which nothing follows. */
    private Tensor said(Texts texts) {
        return embed(texts.tokens(), texts.count(), texts.length()).narrow(1, 0, texts.length() - 1L);
    }

    /** @param marks [B, promptTokens, H], which the tokens about them carry too if the model has it so */
    private Tensor said(Texts texts, Tensor marks) {
        return config.prompts().inText()
                ? said(texts)
                        .add(named(texts.named(), texts.shares(), texts.count(), marks)
                                .narrow(1, 0, texts.length() - 1L))
                : said(texts);
    }

    /**
     * Of the embedding of the mark that each token is about, as much as it carries: [B, T, H].
     *
     * @param named [B * T] slots
     * @param shares [B * T]
     * @param marks [B, promptTokens, H]
     */
    Tensor named(int[] named, float[] shares, int count, Tensor marks) {
        int length = named.length / count;
        long[] rows = new long[named.length];
        for (int i = 0; i < named.length; i++) {
            rows[i] = (long) i / length * config.promptTokens() + 1 + named[i]; // after the start
        }
        return marks.reshape(-1, config.language().width())
                .index_select(0, ops.constant(rows, rows.length))
                .mul(ops.constant(shares, shares.length, 1))
                .reshape(count, length, config.language().width());
    }

    private Tensor crossEntropy(Tensor logits, long[] targets) {
        if (Arrays.stream(targets).allMatch(target -> target == Batches.IGNORED)) {
            return ops.constant(new float[1], 1); // the mean of nothing would be no number
        }
        Tensor rows = logits.reshape(-1, logits.size(logits.dim() - 1));
        return torch.cross_entropy_loss(
                rows, ops.constant(targets, targets.length), new TensorOptional(), 1, Batches.IGNORED, 0.0);
    }
}
