package ai.sphinxv.training.data;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.text.Conversation;
import ai.sphinxv.runtime.text.Conversation.Turn;
import ai.sphinxv.runtime.text.MarkedText;
import ai.sphinxv.runtime.text.Told;
import ai.sphinxv.training.scenes.Draws;
import ai.sphinxv.training.source.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An endless row of samples over featured pictures. A sample depends on the seed and its number only. */
public final class Mixture {
    /** The slots of a question (reference-model 1.2). */
    public static final int MOST_MARKS = 10;

    private static final double POINTS = 0.35;

    private static final int FEW_MARKS = 3;

    /** How often only what says something is marked, so that all of it can be read. */
    private static final double READING = 0.25;

    /** How often the first question is the one that has most answers: what the words say, else the labels. */
    private static final double USUAL_START = 0.35;

    /** How often a second question follows; most do not, since a later answer can be copied from an earlier one. */
    private static final double FURTHER = 0.15;

    /** How two marks lie is asked about so many pairs at once: an answer is one word of seven, and none can be copied. */
    private static final int PAIRS = 4;

    /**
     * How often the object expert is said to have found the truth, whatever it found. Photographs are so few that their
     * looks are learned by heart, and then an expert that errs is not believed where it alone knows.
     */
    private static final double RIGHT = 0.6;

    /** What is made of words or shows some; elsewhere the reader takes a drawing for letters. */
    private static final Set<String> WITH_WORDS = Set.of(
            "app bar",
            "badge",
            "button",
            "dropdown",
            "formula",
            "heading",
            "link",
            "list item",
            "logo",
            "page footer",
            "search bar",
            "sign",
            "status bar",
            "tab",
            "text",
            "text field",
            Region.TEXT_LINE,
            "title");

    private final ModelConfig config;
    private final List<List<PictureFeatures>> domains;
    private final Augmentation augmentation;
    private final List<Task> tasks;
    private final double further;
    private final double few;
    private final int leastMarks;
    private final long seed;

    private Mixture(
            ModelConfig config,
            List<PictureFeatures> pictures,
            long seed,
            List<Task> tasks,
            double further,
            double few,
            int leastMarks) {
        this.config = config;
        Map<String, List<PictureFeatures>> byDomain = pictures.stream()
                .collect(Collectors.groupingBy(PictureFeatures::domain, TreeMap::new, Collectors.toList()));
        this.domains = new ArrayList<>(byDomain.values());
        if (byDomain.containsKey(Picture.PHOTO)) {
            domains.add(byDomain.get(
                    Picture.PHOTO)); // twice as often: nothing else teaches when to believe the object expert
        }
        this.augmentation = Augmentation.of(pictures);
        this.tasks = tasks;
        this.further = further;
        this.few = few;
        this.leastMarks = leastMarks;
        this.seed = seed;
    }

    /** What the region expert learns from: as many marks as there are slots and regions. */
    public static Mixture crowded(ModelConfig config, List<PictureFeatures> pictures, long seed) {
        return new Mixture(config, pictures, seed, List.of(), 0, 0, MOST_MARKS);
    }

    /**
     * The first stage's samples: labels, of points and of regions; how two of them lie to each other, which the places that
     * marks carry must be exact enough for; and what regions say, where the model is told it and has to repeat it.
     *
     * @param few how often a question is about three marks at most
     */
    public static Mixture labels(ModelConfig config, List<PictureFeatures> pictures, long seed, double few) {
        var tasks = new ArrayList<>(List.of(Task.LABEL, Task.RELATION));
        if (config.reader() != null) {
            tasks.addAll(List.of(Task.OCR, Task.SAYS));
        }
        return new Mixture(config, pictures, seed, tasks, 0, few, 1);
    }

    /**
     * The second stage's samples: every task, one or two questions about the same marks.
     *
     * @param few how often a question is about three marks at most
     */
    public static Mixture everything(ModelConfig config, List<PictureFeatures> pictures, long seed, double few) {
        return new Mixture(config, pictures, seed, List.of(Task.values()), FURTHER, few, 1);
    }

    /** The sample of a number from 0. */
    public Sample sample(long n) {
        var random = Draws.of(seed, n);
        Sample sample = draw(random);
        while (!tasks.isEmpty() && sample.conversation().turns().isEmpty()) {
            sample = draw(random); // nothing that may be asked had an answer there
        }
        return sample;
    }

