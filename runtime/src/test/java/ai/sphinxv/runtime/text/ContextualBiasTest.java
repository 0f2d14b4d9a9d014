package ai.sphinxv.runtime.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Objects;
import ai.sphinxv.runtime.bundle.ModelConfig.Reader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextualBiasTest {
    @TempDir
    static Path folder;

    private static final ModelConfig NANO = trusting(ModelConfig.named("nano"), 6);

    private static Tokenizer bytes;

    @BeforeAll
    static void oneTokenForEachByte() throws IOException {
        bytes = Tokenizer.read(new TokenizerJson(false, List.of("▁"), List.of()).write(folder));
    }

    @Test
    void fromATagOnEveryTokenOfWhatWasToldGainsAndThenTheEndOfTheLine() {
        var bias = bias(text("<Region 1>", "tea"), text("<Region 2>", "cup"));

        assertThat(likelier(bias, "")).isEmpty();
        assertThat(likelier(bias, "<Region 2>")).isEmpty();
        assertThat(likelier(bias, ":")).isEqualTo(" ");
        assertThat(likelier(bias, " ")).isEqualTo("c");
        assertThat(likelier(bias, "cu")).isEqualTo("p");
        assertThat(likelier(bias, "p")).isEqualTo("\n");
        assertThat(likelier(bias, "\n")).isEmpty();
        assertThat(likelier(bias, "<Region 1>: t")).isEqualTo("e");
    }

    @Test
    void aLineThatBeginsOtherwiseIsLeftAloneUntilTheNextTag() {
        var bias = bias(text("<Mark 1>", "tea"));

        assertThat(likelier(bias, "<Mark 1>:(")).isEmpty();
        assertThat(likelier(bias, " tea")).isEmpty();
        assertThat(likelier(bias, "\n<Mark 1>: te")).isEqualTo("a");
    }

    @Test
    void aLineThatGoesAstrayIsLedBackUnlessItGoesFar() {
        var bias = bias(text("<Mark 1>", "oolong"));

        assertThat(likelier(bias, "<Mark 1>: oox")).isEqualTo("l"); // something came between
        assertThat(likelier(bias, "on")).isEqualTo("g"); // something was left out
        assertThat(likelier(bias, "\n<Mark 1>: oxyz")).isEmpty();
    }

    @Test
    void whatWasToldOfOtherMarksIsLessLikelyAtTheBeginning() throws IOException {
        var words =
                Tokenizer.read(new TokenizerJson(false, List.of("▁", "b", "c"), List.of("▁ b", "▁ c")).write(folder));
        var told = new Told("Text", List.of(text("<Mark 1>", "car"), text("<Mark 2>", "bus")));
        var bias = new ContextualBias(words, NANO, List.of(told));

        float[] logits = afterTag(words, bias);

        assertThat(logits[words.encode(" c")[0]]).isEqualTo(6);
        assertThat(logits[words.encode(" b")[0]]).isEqualTo(-6);
    }

    @Test
    void aReadingGainsHalfWhereTheAnswerIsAboutToNameOrDescribeAndAllWhereItReadsOrDeclines() throws IOException {
        var words = Tokenizer.read(
                new TokenizerJson(false, List.of("▁", "S", "d", "A"), List.of("▁ S", "▁ d", "▁ A")).write(folder));
        var told = List.of(new Told("Text", List.of(text("<Mark 1>", "Stop"))));
        int s = words.encode(" S")[0];

        for (String half : List.of(" d", " A")) {
            assertThat(afterTag(words, new ContextualBias(words, NANO, told), half)[s])
                    .as(half)
                    .isEqualTo(3);
        }
        for (String whole : List.of(" (", "\n", " 7")) {
            assertThat(afterTag(words, new ContextualBias(words, NANO, told), whole)[s])
                    .as(whole)
                    .isEqualTo(6);
        }
    }

    @Test
    void betweenQuotesADescriptionSaysWhatWasRead() {
        var bias = bias(text("<Mark 1>", "tea"), text("<Mark 2>", "cup"));

        assertThat(likelier(bias, "<Mark 2>: a tab that says ")).isEmpty();
        float[] logits = gains(bias, "\"");
        assertThat(logits[id('c')]).isEqualTo(6);
        assertThat(logits[id('t')]).isEqualTo(-6);
        assertThat(gains(bias, "c")[id('u')]).isEqualTo(12);
        assertThat(likelier(bias, "up")).isEqualTo("\"");
        assertThat(likelier(bias, "\" in the middle")).isEmpty();
    }

    @Test
    void aQuoteWithinAReadingIsPartOfIt() {
        var bias = bias(text("<Mark 1>", "say \"tea\""));

        assertThat(likelier(bias, "<Mark 1>: say \"")).isEqualTo("t");
        assertThat(likelier(bias, "tea")).isEqualTo("\"");
        assertThat(likelier(bias, "\"")).isEqualTo("\n");
    }

    @Test
    void theFurtherAReadingWasRepeatedTheSurerIsItsRest() {
        var bias = bias(text("<Mark 1>", "tea"));

        assertThat(gains(bias, "<Mark 1>: ")[id('t')]).isEqualTo(6);
        assertThat(gains(bias, "t")[id('e')]).isEqualTo(12);
    }

    @Test
    void aLineThatStuttersEndsAndWhatIsBetweenQuotesToo() {
        var bias = bias(text("<Mark 1>", "tea"));

        assertThat(likelier(bias, "<Mark 1>: lalala")).isEmpty();
        assertThat(likelier(bias, "la")).isEqualTo("\n");
        assertThat(likelier(bias, "\n<Mark 2>: a tab that says \"PPPPPPP")).isEmpty();
        assertThat(likelier(bias, "P")).isEqualTo("\"");
    }

    @Test
    void whatWasReadMayRepeatItself() {
        var bias = bias(text("<Mark 1>", "............"));

        assertThat(likelier(bias, "<Mark 1>: ...........")).isEqualTo(".");
        assertThat(likelier(bias, ".")).isEqualTo("\n");
    }

    @Test
    void aModelThatIsNotLedMayStutter() {
        var bias = new ContextualBias(bytes, trusting(ModelConfig.named("nano"), 0), List.of());

        assertThat(likelier(bias, "<Mark 1>: lalalalalalalala")).isEmpty();
    }

    @Test
    void ofTwoExpertsBothMayBeRepeatedUntilTheyPart() {
        var bias = new ContextualBias(
                bytes,
                NANO,
                List.of(
                        new Told("Text", List.of(text("<Region 1>", "car 7"))),
                        new Told("Thing", List.of(text("<Region 1>", "cat")))));

        assertThat(gains(bias, "<Region 1>: ")[id('c')]).isEqualTo(12);
        float[] logits = gains(bias, "ca");
        assertThat(logits[id('r')]).isEqualTo(12);
        assertThat(logits[id('t')]).isEqualTo(6);
    }

    @Test
    void aNameGainsAsMuchAsItsExpertIsSure() throws IOException {
        var words = Tokenizer.read(new TokenizerJson(false, List.of("▁", "c"), List.of("▁ c")).write(folder));
        double limit = requireNonNull(NANO.objects()).confidence();

        for (double sureness : new double[] {0, 0.5, 1}) {
            var told = new MarkedText("<Mark 1>", "cat", limit + sureness * (1 - limit));
            var bias = new ContextualBias(words, NANO, List.of(new Told("Thing", List.of(told))));

            float[] logits = afterTag(words, bias, " d");
            int c = words.encode(" c")[0];
            bias.next(c);
            bias.add(logits);

            assertThat(logits[c]).isEqualTo((float) (6 * sureness));
            assertThat(logits[words.encodeNext("a")[0]]).isEqualTo((float) (6 * sureness));
        }
    }

    @Test
    void aNameGainsNothingWhereTheAnswerIsAboutToReadDescribeOrDecline() throws IOException {
        var words =
                Tokenizer.read(new TokenizerJson(false, List.of("▁", "c", "s"), List.of("▁ c", "▁ s")).write(folder));
        var told = List.of(
                new Told("Text", List.of(text("<Mark 1>", "stop"))),
                new Told("Thing", List.of(text("<Mark 1>", "cat"))));

        for (String likeliest : List.of(" s", " A", " (")) {
            float[] logits = afterTag(words, new ContextualBias(words, NANO, told), likeliest);

            assertThat(logits[words.encode(" c")[0]]).as(likeliest).isZero();
        }
    }

    @Test
    void whatNoExpertOfTheModelTellsChangesNothing() {
        var bias = new ContextualBias(bytes, NANO, List.of(new Told("Rumour", List.of(text("<Region 1>", "tea")))));

        assertThat(likelier(bias, "<Region 1>: t")).isEmpty();
    }

    @Test
    void whatWasToldOfAnotherMarkGainsNothing() {
        assertThat(likelier(bias(text("<Region 1>", "tea")), "<Region 10>:")).isEmpty();
    }

    private static float[] afterTag(Tokenizer words, ContextualBias bias) {
        return afterTag(words, bias, "");
    }

    /** @param likeliest text with whose last token the language model would go on */
    private static float[] afterTag(Tokenizer words, ContextualBias bias, String likeliest) {
        for (int id : words.encode("<Mark 1>:")) {
            bias.next(id);
        }
        float[] logits = new float[words.size()];
        for (int id : words.encode(likeliest)) {
            Arrays.fill(logits, 0);
            logits[id] = 1;
        }
        bias.add(logits);
        return logits;
    }

    /** The model with that bias of both experts. */
    private static ModelConfig trusting(ModelConfig model, double bias) {
        return new ModelConfig(
                model.name(),
                model.image(),
                model.experts(),
                model.queries(),
                model.prompts(),
                model.regions(),
                new Reader("Text", 0.7, 120, bias, 0),
                new Objects("Thing", 0.15, bias, requireNonNull(model.objects()).names()),
                model.language(),
                model.template());
    }

    private static ContextualBias bias(MarkedText... told) {
        return new ContextualBias(bytes, NANO, List.of(new Told("Text", List.of(told))));
    }

    private static MarkedText text(String tag, String text) {
        return new MarkedText(tag, text);
    }

    /** The characters whose tokens gain after the text so far and this. */
    private static String likelier(ContextualBias bias, String said) {
        float[] logits = gains(bias, said);
        var gained = new StringBuilder();
        for (int id = 0; id < logits.length; id++) {
            if (logits[id] > 0) {
                gained.append(new String(bytes.bytes(id), UTF_8));
            }
        }
        return gained.toString();
    }

    private static float[] gains(ContextualBias bias, String said) {
        said.chars().forEach(character -> bias.next(id((char) character)));
        float[] logits = new float[bytes.size()];
        bias.add(logits);
        return logits;
    }

    private static int id(char character) {
        return bytes.encode(Character.toString(character))[0];
    }
}
