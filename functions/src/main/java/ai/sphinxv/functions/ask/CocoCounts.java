package ai.sphinxv.functions.ask;

import ai.sphinxv.runtime.prompt.InvalidPromptException;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of a mask's runs in either of COCO's two forms.
 *
 * @param text packed: characters from '0' on carry five bits each and whether more follow, lowest first; from the fourth
 *     run on it is the difference to the last run but one
 * @param list plain
 */
@RegisterForReflection
@Schema(oneOf = {String.class, int[].class})
@JsonDeserialize(using = CocoCounts.Reader.class)
public record CocoCounts(@Nullable String text, int @Nullable [] list) {
    private static final char ZERO = '0';
    private static final int MORE = 0x20;
    private static final int NEGATIVE = 0x10;
    private static final int BITS = 5;

    /** A number of 32 bits and its sign. */
    private static final int MOST_CHARACTERS = 7;

    /** As it was sent. */
    @JsonValue
    @Nullable
    Object sent() {
        return text == null ? list : text;
    }

    /**
     * @param most runs
     * @throws InvalidPromptException if there are more, or the text is no packed numbers
     */
    int[] runs(int most) {
        int[] runs = text == null ? list : unpacked(text, most);
        if (runs == null) {
            throw new InvalidPromptException("mask needs size [height, width] and counts");
        }
        requireAtMost(most, runs.length);
        return runs;
    }

    private static void requireAtMost(int most, int runs) {
        if (runs > most) {
            throw new InvalidPromptException("a mask has at most %d runs, got %d or more".formatted(most, runs));
        }
    }

    private static int[] unpacked(String text, int most) {
        int[] runs = new int[Math.min(text.length(), most)];
        int count = 0;
        int at = 0;
        while (at < text.length()) {
            requireAtMost(most, count + 1);
            int end = end(text, at);
            long run = number(text, at, end) + (count > 2 ? runs[count - 2] : 0);
            if (run < 0 || run > Integer.MAX_VALUE) {
                throw new InvalidPromptException("counts of the mask: run %d has %d pixels".formatted(count + 1, run));
            }
            runs[count++] = (int) run;
            at = end;
        }
        return Arrays.copyOf(runs, count);
    }

    /** Where the number that begins there has ended. */
    private static int end(String text, int begin) {
        for (int at = begin; at < text.length() && at < begin + MOST_CHARACTERS; at++) {
            int digit = text.charAt(at) - ZERO;
            if (digit < 0 || digit >= 2 * MORE) {
                throw new InvalidPromptException(
                        "counts of the mask are not packed as COCO does: character %d is out of range"
                                .formatted(at + 1));
            }
            if ((digit & MORE) == 0) {
                return at + 1;
            }
        }
        throw new InvalidPromptException(
                "counts of the mask are not packed as COCO does: the number at character %d has no end"
                        .formatted(begin + 1));
    }

    private static long number(String text, int begin, int end) {
        long number = 0;
        for (int at = end - 1; at >= begin; at--) {
            number = number << BITS | (text.charAt(at) - ZERO & MORE - 1);
        }
        boolean negative = (text.charAt(end - 1) - ZERO & NEGATIVE) != 0;
        return negative ? number - (1L << BITS * (end - begin)) : number;
    }

    /** Text is packed, a list is plain. */
    static final class Reader extends JsonDeserializer<CocoCounts> {
        @Override
        public CocoCounts deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return json.hasToken(JsonToken.VALUE_STRING)
                    ? new CocoCounts(json.getText(), null)
                    : new CocoCounts(null, context.readValue(json, int[].class));
        }
    }
}
