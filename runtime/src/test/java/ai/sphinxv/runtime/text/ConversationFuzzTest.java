package ai.sphinxv.runtime.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Template;
import ai.sphinxv.runtime.fuzz.Bounds;
import ai.sphinxv.runtime.text.Conversation.Segment;
import ai.sphinxv.runtime.text.Conversation.Turn;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is asked, answered and told, the conversation begins as the template says and names only marks that there are. */
class ConversationFuzzTest {
    private static final int MARKS = 3;
    private static final long MOST_BYTES = 64L << 20;
    private static final Template TEMPLATE = ModelConfig.named("nano").template();

    @TempDir
    static Path folder;

    private static Tokenizer tokenizer;

    @BeforeAll
    static void read() {
        var characters = List.of("▁", "<", ">", "R", "e", "g", "i", "o", "n", "1", "\n");
        tokenizer = Tokenizer.read(
                new TokenizerJson(true, characters, List.of("< R", "1 >", "R e", "▁ 1", "▁1 >")).write(folder));
    }

    static Stream<byte[]> texts() {
        return Stream.of("What is <Region 1>?\u0000It is\ta cup.\u0000<Region 1>: tea", "\u0000<Mark 99>>>\n\u0000 ")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("texts")
    @FuzzTest
    void anyTextsMakeAConversation(byte[] input) {
        Bounds.within(MOST_BYTES, () -> requireConversation(input));
    }

    private static void requireConversation(byte[] input) {
        String[] texts = (new String(input, UTF_8) + "\0\0\0").split("\0", -1);
        var conversation = new Conversation(List.of(new Turn(texts[0], texts[1]), new Turn(texts[1], null)));
        var told = new Told("Text", List.of(new MarkedText("<Region 1>", texts[2])));

        List<Segment> segments = conversation.segments(TEMPLATE, List.of(told));

        assertThat(segments).hasSize(4);
        assertThat(segments.getFirst().text()).startsWith(TEMPLATE.system());
        assertThat(segments.getLast().text()).endsWith(TEMPLATE.assistant() + ":");
        var marks = new NamedMarks(tokenizer, MARKS, 1, 0.5);
        for (Segment segment : segments) {
            var slots = Arrays.stream(tokenizer.encode(segment.text()))
                    .map(id -> marks.next(id).slot());
            assertThat(slots.filter(slot -> slot < 0 || slot >= MARKS))
                    .isEmpty(); // not each by itself: a check costs more than a token
        }
    }
}
