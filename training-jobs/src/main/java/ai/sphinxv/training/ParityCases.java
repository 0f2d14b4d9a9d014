package ai.sphinxv.training;

import ai.sphinxv.onnx.verify.ParityCheck.AnswerCase;
import ai.sphinxv.onnx.verify.ParityCheck.DecoderCase;
import ai.sphinxv.onnx.verify.ParityCheck.ImageCase;
import ai.sphinxv.onnx.verify.ParityCheck.PromptCase;
import ai.sphinxv.runtime.ExpertWords;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.image.RegionCuts;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.text.ContextualBias;
import ai.sphinxv.runtime.text.Conversation;
import ai.sphinxv.runtime.text.TokenizedText;
import ai.sphinxv.runtime.text.Tokenizer;
import ai.sphinxv.training.data.MarkKind;
import ai.sphinxv.training.data.MarkedRegions;
import ai.sphinxv.training.data.Picture;
import ai.sphinxv.training.data.Task;
import ai.sphinxv.training.source.Region;
import ai.sphinxv.training.torch.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
                    var seen = reference.encodeImage(image);
                    return new ImageCase(image, seen.embeds(), seen.objects());
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
                    var regions = config.regions();
                    RegionCuts cuts = regions == null
                            ? null
                            : new RegionCuts(
                                    gaussian(RegionCuts.empty(slots, regions).pixels().length));
                    float[] objects = config.objectChannels() == 0
                            ? null
                            : gaussian(config.objectChannels() * config.objectCells());
                    return new PromptCase(placed, cuts, objects, reference.encodePrompts(placed, cuts, objects));
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
                        logits.add(reference.nextLogits(Arrays.copyOf(embeds, (prompt + step) * width)));
                        if (step < STEPS) {
                            steps.add(Arrays.copyOfRange(embeds, (prompt + step) * width, (prompt + step + 1) * width));
                        }
                    }
                    return new DecoderCase(Arrays.copyOf(embeds, prompt * width), steps, logits);
                })
                .toList();
    }

    /** Greedy answers about pictures, every thing of each marked once. */
    List<AnswerCase> answers(Stream<Picture> pictures, Tokenizer tokenizer, ExpertWords words) {
        int[] stop = tokenizer.encode(config.template().stop());
        return pictures.map(picture -> answer(picture, tokenizer, words, stop)).toList();
    }

    private AnswerCase answer(Picture picture, Tokenizer tokenizer, ExpertWords words, int[] stop) {
        List<Region> regions = picture.things().stream()
                .map(Picture.Thing::region)
                .limit(config.prompts().slots())
                .toList();
        List<VisualPrompt> marks =
                regions.stream().<VisualPrompt>map(Region::box).toList();
        var marked = new MarkedRegions(
                MarkKind.REGION,
                regions,
                regions.stream().map(Region::box).toList(),
                picture.image().width(),
                picture.image().height());
        List<Task> fitting =
                Stream.of(Task.values()).filter(task -> task.fits(marked)).toList();
        var turn = fitting.get(random.nextInt(fitting.size())).turn(marked, random);
        var question = Question.of(picture.image(), marks, turn.question());
        var square = PaddedSquare.of(picture.image(), config.image().padding());
        var slots = PromptSlots.of(marks, square, config.prompts().slots());
        var image = SquareImage.of(picture.image(), config.image());
        var told = new ArrayList<>(words.texts(picture.image(), marks));
        told.addAll(words.objects(marks, slots, reference.encodeImage(image).objects()));
        var segments = Conversation.of(turn.question()).segments(config.template(), told);
        int[] tokens = reference.greedy(
                image,
                slots,
                RegionCuts.of(
                        picture.image(),
                        marks.stream().map(mark -> mark.extent(picture.image())).toList(),
                        config),
                TokenizedText.of(segments, tokenizer),
                tokenizer,
                stop,
                new ContextualBias(tokenizer, config, told),
                question.maxNewTokens());
        return new AnswerCase(question, tokens);
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
