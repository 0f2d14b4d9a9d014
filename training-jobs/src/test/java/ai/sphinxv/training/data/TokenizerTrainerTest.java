package ai.sphinxv.training.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.text.Conversation;
import ai.sphinxv.runtime.text.Conversation.Segment;
import ai.sphinxv.runtime.text.Tokenizer;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.Draws;
import ai.sphinxv.training.scenes.SceneGenerator;
import ai.sphinxv.training.scenes.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTrainerTest {
    private static final ModelConfig NANO = ModelConfig.named("nano");
    private static final List<String> TEXTS = texts();

    @TempDir
    private static Path folder;

    private static Tokenizer tokenizer;

    @BeforeAll
    static void train() throws IOException {
        tokenizer = trained(NANO.language().vocabulary());
    }

    @Test
    void theTextsComeBackThroughTheServingTokenizer() {
        for (String text : TEXTS) {
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void whatTheTextsNeverSaidComesBackToo() {
        var unseen = "Où est  le <Region 3>?\n\tКошка 猫 🐈 ###";

        assertThat(tokenizer.decode(tokenizer.encode(unseen))).isEqualTo(unseen);
    }

    @Test
    void theVocabularyHasTheSizeThatTheModelHasEmbeddingsFor() {
        assertThat(tokenizer.size()).isEqualTo(NANO.language().vocabulary());
        assertThat(tokenizer.bos()).isEqualTo(1);
        assertThat(tokenizer.eos()).isEqualTo(2);
    }

    @Test
    void aTextTakesFarFewerTokensThanCharacters() {
        long characters = TEXTS.stream().mapToLong(String::length).sum();
        long tokens =
                TEXTS.stream().mapToLong(text -> tokenizer.encode(text).length).sum();

        assertThat(characters / (double) tokens).isGreaterThan(3);
    }

    @Test
    void theSameTextsMakeTheSameFile() throws IOException {
        var again = folder.resolve("again.json");

        TokenizerTrainer.train(TEXTS.stream(), 600, again);
        var first = Files.readString(again, UTF_8);
        TokenizerTrainer.train(TEXTS.stream(), 600, again);

        assertThat(Files.readString(again, UTF_8)).isEqualTo(first);
    }

    @Test
    void aVocabularyWithoutRoomForBytesIsRefused() {
        assertThatThrownBy(() -> TokenizerTrainer.train(Stream.of("a b"), 300, folder.resolve("small.json")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a vocabulary of 300 does not hold bytes and characters, which are 355");
    }

    private static Tokenizer trained(int size) throws IOException {
        var file = folder.resolve("tokenizer.json");
        TokenizerTrainer.train(TEXTS.stream(), size, file);
        return Tokenizer.read(file);
    }

    private static List<String> texts() {
        var scenes = SceneGenerator.of(Catalog.open(), Split.TRAIN, 1);
        return LongStream.range(0, 300)
                .mapToObj(n -> MarkedScene.everyObject(scenes.scene(n), MarkKind.REGION, Draws.of(1, n))
                        .regions())
                .flatMap(marked -> Stream.of(Questions.label(marked), Questions.brief(marked), Questions.ocr(marked)))
                .flatMap(turn -> new Conversation(List.of(turn)).segments(NANO.template()).stream())
                .map(Segment::text)
                .toList();
    }
}
