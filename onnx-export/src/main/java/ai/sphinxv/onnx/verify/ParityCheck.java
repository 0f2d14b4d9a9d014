package ai.sphinxv.onnx.verify;

import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.graph.LlmGraph;
import ai.sphinxv.runtime.graph.PromptEncoder;
import ai.sphinxv.runtime.graph.Providers;
import ai.sphinxv.runtime.graph.VisionEncoder;
import ai.sphinxv.runtime.graph.VisionEncoder.Seen;
import ai.sphinxv.runtime.image.RegionCuts;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.PromptSlots;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exported bundle, run through the runtime on the CPU, against what the trained networks gave for the same inputs.
 */
public final class ParityCheck {
    /** Largest difference that two fp32 implementations may have. */
    public static final double TOLERANCE = 1e-4;

    /**
     * A picture and what is seen of it.
     *
     * @param embeds [imageTokens * H]
     * @param objects [objectChannels * cells], null where the model has no object expert
     */
    public record ImageCase(SquareImage image, float[] embeds, float @Nullable [] objects) {}

    /**
     * Slots and their embeddings.
     *
     * @param cuts null where the model looks at no regions
     * @param objects [objectChannels * cells] of the picture, null where the model looks at none
     * @param embeds [promptTokens * H]
     */
    public record PromptCase(
            PromptSlots slots, @Nullable RegionCuts cuts, float @Nullable [] objects, float[] embeds) {}

    /**
     * Embeddings given to the decoder: first a prompt at once, then one by one.
     *
     * @param prompt [S * H]
     * @param steps [H] each
     * @param logits [vocabulary] after the prompt and after each step
     */
    public record DecoderCase(float[] prompt, List<float[]> steps, List<float[]> logits) {}

    /** A question and the ids of its greedy answer. */
    public record AnswerCase(Question question, int[] tokens) {}

    /**
     * How far apart they are; of numbers over 1, as a share of the largest.
     *
     * @param image largest difference over all picture embeddings and object scores
     * @param prompts largest difference over all prompt embeddings
     * @param logits largest difference over all logits
     * @param answers greedy answers compared, all the same token by token
     */
    public record Parity(double image, double prompts, double logits, int answers) {}

    private ParityCheck() {}

    /** @throws ParityException naming every case that is too far apart */
    public static Parity run(
            Path folder,
            List<ImageCase> images,
            List<PromptCase> prompts,
            List<DecoderCase> decoders,
            List<AnswerCase> answers) {
        Bundle bundle = Bundle.open(folder);
        var providers = new Providers(List.of(), 0);
        List<String> faults = new ArrayList<>();
        double image = 0;
        try (var encoder = VisionEncoder.open(bundle, providers)) {
            for (ImageCase one : images) {
                Seen seen = encoder.encode(one.image());
                image = Math.max(image, difference(seen.embeds(), one.embeds()));
                image = Math.max(image, difference(orNone(seen.objects()), orNone(one.objects())));
            }
        }
        double prompt = 0;
        try (var encoder = PromptEncoder.open(bundle, providers)) {
            for (PromptCase one : prompts) {
                float[] embeds = encoder.encode(one.slots(), one.cuts(), one.objects());
                prompt = Math.max(prompt, difference(embeds, one.embeds()));
            }
        }
        double logits = 0;
        try (var graph = LlmGraph.open(bundle, providers)) {
            for (DecoderCase one : decoders) {
                logits = Math.max(logits, difference(graph, one));
            }
        }
        require(image, "vision_encoder.onnx", faults);
        require(prompt, "prompt_encoder.onnx", faults);
        require(logits, "llm_decoder.onnx", faults);
        compareAnswers(folder, answers, faults);
        if (!faults.isEmpty()) {
            throw new ParityException(folder + " does not equal the trained networks: " + String.join("; ", faults));
        }
        return new Parity(image, prompt, logits, answers.size());
    }

    private static float[] orNone(float @Nullable [] values) {
        return values == null ? new float[0] : values;
    }

    /** In the two stretches in which a picture's second question is read: what another sequence has read, and the rest. */
    private static double difference(LlmGraph graph, DecoderCase one) {
        int width = one.steps().getFirst().length;
        int read = one.prompt().length / width / 2;
        float[] begin = Arrays.copyOf(one.prompt(), read * width);
        float[] rest = Arrays.copyOfRange(one.prompt(), read * width, one.prompt().length);
        try (var other = graph.begin();
                var decoder = graph.begin()) {
            other.prefill(begin);
            decoder.begin(other.prefix(read));
            double largest = difference(decoder.prefill(rest), one.logits().getFirst());
            for (int i = 0; i < one.steps().size(); i++) {
                float[] logits = decoder.step(one.steps().get(i));
                largest = Math.max(largest, difference(logits, one.logits().get(i + 1)));
            }
            return largest;
        }
    }

    private static void compareAnswers(Path folder, List<AnswerCase> answers, List<String> faults) {
        try (var model = SphinxV.open(folder, RuntimeOptions.defaults())) {
            for (int i = 0; i < answers.size(); i++) {
                int[] tokens = model.tokens(answers.get(i).question());
                if (!Arrays.equals(tokens, answers.get(i).tokens())) {
                    faults.add("answer %d is %s instead of %s"
                            .formatted(
                                    i + 1,
                                    Arrays.toString(tokens),
                                    Arrays.toString(answers.get(i).tokens())));
                }
            }
        }
    }

    private static void require(double difference, String graph, List<String> faults) {
        if (!(difference <= TOLERANCE)) {
            faults.add("%s differs by %.2e, at most %.0e is allowed".formatted(graph, difference, TOLERANCE));
        }
    }

    /** The largest, as a share of the largest number expected where that is over 1: single precision knows no more. */
    private static double difference(float[] got, float[] expected) {
        if (got.length != expected.length) {
            throw new ParityException("%d numbers instead of %d".formatted(got.length, expected.length));
        }
        double largest = 0;
        double scale = 1;
        for (int i = 0; i < got.length; i++) {
            double apart = Math.abs((double) got[i] - expected[i]);
            largest = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(largest, apart);
            scale = Math.max(scale, Math.abs(expected[i]));
        }
        return largest / scale;
    }
}
