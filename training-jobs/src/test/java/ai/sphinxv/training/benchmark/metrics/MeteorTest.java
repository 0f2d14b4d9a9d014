package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With word lists of our own: METEOR's are not part of this project. */
class MeteorTest {
    private static final MeteorNormalizer NORMALIZER =
            new MeteorNormalizer(List.of("# prefixes", "Mr", "vs", "pp #NUMERIC_ONLY#"));

    private static WordNet wordNet;

    @BeforeAll
    static void openWordNet() throws IOException {
        wordNet = WordNet.open();
    }

    @Test
    void theScoreFallsWithEveryChunk() {
        // three of four words on both sides, in two chunks
        double score = meteor(ParaphraseTable.none())
                .statistics("aa bb cc dd", List.of("aa bb xx dd"))
                .score();

        assertThat(score).isCloseTo(0.75 * (1 - 0.6 * Math.pow(2 / 3.0, 0.2)), within(1e-12));
    }

    @Test
    void aPerfectCaptionIsOneAndOneWithoutAMatchIsZero() {
        Meteor meteor = meteor(ParaphraseTable.none());

        assertThat(meteor.statistics("a dog", List.of("a cat", "a dog")).score())
                .isCloseTo(1, within(1e-12));
        assertThat(meteor.statistics("xyz", List.of("dog")).score()).isZero();
        assertThat(meteor.statistics("", List.of("dog")).score()).isZero();
    }

    @Test
    void functionWordsCountForLess() {
        // matched on both sides: "the" of "the", "qq" - 0.25 of 1
        double score = meteor(ParaphraseTable.none())
                .statistics("the qq", List.of("the zz"))
                .score();

        assertThat(score).isCloseTo(0.25 * (1 - 0.6), within(1e-12));
    }

    @Test
    void aCorpusIsScoredFromItsCountsAndNotAsAMean() {
        Meteor meteor = meteor(ParaphraseTable.none());
        MeteorStatistics one = meteor.statistics("aa bb", List.of("aa bb"));
        MeteorStatistics other = meteor.statistics("cc dd ee", List.of("cc xx ee"));

        double corpus = MeteorStatistics.none().plus(one).plus(other).score();

        // four of five words, and two chunks: the one of the perfect caption does not count
        assertThat(corpus).isCloseTo(0.8 * (1 - 0.6 * Math.pow(2 / 4.0, 0.2)), within(1e-12));
    }

    @Test
    void stemsAndSynonymsMatch() {
        var matcher = new MeteorMatcher(wordNet, ParaphraseTable.none());

        assertThat(matcher.match(List.of("running"), List.of("runs")).getFirst())
                .contains(MeteorMatch.ofWords(0, 0, MeteorModule.STEM));
        assertThat(matcher.match(List.of("sofa"), List.of("couches")).getFirst())
                .containsExactly(MeteorMatch.ofWords(0, 0, MeteorModule.SYNONYM));
        assertThat(matcher.match(List.of("dog"), List.of("zebra")).getFirst()).isEmpty();
    }

    @Test
    void aParaphraseMatchesInBothDirections(@TempDir Path folder) throws IOException {
        ParaphraseTable table = table(folder.resolve("own-paraphrase-en.gz"), "0.5\na group of\nseveral\n");

        assertThat(table.name()).isEqualTo("METEOR_ownParaphrase");
        var matcher = new MeteorMatcher(wordNet, table);
        assertThat(matcher.match(List.of("several"), List.of("a", "group", "of"))
                        .getFirst())
                .containsExactly(new MeteorMatch(0, 3, 0, 1, MeteorModule.PARAPHRASE));
        assertThat(matcher.match(List.of("a", "group", "of"), List.of("several"))
                        .getFirst())
                .containsExactly(new MeteorMatch(0, 1, 0, 3, MeteorModule.PARAPHRASE));
    }

    @Test
    void onlyTheTableOfMeteorItselfMakesMeteor(@TempDir Path folder) throws IOException {
        assertThat(table(folder.resolve("paraphrase-en.gz"), "1\na\nb\n").name())
                .isEqualTo("METEOR");
        assertThat(ParaphraseTable.none().name()).isEqualTo("METEOR_noParaphrase");
    }

    @Test
    void aTableThatEndsWithinAnEntryIsRefused(@TempDir Path folder) {
        assertThatThrownBy(() -> table(folder.resolve("paraphrase-en.gz"), "1\na\n"))
                .hasMessageEndingWith(
                        "entry 1 has no phrase; three lines are needed for each: probability, phrase," + " paraphrase");
    }

    @Test
    void theAlignmentPrefersFewerChunks() {
        var matches = new MeteorMatcher(wordNet, ParaphraseTable.none())
                .match(List.of("aa", "zz", "aa", "bb"), List.of("aa", "bb"));

        assertThat(MeteorAlignment.align(matches, 4))
                .containsExactly(
                        MeteorMatch.ofWords(0, 2, MeteorModule.EXACT), MeteorMatch.ofWords(1, 3, MeteorModule.EXACT));
    }

    @Test
    void wordsAreTakenApartAsMeteorDoes() {
        assertThat(NORMALIZER.words("The U.S. dog's co-worker paid $1,000, Mr. Black said."))
                .containsExactly(
                        "the", "us", "dog", "'s", "co", "worker", "paid", "$", "1,000", ",", "mr.", "black", "said",
                        ".");
        assertThat(NORMALIZER.words("pp. 7 and so on ... -lrb-"))
                .containsExactly("pp.", "7", "and", "so", "on", "...", "-lrb-");
    }

    private static ParaphraseTable table(Path file, String entries) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(entries.getBytes(StandardCharsets.UTF_8));
        }
        return ParaphraseTable.read(file, word -> true);
    }

    private static Meteor meteor(ParaphraseTable table) {
        return new Meteor(NORMALIZER, Set.of("the", "a", "of"), new MeteorMatcher(wordNet, table));
    }
}
