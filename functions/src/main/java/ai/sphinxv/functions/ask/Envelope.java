package ai.sphinxv.functions.ask;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The own fields of an object that carries a request: an event, a line of a batch. What is within them is passed over, so that
 * the request is read once, by who knows its limits ({@link MarksField}), and never becomes a tree: of 20 MB of numbers that is
 * 145 MB.
 *
 * @param fields those that were asked for; of an object or a list there is an empty one
 * @param places of all fields' values
 */
public record Envelope(ObjectNode fields, Map<String, Place> places) {
    private static final int MOST_FIELDS = 1000;

    /** In all objects of a text: the parser keeps each for when it comes again. */
    private static final int MOST_NAMES = 100_000;

    /** Bytes of the text that was parsed as UTF-8, the last one excluded; below zero in any other. */
    public record Place(long from, long to) {}

    /**
     * Passes over the value that begins where the parser is, and returns how many names there were with those before. Beyond
     * the most it goes no further.
     */
    static int passOver(JsonParser json, int namesBefore, int most) throws IOException {
        int names = namesBefore;
        int depth = json.currentToken().isStructStart() ? 1 : 0;
        while (depth > 0 && names <= most) {
            JsonToken next = json.nextToken();
            if (next.isStructStart()) {
                depth++;
            } else if (next.isStructEnd()) {
                depth--;
            } else if (next == JsonToken.FIELD_NAME) {
                names++;
            }
        }
        return names;
    }

    /** Goes through a text with one or more objects. */
    public static final class Reader {
        private final JsonParser json;
        private int names;

        /** @param json which from then on does not look for names that come twice, as that keeps them */
        public Reader(JsonParser json) {
            this.json = json.disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        }

        /**
         * The object that begins where the parser is, which is then at its end.
         *
         * @param kept whose values are wanted
         * @throws IOException if it is not JSON, or has a field twice
         * @throws InvalidRequestException if it has far more names than any request
         */
        public Envelope read(Predicate<String> kept) throws IOException {
            var fields = JsonNodeFactory.instance.objectNode();
            var places = new HashMap<String, Place>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (places.size() == MOST_FIELDS || places.containsKey(name)) {
                    throw new JsonParseException(json, "a field that came before, or too many");
                }
                json.nextToken();
                long from = json.currentTokenLocation().getByteOffset();
                if (kept.test(name)) {
                    keep(fields, name);
                }
                passOver();
                places.put(name, new Place(from, json.currentLocation().getByteOffset()));
            }
            return new Envelope(fields, places);
        }

        /**
         * The value that begins where the parser is, which is then at its end.
         *
         * @throws IOException if it is not JSON
         * @throws InvalidRequestException if it has far more names than any request
         */
        public void passOver() throws IOException {
            names = Envelope.passOver(json, names, MOST_NAMES);
            if (names > MOST_NAMES) {
                throw new InvalidRequestException(
                        "there are more than %d names in this JSON, far more than a request has".formatted(MOST_NAMES));
            }
            json.finishToken(); // the rest of a text
        }

        private void keep(ObjectNode fields, String name) throws IOException {
            switch (json.currentToken()) {
                case START_OBJECT -> fields.putObject(name);
                case START_ARRAY -> fields.putArray(name);
                case VALUE_STRING -> fields.put(name, json.getText());
                case VALUE_TRUE, VALUE_FALSE -> fields.put(name, json.getBooleanValue());
                case VALUE_NUMBER_INT -> fields.put(name, json.getBigIntegerValue());
                case VALUE_NUMBER_FLOAT -> fields.put(name, json.getDecimalValue());
                default -> fields.putNull(name);
            }
        }
    }
}
