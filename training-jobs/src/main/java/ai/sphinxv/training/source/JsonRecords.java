package ai.sphinxv.training.source;

import ai.sphinxv.training.files.JsonFault;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Objects of a JSON file, one at a time, however long the file: of a list, of one list in an object, or one a line. */
final class JsonRecords {
    static final ObjectMapper JSON = new ObjectMapper();

    private JsonRecords() {}

    /** Takes one of them. */
    interface Sink {
        void accept(JsonNode record) throws IOException;
    }

    /** Takes one of them, from the list of that name. */
    interface NamedSink {
        void accept(String list, JsonNode record) throws IOException;
    }

    /** Of a list, or one a line. */
    static void read(Path file, Sink sink) throws IOException {
        try (JsonParser json = JSON.createParser(file.toFile())) {
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_ARRAY) {
                elements(json, sink);
                return;
            }
            for (JsonToken token = first; token != null; token = json.nextToken()) {
                sink.accept(json.readValueAsTree());
            }
        } catch (JsonParseException e) {
            throw damaged(file, e);
        }
    }

    /** Of those lists of one object that are named; the others are passed over. */
    static void read(Path file, Set<String> lists, NamedSink sink) throws IOException {
        try (JsonParser json = JSON.createParser(file.toFile())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("%s is not a JSON object with %s".formatted(file, lists));
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.START_ARRAY && lists.contains(name)) {
                    elements(json, record -> sink.accept(name, record));
                } else {
                    json.skipChildren();
                }
            }
        } catch (JsonParseException e) {
            throw damaged(file, e);
        }
    }

    private static void elements(JsonParser json, Sink sink) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == null) {
                throw new JsonParseException(json, "the file ends in the middle of a list");
            }
            sink.accept(json.readValueAsTree());
        }
    }

    private static IOException damaged(Path file, JsonParseException e) {
        return new IOException(
                "%s is damaged at line %d, column %d: %s"
                        .formatted(
                                file,
                                e.getLocation().getLineNr(),
                                e.getLocation().getColumnNr(),
                                JsonFault.of(e)),
                e);
    }
}
