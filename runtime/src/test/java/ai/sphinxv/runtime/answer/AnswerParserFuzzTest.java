package ai.sphinxv.runtime.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.fuzz.Bounds;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a model writes, what is read of it is about marks that there are, each once, and only grows as it writes. */
class AnswerParserFuzzTest {
    private static final long MOST_BYTES = 64L << 20;

    static Stream<byte[]> answers() {
        return Stream.of(
                        "23<Region 1>: a cup\n<Region 2>) ,: tea\n<Mark 999>:x\nMark 3 : y",
                        "14Region 1: a\n<region 1><region 2>: on\nRegion 1: again",
                        "10no mark at all")
                .map(answer -> answer.getBytes(UTF_8));
    }

    @MethodSource("answers")
    @FuzzTest
    void whatIsReadIsAboutTheMarksThatThereAre(byte[] input) {
        if (input.length > 1) {
            Bounds.within(MOST_BYTES, () -> requireMarks(input));
        }
    }

    private static void requireMarks(byte[] input) {
        int marks = 1 + (input[0] & 15);
        String answer = new String(input, 2, input.length - 2, UTF_8);
        String begun = answer.substring(0, answer.length() * Byte.toUnsignedInt(input[1]) / 256);

        List<MarkAnswer> read = AnswerParser.marks(answer, marks);

        assertThat(read)
                .extracting(MarkAnswer::mark)
                .doesNotHaveDuplicates()
                .allMatch(mark -> mark >= 1 && mark <= marks);
        List<MarkAnswer> complete = AnswerParser.completeMarks(begun, marks);
        assertThat(read.subList(0, Math.min(complete.size(), read.size()))).isEqualTo(complete);
        for (Relation relation : AnswerParser.relations(answer, marks)) {
            assertThat(relation.marks()).hasSizeGreaterThan(1).allMatch(mark -> mark >= 1 && mark <= marks);
        }
    }
}
