package ai.sphinxv.training;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.image.RegionCuts;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.augment.BoxNoise;
import ai.sphinxv.training.augment.FreeForm;
import ai.sphinxv.training.augment.MaskPoints;
import ai.sphinxv.training.data.FeatureFile;
import ai.sphinxv.training.data.Halves;
import ai.sphinxv.training.data.Levels;
import ai.sphinxv.training.data.MarkFeatures;
import ai.sphinxv.training.data.Picture;
import ai.sphinxv.training.data.Picture.Thing;
import ai.sphinxv.training.data.PictureFeatures;
import ai.sphinxv.training.data.Readings;
import ai.sphinxv.training.data.RegionFeatures;
import ai.sphinxv.training.scenes.Draws;
import ai.sphinxv.training.source.Region;
import ai.sphinxv.training.torch.FrozenExperts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Shows pictures to the frozen experts: through the very code that serves, so that training sees what serving sees. */
final class Featurizer {
    /** Regions of a picture that are kept, and of one label among them: one page has a hundred list items. */
    private static final int MOST_REGIONS = 10;

    private static final int MOST_OF_LABEL = 3;
    private static final int PROGRESS = 100;

    /** How often a region that has no words is shown to the text expert, which finds some almost anywhere. */
    private static final double READ_ANYWAY = 0.5;

    /** Noisy boxes of a region, beside the exact one and a stroke (paper 3.2). */
    private static final int NOISY_BOXES = 1;

    private static final int POINT_TRIES = 6;

    /** Of a box's width and height, where a point may lie if the mask is not known. */
    private static final double CENTRAL = 0.7;

    private final ModelConfig config;
    private final FrozenExperts experts;
    private final Readings readings;
    private final Levels levels;

    Featurizer(ModelConfig config, FrozenExperts experts, Readings readings) {
        this.config = config;
        this.experts = experts;
        this.readings = readings;
        this.levels = new Levels(config.image(), Objects.requireNonNull(config.regions(), "training wants regions"));
    }

    /** Features of all pictures into a file, in their order; a few are made at the same time. */
    void all(List<Supplier<Picture>> pictures, TrainConfig recipe, Path file, PrintStream out) throws IOException {
        long start = System.nanoTime();
        try (var workers = Executors.newFixedThreadPool(recipe.threads())) {
            var waiting = new ArrayDeque<Future<Optional<PictureFeatures>>>();
            for (int n = 0; n < pictures.size(); n++) {
                var picture = pictures.get(n);
                long number = n;
                waiting.add(workers.submit(() -> of(picture.get(), Draws.of(recipe.seed(), number))));
            }
            FeatureFile.write(file, () -> {
                Optional<PictureFeatures> next = Optional.empty();
                while (next.isEmpty() && !waiting.isEmpty()) {
                    next = finished(waiting.remove());
                    int done = pictures.size() - waiting.size();
                    if (done % PROGRESS == 0) {
                        out.printf(
                                "features  picture %,d/%,d  %.0f s%n",
                                done, pictures.size(), (System.nanoTime() - start) / 1e9);
                    }
                }
                return next;
            });
        }
    }

    private static Optional<PictureFeatures> finished(Future<Optional<PictureFeatures>> features) throws IOException {
        try {
            return features.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("a picture's features could not be computed: " + e.getMessage(), e);
        }
    }

