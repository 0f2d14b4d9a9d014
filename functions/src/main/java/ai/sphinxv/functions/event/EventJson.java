package ai.sphinxv.functions.event;

import ai.sphinxv.functions.ask.Envelope;
import ai.sphinxv.functions.ask.Envelope.Place;
import ai.sphinxv.functions.ask.InvalidRequestException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON texts, one or several (CloudEvents 1.0, "JSON Event Format"), read to the letter. Their data is not taken apart
 * here.
 */
@Singleton
public class EventJson {
    /** Each is a piece of work, and their sender waits for all. */
    static final int MOST_EVENTS = 100;

    private static final String DATA = "data";
    private static final String DATA_BASE64 = "data_base64";

    private final JsonFormat format = new JsonFormat();
    private final ObjectMapper json;

    EventJson(ObjectMapper json) {
        this.json = json;
    }

    /** @throws InvalidRequestException if it is none, or has an attribute twice */
    public CloudEvent read(byte[] text) {
        try (JsonParser parser = json.createParser(text)) {
            parser.nextToken();
            CloudEvent event = event(text, parser, new Envelope.Reader(parser));
            if (parser.nextToken() != null) {
                throw ChainEvents.noEvent();
            }
            return event;
        } catch (IOException e) {
            throw ChainEvents.noEvent();
        }
    }

    /** @throws InvalidRequestException if one is none, or there are too many */
    List<CloudEvent> readAll(byte[] text) {
        requireNotTooMany(text);
        List<CloudEvent> events = new ArrayList<>();
        try (JsonParser parser = json.createParser(text)) {
            parser.nextToken();
            var reader = new Envelope.Reader(parser);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                events.add(event(text, parser, reader));
            }
        } catch (IOException | InvalidRequestException e) {
            String why = e instanceof InvalidRequestException
                    ? e.getMessage()
                    : ChainEvents.noEvent().getMessage();
            throw new InvalidRequestException("event %d: %s".formatted(events.size() + 1, why));
        }
        return events;
    }

    private void requireNotTooMany(byte[] text) {
        int events = 0;
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                var reader = new Envelope.Reader(parser);
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    reader.passOver();
                    events++;
                }
                if (parser.nextToken() != null) {
                    throw ChainEvents.noEvent();
                }
            } else {
                events = Integer.MAX_VALUE;
            }
        } catch (IOException e) {
            throw ChainEvents.noEvent();
        }
        if (events > MOST_EVENTS) {
            throw new InvalidRequestException(
                    "a batch of events is a JSON list of at most %d of them".formatted(MOST_EVENTS));
        }
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

    /** Attributes have no parts, so a JSON object or list is none. */
    private CloudEvent event(byte[] text, JsonParser parser, Envelope.Reader reader) throws IOException {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            throw ChainEvents.noEvent();
        }
        Envelope own = reader.read(name -> !name.equals(DATA));
        Place data = own.places().get(DATA);
        boolean both = data != null && own.places().containsKey(DATA_BASE64);
        if (both
                || own.fields().properties().stream()
                        .anyMatch(field -> field.getValue().isContainerNode())) {
            throw ChainEvents.noEvent();
        }
        byte[] attributes = json.writeValueAsBytes(own.fields());
        CloudEvent event = ChainEvents.read(() -> format.deserialize(attributes));
        return data == null
                ? event
                : CloudEventBuilder.from(event)
                        .withData(data(text, data, event.getDataContentType()))
                        .build();
    }

    /** As it is in the text; where its type is not JSON's, it is a text itself. */
    private byte[] data(byte[] text, Place place, @Nullable String type) throws IOException {
        if (place.from() < 0) { // which is so where the text is not UTF-8
            throw ChainEvents.noEvent();
        }
        byte[] data = Arrays.copyOfRange(text, Math.toIntExact(place.from()), Math.toIntExact(place.to()));
        if (ChainEvents.isJson(type)) {
            return data;
        }
        String said = json.readValue(data, String.class);
        if (said == null) {
            throw ChainEvents.noEvent();
        }
        return said.getBytes(StandardCharsets.UTF_8);
    }
}
