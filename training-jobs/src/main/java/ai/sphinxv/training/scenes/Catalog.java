package ai.sphinxv.training.scenes;

import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Everything that a scene may show: eight shapes in eight colours, eleven emoji, and words. Safe to share. */
public final class Catalog {
    private static final String EMOJI_FOLDER = "emoji/";

    private final List<Emoji> emoji;
    private final List<String> words;
    private final List<Font> fonts;

    private Catalog(List<Emoji> emoji, List<String> words, List<Font> fonts) {
        this.emoji = emoji;
        this.words = words;
        this.fonts = fonts;
    }

    /** The catalog in this jar and this machine's fonts; fails with the cure where there are no fonts. */
    public static Catalog open() {
        var fonts = Fonts.installed();
        var emoji = lines(EMOJI_FOLDER + "names.tsv")
                .map(line -> line.split("\t", 2))
                .map(entry -> Emoji.of(entry[1], picture(entry[0] + ".png")))
                .toList();
        return new Catalog(emoji, lines("words.txt").toList(), fonts);
    }

    /** The twenty labels: the shapes, the emoji, then "text". */
    public List<String> labels() {
        return Stream.of(
                        Stream.of(ShapeKind.values()).map(ShapeKind::word),
                        emoji.stream().map(Emoji::name),
                        Stream.of(WordFigure.LABEL))
                .flatMap(labels -> labels)
                .toList();
    }

    /** The colours that a shape may have, by name. */
    public List<String> colors() {
        return Stream.of(SceneColor.values()).map(SceneColor::word).toList();
    }

    /** The words that may be drawn, in lower case; scenes show them in capitals or capitalised. */
    public List<String> words() {
        return words;
    }

    /** A shape or an emoji, each of the nineteen equally likely, whose longer side is so many pixels. */
    Figure figure(double side, RandomGenerator random) {
        int kinds = ShapeKind.values().length;
        int chosen = random.nextInt(kinds + emoji.size());
        return chosen < kinds
                ? ShapeFigure.of(ShapeKind.values()[chosen], side, random)
                : EmojiFigure.of(emoji.get(chosen - kinds), side, random);
    }

    /** A word whose capitals are so many pixels high. */
    Figure word(double capital, RandomGenerator random) {
        String word = words.get(random.nextInt(words.size()));
        String written = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        if (random.nextBoolean()) {
            written = word.toUpperCase(Locale.ROOT);
        }
        return WordFigure.of(written, fonts.get(random.nextInt(fonts.size())), capital);
    }

    private static Stream<String> lines(String name) {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + " beside Catalog", e);
        }
    }

    private static BufferedImage picture(String name) {
        try (InputStream in = resource(EMOJI_FOLDER + name)) {
            return ImageIO.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read emoji " + name + " beside Catalog", e);
        }
    }

    private static InputStream resource(String name) {
        var in = Catalog.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException(
                    "%s is missing beside %s: build training-jobs again".formatted(name, Catalog.class.getName()));
        }
        return in;
    }
}