    /** Nothing of a picture without regions. */
    Optional<PictureFeatures> of(Picture picture, RandomGenerator random) {
        List<Thing> things = some(picture.things(), random);
        if (things.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(of(
                picture,
                things,
                things.stream().map(thing -> marks(picture, thing, random)).toList(),
                random));
    }

    /** Features of chosen things, each marked in the given ways. */
    PictureFeatures of(Picture picture, List<Thing> things, List<List<VisualPrompt>> marks, RandomGenerator random) {
        List<VisualPrompt> all = marks.stream().flatMap(List::stream).toList();
        float[] corners = corners(picture, all);
        var square = SquareImage.of(picture.image(), config.image());
        var seen = experts.see(square, corners);
        List<byte[]> cuts = cuts(picture, all);

        var regions = new ArrayList<RegionFeatures>();
        int at = 0;
        for (int i = 0; i < things.size(); i++) {
            var features = new ArrayList<MarkFeatures>();
            for (VisualPrompt mark : marks.get(i)) {
                features.add(features(mark, corners, cuts.get(at), seen.objects(), at));
                at++;
            }
            regions.add(region(picture, things.get(i).region(), features, random));
        }
        return new PictureFeatures(
                picture.domain(),
                picture.image().width(),
                picture.image().height(),
                square.visible(),
                Halves.of(seen.rows()),
                regions);
    }

    private static List<Thing> some(List<Thing> things, RandomGenerator random) {
        Map<String, Integer> counts = new HashMap<>();
        var chosen = new ArrayList<Thing>();
        for (Thing thing : Draws.shuffled(things, random)) {
            if (chosen.size() < MOST_REGIONS
                    && counts.merge(thing.region().label(), 1, Integer::sum) <= MOST_OF_LABEL) {
                chosen.add(thing);
            }
        }
        return chosen;
    }

    /** The exact box, noisy boxes, a stroke, and, if there is a place that is in nothing smaller, a point. */
    private static List<VisualPrompt> marks(Picture picture, Thing thing, RandomGenerator random) {
        int width = picture.image().width();
        int height = picture.image().height();
        Box box = thing.region().box();
        var marks = new ArrayList<VisualPrompt>(List.of(box));
        for (int i = 0; i < NOISY_BOXES; i++) {
            marks.add(BoxNoise.jitter(box, width, height, random));
        }
        marks.add(FreeForm.around(box, width, height, random));
        for (int i = 0; i < POINT_TRIES; i++) {
            Point point = thing.mask() == null ? inside(box, random) : MaskPoints.draw(thing.mask(), random);
            if (picture.things().stream().noneMatch(other -> hides(other.region(), thing.region(), point))) {
                marks.add(point);
                break;
            }
        }
        return marks;
    }

    private static Point inside(Box box, RandomGenerator random) {
        double across = (1 - CENTRAL) / 2 + CENTRAL * random.nextDouble();
        double down = (1 - CENTRAL) / 2 + CENTRAL * random.nextDouble();
        return new Point(box.x1() + across * (box.x2() - box.x1()), box.y1() + down * (box.y2() - box.y1()));
    }

    /** Whether a person who points there means another, smaller thing. */
    private static boolean hides(Region other, Region region, Point point) {
        Box box = other.box();
        return !other.equals(region)
                && box.area() < region.box().area()
                && box.x1() <= point.x()
                && point.x() <= box.x2()
                && box.y1() <= point.y()
                && point.y() <= box.y2();
    }

    /** [marks * 4] */
    private float[] corners(Picture picture, List<VisualPrompt> marks) {
        var square = PaddedSquare.of(picture.image(), config.image().padding());
        return PromptSlots.of(marks, square, marks.size()).corners();
    }

    private MarkFeatures features(VisualPrompt mark, float[] corners, byte[] cuts, float[] objects, int at) {
        int width = config.objectChannels();
        return new MarkFeatures(
                mark,
                Arrays.copyOfRange(corners, 4 * at, 4 * at + 4),
                cuts,
                Halves.of(Arrays.copyOfRange(objects, width * at, width * (at + 1))));
    }

    /** Levels of each mark's cuts, as they were before the normalisation; as many marks at a time as there are slots. */
    private List<byte[]> cuts(Picture picture, List<VisualPrompt> marks) {
        int slots = config.prompts().slots();
        var all = new ArrayList<byte[]>();
        for (int from = 0; from < marks.size(); from += slots) {
            var extents = marks.subList(from, Math.min(marks.size(), from + slots)).stream()
                    .map(mark -> mark.extent(picture.image()))
                    .toList();
            var cuts = Objects.requireNonNull(RegionCuts.of(picture.image(), extents, config));
            for (int mark = 0; mark < extents.size(); mark++) {
                all.add(levels.of(cuts.pixels(), mark));
            }
        }
        return all;
    }

    private RegionFeatures region(Picture picture, Region region, List<MarkFeatures> marks, RandomGenerator random) {
        var boxes = marks.stream()
                .filter(features -> !(features.mark() instanceof Point))
                .toList();
        var points = marks.stream()
                .filter(features -> features.mark() instanceof Point)
                .toList();
        String reading = region.text() != null || random.nextDouble() < READ_ANYWAY
                ? readings.read(picture.image(), region.box())
                : null;
        return new RegionFeatures(Readings.known(region, reading), boxes, points, reading);
    }
}
