package ai.sphinxv.functions.event;

import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.ask.UnderstandResource;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/**
 * {@code POST /events}: a CloudEvent 1.0 over HTTP, binary or structured, in; the event that triggers the next step out, in
 * the same mode and with data of the same kind, JSON or CBOR. Knative Eventing sequences the steps by their types.
 */
@Path("/events")
@Blocking
@SecurityRequirement(name = UnderstandResource.KEY)
public class EventResource {
    private final ChainEvents events;
    private final Tenants tenants;

    EventResource(ChainEvents events, Tenants tenants) {
        this.events = events;
        this.tenants = tenants;
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
        CloudEvent event = ChainEvents.read(reader::toEvent);
        return response(events.reply(event, tenants.current()), reader.getEncoding());
    }

    private static MessageReader reader(byte[] body, HttpHeaders headers) {
        String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("application/cloudevents-batch")) {
            throw new InvalidRequestException("batches of events are not taken: send one event at a time");
        }
        try {
            return HttpMessageFactory.createReaderFromMultimap(headers.getRequestHeaders(), body);
        } catch (CloudEventRWException | IllegalArgumentException e) {
            throw ChainEvents.noEvent();
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
