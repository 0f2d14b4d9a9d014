package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.SphinxConfig;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The marks of a request, of which no more is kept than the deployment's limits have a use for: a point of six characters is
 * 130 bytes of lists, so a body could take twenty times its own size before anybody looked at it. Marks beyond the limit are
 * counted and not read, up to some thousands of names; a mark that goes on far beyond its own is refused where it does.
 */
public final class MarksField extends StdDeserializer<List<@Nullable MarkRequest>> {
    /** The attribute of whoever reads requests that gives the {@link SphinxConfig.Limits}, as a supplier of them. */
    public static final Object LIMITS = MarksField.class;

    /** Two brackets, two numbers and a part of its ring's brackets. */
    private static final long POINT = 5;

    /** Names and brackets of a mark, and room for a few that there should not be. */
    private static final long FRAME = 64;

    /** In all of the marks beyond the limit. */
    private static final int SKIPPED_NAMES = 10_000;

    MarksField() {
        super(List.class);
    }

    @Override
    public List<@Nullable MarkRequest> deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (!json.hasToken(JsonToken.START_ARRAY)) {
            return context.reportInputMismatch(List.class, "no list");
        }
        var limits = limits(context);
        var marks = new ArrayList<@Nullable MarkRequest>();
        int count = 0;
        int names = 0;
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            if (count < limits.marks()) {
                marks.add(mark(json, count, context, limits));
            } else {
                names = skip(json, count, names, limits);
            }
            count++;
        }
        return count == marks.size()
                ? marks
                : Collections.<@Nullable MarkRequest>nCopies(count, null); // nobody looks into too many
    }

    private static @Nullable MarkRequest mark(
            JsonParser json, int index, DeserializationContext context, SphinxConfig.Limits limits) throws IOException {
        if (json.hasToken(JsonToken.VALUE_NULL)) {
            return null;
        }
        try {
            return context.readValue(new Counting(json, limits), MarkRequest.class);
        } catch (JsonMappingException e) {
            throw JsonMappingException.wrapWithPath(e, List.of(), index);
        }
    }

    /** Passes over the mark, and returns how many names there were with those before: the parser keeps them, to find doubles. */
    private static int skip(JsonParser json, int index, int namesBefore, SphinxConfig.Limits limits)
            throws IOException {
        int names = Envelope.passOver(json, namesBefore, SKIPPED_NAMES);
        if (names > SKIPPED_NAMES) {
            throw JsonMappingException.wrapWithPath(
                    new TooLong(
                            json,
                            "there is far more here than the %d marks that a question takes".formatted(limits.marks())),
                    List.of(),
                    index);
        }
        return names;
    }

    @SuppressWarnings("unchecked") // whoever sets the attribute
    private static SphinxConfig.Limits limits(DeserializationContext context) {
        if (context.getAttribute(LIMITS) instanceof Supplier<?> limits) {
            return ((Supplier<SphinxConfig.Limits>) limits).get();
        }
        throw new IllegalStateException("a mapper that reads marks needs the limits of this deployment");
    }

    /** A mark is longer than any that is read; says after its place what there may be. */
    static final class TooLong extends JsonMappingException {
        private TooLong(JsonParser json, String message) {
            super(json, message);
        }
    }

    /** Reads one mark and no more values than the largest of them has. */
    private static final class Counting extends JsonParserDelegate {
        private final SphinxConfig.Limits limits;
        private long left;

        Counting(JsonParser json, SphinxConfig.Limits limits) {
            super(json);
            this.limits = limits;
            long points = Math.max(limits.strokePoints(), limits.polygonCorners());
            this.left = Math.max(POINT * points, limits.maskRuns()) + FRAME;
        }

        @Override
        public JsonToken nextToken() throws IOException {
            if (--left < 0) {
                throw new TooLong(
                        this,
                        "this is more than any mark has: a stroke has at most %d points, a polygon %d corners, a mask %d runs"
                                .formatted(limits.strokePoints(), limits.polygonCorners(), limits.maskRuns()));
            }
            return super.nextToken();
        }
    }
}
