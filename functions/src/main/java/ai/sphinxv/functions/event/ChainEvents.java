package ai.sphinxv.functions.event;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.Traced;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.chain.Cbor;
import ai.sphinxv.functions.chain.Chain;
import ai.sphinxv.functions.chain.ChainMessage;
import ai.sphinxv.runtime.bundle.Sha256;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.rw.CloudEventRWException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From an event to the event that triggers the next step, whatever carries them. */
@Singleton
public class ChainEvents {
    private static final List<String> TRACE = List.of("traceparent", "tracestate");

    private final Chain chain;
    private final SeenEvents seen;
    private final Traced traced;
    private final SphinxConfig config;
    private final ObjectMapper json;

    ChainEvents(Chain chain, SeenEvents seen, Traced traced, SphinxConfig config, ObjectMapper json) {
        this.chain = chain;
        this.seen = seen;
        this.traced = traced;
        this.config = config;
        this.json = json;
    }

    /**
     * The same reply for the same source and id.
     *
     * @param tenant whose event it is
     * @throws InvalidRequestException if an event of this source and id asked something else before
     */
    public CloudEvent reply(CloudEvent event, String tenant) {
        ChainEvent step = ChainEvent.of(event.getType());
        ChainMessage message = message(event);
        var key = new SeenEvents.Key(tenant, event.getSource().toString(), event.getId());
        return seen.once(key, asked(step, message), () -> tracedReply(event, step, message, tenant));
    }

    /** What an event asks for, without the features that it carries: made anew elsewhere they may differ in their last bits. */
    private static String asked(ChainEvent step, ChainMessage message) {
        return step + " " + Sha256.of(Cbor.write(message.words()));
    }

    /**
     * An event of ours that is whole.
     *
     * @param reading gives it as its carrier has it
     * @throws InvalidRequestException if it is none
     */
    public static CloudEvent read(Supplier<CloudEvent> reading) {
        try {
            CloudEvent event = reading.get();
            if (event.getSpecVersion() == SpecVersion.V1
                    && !event.getId().isBlank()
                    && !event.getType().isBlank()
                    && !event.getSource().toString().isBlank()) {
                return event;
            }
        } catch (CloudEventRWException
                | EventDeserializationException
                | IllegalStateException
                | IllegalArgumentException
                | NullPointerException e) {
            // said below, in our words
        }
        throw noEvent();
    }

    static InvalidRequestException noEvent() {
        return new InvalidRequestException(
                "this is no CloudEvent 1.0: it needs specversion 1.0, id, source and type, as ce-"
                        + " headers or as application/cloudevents+json");
    }

    /** The trace that an event carries (CloudEvents, "Distributed Tracing") is the one that its reply carries on. */
    private CloudEvent tracedReply(CloudEvent event, ChainEvent step, ChainMessage message, String tenant) {
        var came = new HashMap<String, String>();
        for (String name : TRACE) {
            if (event.getExtension(name) instanceof String value) {
                came.put(name, value);
            }
        }
        return traced.continued(came, "sphinxv.event", () -> {
            var reply = CloudEventBuilder.from(reply(event, step, message, tenant));
            traced.carryOn(reply::withExtension);
            return reply.build();
        });
    }

    private CloudEvent reply(CloudEvent event, ChainEvent step, ChainMessage message, String tenant) {
        boolean cbor = isCbor(event.getDataContentType());
        Object result = switch (step) {
            case ENCODE_IMAGE -> chain.encodeImage(message, tenant);
            case ENCODE_PROMPTS -> chain.encodePrompts(message, tenant);
            case GENERATE -> chain.generate(message, tenant);
            case UNDERSTAND -> chain.understand(message, tenant);
        };
        String origin = event.getSource() + "\n" + event.getId();
        return CloudEventBuilder.v1(event) // subject and extensions are the sender's to find it by
                .withId(UUID.nameUUIDFromBytes(origin.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .withSource(URI.create(
                        "/sphinxv/" + step.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .withType(step.next())
                .withTime(OffsetDateTime.now(ZoneOffset.UTC))
                .withDataContentType(cbor ? Cbor.MEDIA_TYPE : MediaType.APPLICATION_JSON)
                .withData(cbor ? Cbor.write(result) : bytes(result))
                .build();
    }

    /** @throws NotSupportedException if data of this type is not read */
    private static boolean isCbor(@Nullable String type) {
        if (isJson(type)) {
            return false;
        }
        if (!kind(type).equals(Cbor.MEDIA_TYPE)) {
            throw new NotSupportedException();
        }
        return true;
    }

    /** Without a type it is. */
    static boolean isJson(@Nullable String type) {
        String kind = kind(type);
        return kind.isEmpty() || kind.equals(MediaType.APPLICATION_JSON) || kind.endsWith("+json");
    }

    /** Lower case, without parameters. */
    private static String kind(@Nullable String type) {
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private ChainMessage message(CloudEvent event) {
        boolean cbor = isCbor(event.getDataContentType());
        var data = event.getData();
        if (data == null) {
            throw noData();
        }
        if (cbor) {
            return Cbor.message(data.toBytes(), config::limits, "the event's data");
        }
        try {
            ChainMessage message =
                    json.readValue(new String(data.toBytes(), StandardCharsets.UTF_8), ChainMessage.class);
            if (message == null) {
                throw noData();
            }
            return message;
        } catch (JsonProcessingException e) {
            throw new BadRequestException(e);
        }
    }

    private static InvalidRequestException noData() {
        return new InvalidRequestException("the event has no data: it needs an object with image, marks and question");
    }

    private byte[] bytes(Object result) {
        try {
            return json.writeValueAsBytes(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a reply is always JSON", e);
        }
    }
}
