package ai.sphinxv.onnx.bench;

import ai.sphinxv.runtime.Answer.Usage;
import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.graph.Graphs;
import ai.sphinxv.runtime.graph.KvPrefix;
import ai.sphinxv.runtime.graph.LlmDecoder;
import ai.sphinxv.runtime.graph.Providers;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.image.RegionCuts;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The runs of a bundle's graphs that one answer is made of, and nothing else: no picture is decoded, no token chosen, no text
 * written. Numbers are arbitrary, shapes are the answer's.
 */
final class BareRuns implements AutoCloseable {
    private final ModelConfig config;
    private final Graphs graphs;
    private final SquareImage square;
    private final PromptSlots slots;
    private final RegionCuts cuts;
    private final float[] objects;
    private final KvPrefix picture;

    /** @param mark a point: what it says is not read */
    BareRuns(Path bundle, RgbImage image, VisualPrompt mark) {
        var files = Bundle.open(bundle);
        var options = RuntimeOptions.defaults();
        this.config = files.config();
        this.graphs = Graphs.open(files, new Providers(options.providers(), options.threads(), null));
        this.square = SquareImage.of(image, config.image());
        var padded = PaddedSquare.of(image, config.image().padding());
        this.slots = PromptSlots.of(List.of(mark), padded, config.prompts().slots());
        var regions = config.regions();
        this.cuts = regions == null ? new RegionCuts(new float[0]) : RegionCuts.empty(1, regions);
        this.objects = numbers(config.objectChannels() * config.objectCells());
        try (var decoder = graphs.language().begin()) {
            this.picture = read(decoder);
        }
    }

    /** A first answer about a picture. */
    void newPicture(Usage usage) {
        graphs.vision().encode(square);
        KvPrefix read;
        try (var decoder = graphs.language().begin()) {
            read = read(decoder);
        }
        answer(read, usage);
    }

    /** Another answer about it. */
    void knownPicture(Usage usage) {
        answer(picture, usage);
    }

    private KvPrefix read(LlmDecoder decoder) {
        int tokens = 1 + config.imageTokens();
        decoder.prefill(embeds(tokens));
        return decoder.prefix(tokens);
    }

    private void answer(KvPrefix before, Usage usage) {
        graphs.prompts().encode(slots, cuts, objects);
        try (var decoder = graphs.language().begin()) {
            decoder.begin(before);
            decoder.prefill(embeds(usage.promptTokens() - before.tokens()));
            float[] token = embeds(1);
            for (int i = 1; i < usage.answerTokens(); i++) { // the first is chosen after the prompt was read
                decoder.step(token);
            }
        }
    }

    private float[] embeds(int tokens) {
        return numbers(tokens * config.language().width());
    }

    private static float[] numbers(int count) {
        var random = new SplittableRandom(count);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (random.nextDouble() - 0.5);
        }
        return numbers;
    }

    @Override
    public void close() {
        graphs.close();
    }
}
