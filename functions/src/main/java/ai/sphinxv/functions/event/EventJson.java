package ai.sphinxv.functions.event;

import ai.sphinxv.functions.ask.InvalidRequestException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Events as JSON texts, one or several (CloudEvents 1.0, "JSON Event Format"), read to the letter. */
@Singleton
public class EventJson {
    /** Each is a piece of work, and their sender waits for all. */
    static final int MOST_EVENTS = 100;

    private static final String DATA = "data";

    private final JsonFormat format = new JsonFormat();
    private final ObjectMapper json;

    EventJson(ObjectMapper json) {
        this.json = json;
    }

    /** @throws InvalidRequestException if it is none, or has an attribute twice */
    public CloudEvent read(byte[] text) {
        return event(tree(text));
    }

    /** @throws InvalidRequestException if one is none, or there are too many */
    List<CloudEvent> readAll(byte[] text) {
        JsonNode batch = tree(text);
        if (!batch.isArray() || batch.size() > MOST_EVENTS) {
            throw new InvalidRequestException(
                    "a batch of events is a JSON list of at most %d of them".formatted(MOST_EVENTS));
        }
        List<CloudEvent> events = new ArrayList<>();
        for (JsonNode event : batch) {
            try {
                events.add(event(event));
            } catch (InvalidRequestException e) {
                throw new InvalidRequestException("event %d: %s".formatted(events.size() + 1, e.getMessage()));
            }
        }
        return events;
    }

    public byte[] write(CloudEvent event) {
        return format.serialize(event);
    }

    byte[] writeAll(List<CloudEvent> events) {
        var batch = json.createArrayNode();
        try {
            for (CloudEvent event : events) {
                batch.add(json.readTree(write(event)));
            }
            return json.writeValueAsBytes(batch);
        } catch (IOException e) {
            throw new UncheckedIOException("an event is always JSON", e);
        }
    }

    private JsonNode tree(byte[] text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw ChainEvents.noEvent();
        }
    }

    /** Attributes have no parts, so a JSON object or list is none. */
    private CloudEvent event(JsonNode event) {
        if (!event.isObject()
                || event.properties().stream()
                        .anyMatch(field ->
                                !field.getKey().equals(DATA) && field.getValue().isContainerNode())) {
            throw ChainEvents.noEvent();
        }
        try {
            byte[] one = json.writeValueAsBytes(event);
            return ChainEvents.read(() -> format.deserialize(one));
        } catch (IOException e) {
            throw new UncheckedIOException("a tree is always JSON", e);
        }
    }
}
