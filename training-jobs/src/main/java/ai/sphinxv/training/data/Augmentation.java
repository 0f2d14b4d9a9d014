package ai.sphinxv.training.data;

import ai.sphinxv.training.scenes.Draws;
import ai.sphinxv.training.source.CocoNames;
import ai.sphinxv.training.source.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a few pictures cannot teach, made from them. The object expert's classes are all alike to the language model, so
 * on photographs they are renamed: the scores of classes change places, and so do their names. A few photographs would be
 * learned by heart otherwise. And what is read
 * has to be repeated whatever it is, so words are replaced by others, in what the model is told and in what it has to
 * say.
 */
final class Augmentation {
    private static final double REWORDED = 0.7;

    /** How often with words of other regions, with such as nobody has seen, else with letters in no order. */
    private static final double KNOWN = 0.2;

    private static final double UNSEEN = 0.5;

    private static final int LONGEST_MADE_UP = 18;
    private static final int MOST_WORDS = 10;
    private static final int LONGEST_START = 5;
    private static final String LETTERS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789012345678901234567890123456789.,:/-$%#()&+*'  ";

    private final List<String> texts;
    private final List<String> words;

    private Augmentation(List<String> texts) {
        this.texts = texts;
        this.words = texts.stream()
                .flatMap(text -> Arrays.stream(text.split(" ")))
                .filter(word -> word.length() > 2)
                .distinct()
                .toList();
    }

    static Augmentation of(List<PictureFeatures> pictures) {
        return new Augmentation(pictures.stream()
                .flatMap(picture -> picture.regions().stream())
                .filter(region -> isRead(region))
                .map(region -> Objects.requireNonNull(region.region().text()))
                .toList());
    }

    /** Regions as they are, or renamed, or reworded. */
    List<RegionFeatures> of(PictureFeatures picture, List<RegionFeatures> regions, RandomGenerator random) {
        if (picture.domain().equals(Picture.PHOTO)) {
            return renamed(regions, random);
        }
        return !texts.isEmpty() && random.nextDouble() < REWORDED
                ? regions.stream()
                        .map(region -> isRead(region) ? reworded(region, random) : region)
                        .toList()
                : regions;
    }

    private List<RegionFeatures> renamed(List<RegionFeatures> regions, RandomGenerator random) {
        List<Integer> classes =
                Draws.shuffled(IntStream.range(0, CocoNames.ALL.size()).boxed().toList(), random);
        return regions.stream().map(region -> renamed(region, classes)).toList();
    }

    private static RegionFeatures renamed(RegionFeatures features, List<Integer> classes) {
        int own = CocoNames.ALL.indexOf(features.region().label());
        Region region = own < 0 ? features.region() : features.region().withLabel(CocoNames.ALL.get(classes.get(own)));
        return new RegionFeatures(
                region, moved(features.boxes(), classes), moved(features.points(), classes), features.reading());
    }

    private static List<MarkFeatures> moved(List<MarkFeatures> marks, List<Integer> classes) {
        return marks.stream()
                .map(mark -> {
                    float[] scores = Halves.read(mark.objects());
                    float[] moved = scores.clone(); // the features after the scores stay
                    for (int i = 0; i < 2 * classes.size(); i++) {
                        int group = i / classes.size() * classes.size();
                        moved[group + classes.get(i - group)] = scores[i];
                    }
                    return mark.withObjects(moved);
                })
                .toList();
    }

    private RegionFeatures reworded(RegionFeatures features, RandomGenerator random) {
        double kind = random.nextDouble();
        String text = kind < KNOWN
                ? texts.get(random.nextInt(texts.size()))
                : kind < KNOWN + UNSEEN && !words.isEmpty() ? unseen(random) : madeUp(random);
        return new RegionFeatures(features.region().withText(text), features.boxes(), features.points(), text);
    }

    /**
     * Words that begin as one that is known and end as another. Where only known words are read, the first piece of a word
     * is guessed from those that often stand there, and a word that was never seen is lost.
     */
    private String unseen(RandomGenerator random) {
        int longest = 1 + random.nextInt(MOST_WORDS);
        return IntStream.range(0, 1 + random.nextInt(longest))
                .mapToObj(i -> {
                    String start = words.get(random.nextInt(words.size()));
                    String end = words.get(random.nextInt(words.size()));
                    int taken = 1 + random.nextInt(Math.min(LONGEST_START, start.length()));
                    return start.substring(0, taken) + end.substring(random.nextInt(end.length()));
                })
                .collect(Collectors.joining(" "));
    }

    private static String madeUp(RandomGenerator random) {
        var text = new ArrayList<String>();
        int length = 2 + random.nextInt(LONGEST_MADE_UP);
        for (int i = 0; i < length; i++) {
            int at = random.nextInt(LETTERS.length());
            text.add(LETTERS.substring(at, at + 1));
        }
        String joined = String.join("", text).strip().replaceAll(" +", " ");
        return joined.isEmpty() ? "0" : joined;
    }

    /** Whether the model is told all that the region says. */
    private static boolean isRead(RegionFeatures region) {
        return region.reading() != null && region.region().text() != null;
    }
}
