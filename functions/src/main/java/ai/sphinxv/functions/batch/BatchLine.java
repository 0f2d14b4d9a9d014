package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.store.ResultLog;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One line of a batch's questions, as OpenAI's API has it.
 *
 * @param id custom_id
 * @param body the request
 */
record BatchLine(String id, JsonNode body) {
    /** Characters of a custom_id; OpenAI's own have at most as many. */
    private static final int MOST_ID = 512;

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
        ObjectNode item = object(line, json);
        String id = item.path(ResultLog.ID).textValue();
        if (!item.path("method").asText("POST").equals("POST")
                || !item.path("url").asText(ENDPOINT).equals(ENDPOINT)) {
            throw new InvalidRequestException("the line's method needs to be POST and its url " + ENDPOINT);
        }
        if (!item.path("body").isObject()) {
            throw new InvalidRequestException("the line needs a body: the request as a JSON object");
        }
        return new BatchLine(id, item.path("body"));
    }

    /** @throws InvalidRequestException if the line is no JSON object with a custom_id */
    static ObjectNode object(String line, ObjectMapper json) {
        JsonNode item;
        try {
            item = json.readTree(line);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new InvalidRequestException("the line is not JSON, or has a field twice"
                    + (place == null ? "" : ": column " + place.getColumnNr()));
        }
        if (!(item instanceof ObjectNode object)
                || !item.path(ResultLog.ID).isTextual()
                || item.path(ResultLog.ID).textValue().isBlank()) {
            throw new InvalidRequestException("the line needs to be a JSON object with a custom_id, which is text");
        }
        int length = item.path(ResultLog.ID).textValue().length();
        if (length > MOST_ID) {
            throw new InvalidRequestException(
                    "a custom_id has at most %d characters, this one has %d".formatted(MOST_ID, length));
        }
        return object;
    }
}
