package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.ask.Envelope;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.UnderstandRequest;
import ai.sphinxv.functions.store.ResultLog;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of a batch's questions, as OpenAI's API has it.
 *
 * @param id custom_id
 * @param line all of it; the request is its body
 */
record BatchLine(String id, String line) {
    private static final String BODY = "body";

    /** Characters of a custom_id; OpenAI's own have at most as many. */
    private static final int MOST_ID = 512;

    private static final Set<String> OWN = Set.of(ResultLog.ID, "method", "url", BODY);

    static final String ENDPOINT = "/v1/understand";

    /** What came of a line: a reply or a problem as the body. */
    record Result(
            String id,
            @JsonProperty(ResultLog.ID) String customId,
            Response response,
            @Nullable Object error) {

        static Result of(String batch, int number, String customId, int status, Object body) {
            String id = "%s_%d".formatted(batch.replaceFirst("batch_", "batch_req_"), number);
            return new Result(id, customId, new Response(status, id, body), null);
        }
    }

    /** As over HTTP. */
    record Response(
            @JsonProperty("status_code") int status,
            @JsonProperty("request_id") String id,
            Object body) {}

    /** @throws InvalidRequestException if the line is no question of this endpoint */
    static BatchLine read(String line, ObjectMapper json) {
        ObjectNode own = ownFields(line, json);
        if (!own.path("method").asText("POST").equals("POST")
                || !own.path("url").asText(ENDPOINT).equals(ENDPOINT)) {
            throw new InvalidRequestException("the line's method needs to be POST and its url " + ENDPOINT);
        }
        if (!own.path(BODY).isObject()) {
            throw new InvalidRequestException("the line needs a body: the request as a JSON object");
        }
        return new BatchLine(own.path(ResultLog.ID).textValue(), line);
    }

    /** @throws JsonProcessingException if something is wrong with it */
    UnderstandRequest request(ObjectMapper json) throws JsonProcessingException {
        try (JsonParser parser = json.createParser(line)) {
            parser.nextToken();
            while (!BODY.equals(parser.nextFieldName())) { // it is there
                parser.nextToken();
                parser.skipChildren();
            }
            parser.nextToken();
            return json.readerFor(UnderstandRequest.class)
                    .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // the rest of the line
                    .readValue(parser);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("a text is read without a failure", e);
        }
    }

    /**
     * What a line says beside its request.
     *
     * @throws InvalidRequestException if it is no JSON object with a custom_id
     */
    static ObjectNode ownFields(String line, ObjectMapper json) {
        ObjectNode own = null;
        try (JsonParser parser = json.createParser(line)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                own = new Envelope.Reader(parser).read(OWN::contains).fields();
                if (parser.nextToken() != null) {
                    throw new JsonParseException(parser, "more than one value");
                }
            }
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new InvalidRequestException("the line is not JSON, or has a field twice"
                    + (place == null ? "" : ": column " + place.getColumnNr()));
        } catch (IOException e) {
            throw new UncheckedIOException("a text is read without a failure", e);
        }
        if (own == null
                || !own.path(ResultLog.ID).isTextual()
                || own.path(ResultLog.ID).textValue().isBlank()) {
            throw new InvalidRequestException("the line needs to be a JSON object with a custom_id, which is text");
        }
        int length = own.path(ResultLog.ID).textValue().length();
        if (length > MOST_ID) {
            throw new InvalidRequestException(
                    "a custom_id has at most %d characters, this one has %d".formatted(MOST_ID, length));
        }
        return own;
    }
}