    private Sample draw(RandomGenerator random) {
        var domain = domains.get(random.nextInt(domains.size()));
        PictureFeatures picture = domain.get(random.nextInt(domain.size()));
        var kind = random.nextDouble() < POINTS ? MarkKind.POINT : MarkKind.REGION;
        var pool = pool(picture, kind, random);
        if (pool.isEmpty()) {
            kind = MarkKind.REGION; // nothing in it can be pointed at
            pool = picture.regions();
        }
        int most = random.nextDouble() < few ? FEW_MARKS : MOST_MARKS;
        int wanted = Math.min(Math.max(leastMarks, 1 + random.nextInt(most)), pool.size());
        var chosen = Draws.shuffled(pool, random).subList(0, wanted);
        return sample(picture, kind, augmentation.of(picture, chosen, random), random);
    }

    private static List<RegionFeatures> pool(PictureFeatures picture, MarkKind kind, RandomGenerator random) {
        if (kind == MarkKind.POINT) {
            return picture.regions().stream()
                    .filter(region -> !region.points().isEmpty())
                    .toList();
        }
        var words = picture.regions().stream()
                .filter(region -> region.region().text() != null)
                .toList();
        return words.isEmpty() || random.nextDouble() > READING ? picture.regions() : words;
    }

    private Sample sample(PictureFeatures picture, MarkKind kind, List<RegionFeatures> chosen, RandomGenerator random) {
        var marks = new ArrayList<MarkFeatures>();
        var regions = new ArrayList<Region>();
        var read = new ArrayList<MarkedText>();
        var found = new ArrayList<MarkedText>();
        for (RegionFeatures region : chosen) {
            String tag = kind.tag(marks.size());
            var ways = kind == MarkKind.POINT ? region.points() : region.boxes();
            marks.add(ways.get(random.nextInt(ways.size())));
            if (kind == MarkKind.POINT) {
                regions.add(region.region().withText(null)); // points are not read
            } else {
                regions.add(asRead(region));
                if (region.reading() != null) {
                    read.add(new MarkedText(tag, region.reading()));
                }
            }
            found(tag, marks.getLast(), region.region(), random).ifPresent(found::add);
        }
        List<Box> places =
                marks.stream().map(mark -> MarkedScene.place(mark.mark())).toList();
        var marked = new MarkedRegions(kind, regions, places, picture.width(), picture.height());
        return new Sample(picture, marks, regions, told(read, found), new Conversation(turns(marked, random)));
    }

    /**
     * Says what was read, also where that was all wrong: who copies a line word by word must not have to guess whether to.
     */
    private static Region asRead(RegionFeatures features) {
        Region region = features.region();
        boolean words = region.text() != null || WITH_WORDS.contains(region.label());
        return words && features.reading() != null ? region.withText(features.reading()) : region;
    }

    private Optional<MarkedText> found(String tag, MarkFeatures mark, Region region, RandomGenerator random) {
        var objects = config.objects();
        if (objects == null) {
            return Optional.empty();
        }
        boolean right = random.nextDouble() < RIGHT && objects.names().contains(region.label());
        return Optional.ofNullable(MarkedText.of(tag, Halves.read(mark.objects()), objects))
                .map(name -> right ? new MarkedText(tag, region.label(), name.confidence()) : name);
    }

    private List<Told> told(List<MarkedText> read, List<MarkedText> found) {
        var told = new ArrayList<Told>();
        if (config.reader() != null) {
            told.add(new Told(config.reader().role(), read));
        }
        if (config.objects() != null) {
            told.add(new Told(config.objects().role(), found));
        }
        return told;
    }

    private List<Turn> turns(MarkedRegions marked, RandomGenerator random) {
        var fitting =
                new ArrayList<>(tasks.stream().filter(task -> task.fits(marked)).toList());
        int wanted = random.nextDouble() < further ? 2 : 1;
        var turns = new ArrayList<Turn>();
        while (turns.size() < wanted && !fitting.isEmpty()) {
            boolean usual = turns.isEmpty() && random.nextDouble() < USUAL_START;
            Task task = usual && fitting.contains(usual(marked)) ? usual(marked) : byWeight(fitting, random);
            fitting.remove(task);
            turns.addAll(
                    task == Task.RELATION && wanted == 1
                            ? Questions.relations(marked, PAIRS, random)
                            : List.of(task.turn(marked, random)));
        }
        return turns;
    }

    private static Task usual(MarkedRegions marked) {
        return marked.all(region -> region.text() != null) ? Task.OCR : Task.LABEL;
    }

    private static Task byWeight(List<Task> tasks, RandomGenerator random) {
        int[] bounds = tasks.stream().mapToInt(Task::weight).toArray();
        Arrays.parallelPrefix(bounds, Integer::sum);
        int at = random.nextInt(bounds[bounds.length - 1]);
        return tasks.get(IntStream.range(0, bounds.length)
                .filter(i -> at < bounds[i])
                .findFirst()
                .orElseThrow());
    }
}
