package ai.sphinxv.functions.event;

import ai.sphinxv.functions.Traced;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.chain.Cbor;
import ai.sphinxv.functions.chain.Chain;
import ai.sphinxv.functions.chain.ChainMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /events}: a CloudEvent 1.0 over HTTP, binary or structured, in; the event that triggers the next step out, in
 * the same mode and with data of the same kind, JSON or CBOR. Knative Eventing sequences the steps by their types.
 */
@Path("/events")
@Blocking
public class EventResource {
    private static final List<String> TRACE = List.of("traceparent", "tracestate");

    private final Chain chain;
    private final SeenEvents seen;
    private final Tenants tenants;
    private final Traced traced;
    private final ObjectMapper json;

    EventResource(Chain chain, SeenEvents seen, Tenants tenants, Traced traced, ObjectMapper json) {
        this.chain = chain;
        this.seen = seen;
        this.tenants = tenants;
        this.traced = traced;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "event",
            summary = "A step of an answer as a CloudEvent",
            description =
                    "Types ai.sphinxv.encode-image, .encode-prompts, .generate and .understand; the reply's type is"
                            + " that of the next step, at the end ai.sphinxv.answered. An event of a source and id that"
                            + " was answered gets the same reply again.")
    @RequestBody(content = @Content(mediaType = JsonFormat.CONTENT_TYPE, schema = @Schema(type = SchemaType.OBJECT)))
    public Response take(byte[] body, @Context HttpHeaders headers) {
        var reader = reader(body, headers);
        CloudEvent event = event(reader);
        ChainEvent step = ChainEvent.of(event.getType());
        String tenant = tenants.current();
        var key = new SeenEvents.Key(tenant, event.getSource().toString(), event.getId());
        return response(seen.once(key, () -> tracedReply(event, step, tenant)), reader.getEncoding());
    }

    private static MessageReader reader(byte[] body, HttpHeaders headers) {
        String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("application/cloudevents-batch")) {
            throw new InvalidRequestException("batches of events are not taken: send one event at a time");
        }
        try {
            return HttpMessageFactory.createReaderFromMultimap(headers.getRequestHeaders(), body);
        } catch (CloudEventRWException | IllegalArgumentException e) {
            throw noEvent();
        }
    }

    private static CloudEvent event(MessageReader reader) {
        try {
            CloudEvent event = reader.toEvent();
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

    private static InvalidRequestException noEvent() {
        return new InvalidRequestException(
                "this is no CloudEvent 1.0: it needs specversion 1.0, id, source and type, as ce-"
                        + " headers or as application/cloudevents+json");
    }

    /** The trace that an event carries (CloudEvents, "Distributed Tracing") is the one that its reply carries on. */
    private CloudEvent tracedReply(CloudEvent event, ChainEvent step, String tenant) {
        var came = new HashMap<String, String>();
        for (String name : TRACE) {
            if (event.getExtension(name) instanceof String value) {
                came.put(name, value);
            }
        }
        return traced.continued(came, "sphinxv.event", () -> {
            var reply = CloudEventBuilder.from(reply(event, step, tenant));
            traced.carryOn(reply::withExtension);
            return reply.build();
        });
    }

    private CloudEvent reply(CloudEvent event, ChainEvent step, String tenant) {
        boolean cbor = isCbor(event.getDataContentType());
        ChainMessage message = message(event, cbor);
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

    /** With or without parameters. */
    private static boolean isCbor(@Nullable String type) {
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(Cbor.MEDIA_TYPE);
    }

    private ChainMessage message(CloudEvent event, boolean cbor) {
        var data = event.getData();
        if (data == null) {
            throw noData();
        }
        if (cbor) {
            return Cbor.read(data.toBytes(), ChainMessage.class, "the event's data");
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

    private static Response response(CloudEvent reply, Encoding encoding) {
        var response = Response.ok();
        var writer = HttpMessageFactory.createWriter(response::header, response::entity);
        if (encoding == Encoding.STRUCTURED) {
            writer.writeStructured(reply, JsonFormat.CONTENT_TYPE);
        } else {
            writer.writeBinary(reply);
        }
        return response.build();
    }
}
