package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.training.benchmark.metrics.CaptionScores.Tokenized;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the published scripts gave for the same files. The result has all that the expected file has, and more. Files of
 * ../shared are of several licences and are read where they lie.
 */
class ReferenceValuesTest {
    private static final Path VALUES =
            Path.of(System.getProperty("sphinxv.shared", "../../shared")).resolve("reference-values");

    /** Said of the reference, or its input, and no result. */
    private static final Set<String> NOT_A_RESULT =
            Set.of("source", "note", "tolerance", "percentileRule", "x", "refScores", "predScores", "resampleIndices");

    private static final double EXACT = 0;
    /** Another order of additions. */
    private static final double ROUNDING = 1e-12;
    /** Single against double precision. */
    private static final double COSINE = 1e-5;

    private static final double CAPTION = 1e-9;

    @BeforeEach
    void theValuesAreHere() {
        assumeTrue(Files.exists(VALUES), "the reference values lie in ../shared, which is not here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ocr", "icdar-e2e", "judge-reviews", "vcr", "lvis-binary"})
    void theScriptsOfCountsAreMetExactly(String name) throws IOException {
        assertHolds(score(name + ".input.json"), expected(name + ".expected.json"), EXACT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"extract-edge.json", "judge-parse-score.json"})
    void whatTheScriptsReadIsMetExactly(String file) throws IOException {
        assertHolds(score(file), expected(file), EXACT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bootstrap.json", "stats.json"})
    void intervalsAndTestsAreMet(String file) throws IOException {
        assertHolds(score(file), expected(file), ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"roc-LVIS", "roc-PACO"})
    void regionClassificationIsMet(String name) throws IOException {
        assertHolds(score(name + ".input.json"), expected(name + ".expected.json"), COSINE);
    }

    @Test
    void sentenceSimilarityIsMetWithAndWithoutOspreysCleaning() throws IOException {
        assertHolds(score("ss-pairs.json"), expected("ss-pairs.json"), COSINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"captions-gen-single", "captions-gen-multi", "captions-gen-noisy"})
    void tokensAndAllCaptionScoresAreMetForEachItemAndTheCorpus(String name) throws IOException {
        assertHolds(score(name + ".input.json"), expected(name + ".expected.json"), CAPTION);
    }

    @Test
    void publishedCaptionScoresAreMet() throws IOException {
        Field published = Field.read(VALUES.resolve("captions-external.json"));
        var captions = new ArrayList<Tokenized>();
        List<String> said = published.get("hyps").texts();
        for (int i = 0; i < said.size(); i++) {
            List<String> references = published.get("refs").list().get(i).texts();
            captions.add(new Tokenized("" + i, references, said.get(i)));
        }

        var scores = CaptionScores.of(captions).estimates();

        double places = Math.pow(10, -published.get("places").integer());
        scores.forEach((metric, score) -> assertThat(score.value())
                .as(metric)
                .isCloseTo(published.get(metric).number(), within(places)));
    }

    @Test
    void publishedScoresOfTheOriginalMeteorAreMet(@TempDir Path folder) throws IOException {
        Path table = folder.resolve("one-paraphrase-en.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(table))) {
            out.write("0.5\nwas\nhas been\n".getBytes(StandardCharsets.UTF_8)); // of its own table, what matters here
        }
        Meteor meteor = MeteorData.open(VALUES.resolve("meteor-data"))
                .orElseThrow()
                .with(ParaphraseTable.read(table, word -> true));
        var sum = MeteorStatistics.none();
        List<Field> published =
                Field.read(VALUES.resolve("meteor-external.json")).list();
        for (Field one : published) {
            if (one.has("hyp")) {
                var statistics =
                        meteor.statistics(one.get("hyp").text(), one.get("refs").texts());
                assertThat(statistics.score()).isCloseTo(one.get("meteor").number(), within(1e-8));
                sum = published.indexOf(one) < 2 ? sum.plus(statistics) : sum;
            }
        }
        assertThat(sum.score()).isCloseTo(published.get(2).get("meteorOurs").number(), within(CAPTION));
    }

    @Test
    void thePublishedCosinesOfTheSentenceEncoderAreMet() throws IOException {
        try (var model = MiniLm.open()) {
            var similarity = new SemanticSimilarity(model::embed);
            for (Field pair :
                    Field.read(VALUES.resolve("ss-published.json")).get("pairs").list()) {
                double cosine =
                        similarity.cosine(pair.get("a").text(), pair.get("b").text());
                assertThat(cosine).isCloseTo(pair.get("float64").number(), within(COSINE));
                assertThat(cosine).isCloseTo(pair.get("published").number(), within(0.00006));
            }
        }
    }

    @Test
    void tokensAndEmbeddingsAreMet() throws IOException {
        try (var model = MiniLm.open()) {
            for (Field item : Field.read(VALUES.resolve("ss-embeddings.json"))
                    .get("items")
                    .list()) {
                String text = item.get("text").text();
                assertThat(model.tokens(text))
                        .isEqualTo(item.get("tokenIds").list().stream()
                                .mapToLong(Field::integer)
                                .toArray());
                float[] embedding = model.embed(text);
                double[] expected = item.get("embedding").numbers();
                for (int i = 0; i < expected.length; i++) {
                    assertThat((double) embedding[i]).as(text).isCloseTo(expected[i], within(COSINE));
                }
            }
        }
    }

    private static JsonNode score(String file) throws IOException {
        try (var scorer = new Scorer(VALUES.resolve("meteor-data"), VALUES.resolve("synthetic-paraphrase-en.gz"))) {
            return scorer.score(Field.read(VALUES.resolve(file)));
        }
    }

    private static JsonNode expected(String file) throws IOException {
        return Field.read(VALUES.resolve(file)).value();
    }

    private static void assertHolds(JsonNode actual, JsonNode expected, double tolerance) throws IOException {
        // written and read again, as a user gets it
        String written = new ObjectMapper().writeValueAsString(actual);
        assertHolds("", new ObjectMapper().readTree(written), expected, tolerance);
    }

    private static void assertHolds(String place, JsonNode actual, JsonNode expected, double tolerance) {
        assertThat(actual).as(place).isNotNull();
        if (expected.isObject()) {
            expected.properties().stream()
                    .filter(part -> !NOT_A_RESULT.contains(part.getKey()))
                    .forEach(part -> assertHolds(
                            place + "." + part.getKey(), actual.get(part.getKey()), part.getValue(), tolerance));
        } else if (expected.isArray()) {
            assertThat(actual).as(place).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertHolds("%s[%d]".formatted(place, i), actual.get(i), expected.get(i), tolerance);
            }
        } else if (expected.isNumber()) {
            assertThat(actual.isNumber()).as(place).isTrue();
            assertThat(actual.doubleValue()).as(place).isCloseTo(expected.doubleValue(), within(tolerance));
        } else {
            assertThat(actual).as(place).isEqualTo(expected);
        }
    }
}
