package ai.sphinxv.training;

import ai.sphinxv.onnx.verify.ParityCheck.AnswerCase;
import ai.sphinxv.onnx.verify.ParityCheck.DecoderCase;
import ai.sphinxv.onnx.verify.ParityCheck.ImageCase;
import ai.sphinxv.onnx.verify.ParityCheck.PromptCase;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.runtime.text.Conversation;
import ai.sphinxv.runtime.text.Tokenizer;
import ai.sphinxv.training.data.Batches.Images;
import ai.sphinxv.training.data.Collator;
import ai.sphinxv.training.data.Mixture;
import ai.sphinxv.training.data.Sample;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.torch.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Inputs of the parity check and what the trained networks give for them. */
final class ParityCases {
    private static final int INPUTS = 20;
    private static final int STEPS = 4;

    private final ModelConfig config;
    private final Reference reference;
    private final SplittableRandom random = new SplittableRandom(1);

    ParityCases(ModelConfig config, Reference reference) {
        this.config = config;
        this.reference = reference;
    }

    List<ImageCase> images() {
        int size = config.image().size();
        return IntStream.range(0, INPUTS)
                .mapToObj(i -> {
                    var image = new SquareImage(gaussian(3 * size * size), bits(ModelConfig.VIEWS));
                    float[] embeds = reference.encodeImage(new Images(1, image.pixels(), image.visible()));
                    return new ImageCase(image, embeds);
                })
                .toList();
    }

    List<PromptCase> prompts() {
        int slots = config.prompts().slots();
        return IntStream.range(0, INPUTS)
                .mapToObj(i -> {
                    float[] corners = new float[4 * slots];
                    for (int at = 0; at < corners.length; at++) {
                        corners[at] = (float) random.nextDouble();
                    }
                    var placed = new PromptSlots(corners, bits(slots), bits(slots));
                    return new PromptCase(
                            placed, reference.encodePrompts(placed.corners(), placed.isBox(), placed.isValid()));
                })
                .toList();
    }

    /** As long as a real sequence, then a few steps. */
    List<DecoderCase> decoders() {
        int width = config.language().width();
        int prompt = config.prefixTokens() + 40;
        return IntStream.range(0, INPUTS)
                .mapToObj(i -> {
                    float[] embeds = gaussian((prompt + STEPS) * width);
                    List<float[]> logits = new ArrayList<>();
                    List<float[]> steps = new ArrayList<>();
                    for (int step = 0; step <= STEPS; step++) {
                        logits.add(reference.nextLogits(Arrays.copyOf(embeds, (prompt + step) * width), width));
                        if (step < STEPS) {
                            steps.add(Arrays.copyOfRange(embeds, (prompt + step) * width, (prompt + step + 1) * width));
                        }
                    }
                    return new DecoderCase(Arrays.copyOf(embeds, prompt * width), steps, logits);
                })
                .toList();
    }

    /** Greedy answers to the first questions of so many samples. */
    List<AnswerCase> answers(Mixture samples, Tokenizer tokenizer, Catalog catalog, int count) {
        var collator = new Collator(config, tokenizer, catalog);
        int[] stop = tokenizer.encode(config.template().stop());
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    Sample sample = samples.sample(i);
                    var open = Conversation.of(
                            sample.conversation().turns().getFirst().question());
                    var question = Question.of(
                            sample.image(),
                            sample.marks(),
                            open.turns().getFirst().question());
                    int[] prompt = tokenizer.encode(
                            open.segments(config.template()).getFirst().text());
                    int[] tokens = reference.greedy(
                            collator.answers(List.of(sample)), prompt, tokenizer.bos(), stop, question.maxNewTokens());
                    return new AnswerCase(question, tokens);
                })
                .toList();
    }

    private float[] gaussian(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private float[] bits(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextBoolean() ? 1 : 0;
        }
        return values;
    }
}
