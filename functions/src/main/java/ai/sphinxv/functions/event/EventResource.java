package ai.sphinxv.functions.event;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.ModelNotReadyException;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Problem;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.ask.UnderstandResource;
import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /events}: a CloudEvent 1.0 over HTTP, binary, structured or several in a batch, in; what triggers the next step
 * out, in the same mode and with data of the same kind, JSON or CBOR. Knative Eventing sequences the steps by their types.
 */
@Path("/events")
@Blocking
@SecurityRequirement(name = UnderstandResource.KEY)
public class EventResource {
    private static final String BATCH = "application/cloudevents-batch+json";

    private final ChainEvents events;
    private final EventJson json;
    private final Tenants tenants;

    EventResource(ChainEvents events, EventJson json, Tenants tenants) {
        this.events = events;
        this.json = json;
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
                            + " was answered gets the same reply again. application/cloudevents-batch+json takes a list of"
                            + " them.")
    @RequestBody(content = @Content(mediaType = JsonFormat.CONTENT_TYPE, schema = @Schema(type = SchemaType.OBJECT)))
    public Response take(byte[] body, @Context HttpHeaders headers) {
        String type = kind(headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
        if (type.equals(BATCH)) {
            return batch(json.readAll(body));
        }
        if (type.equals(JsonFormat.CONTENT_TYPE)) {
            CloudEvent reply = events.reply(json.read(body), tenants.current());
            return Response.ok(json.write(reply), JsonFormat.CONTENT_TYPE).build();
        }
        if (type.startsWith("application/cloudevents")) {
            throw new NotSupportedException();
        }
        return binary(events.reply(binary(body, headers.getRequestHeaders()), tenants.current()));
    }

    /** Lower case, without parameters. */
    private static String kind(@Nullable String type) {
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /**
     * All or none: one that is wrong is named, and the whole batch may be sent again, since those that were answered are not
     * worked on twice.
     */
    private Response batch(List<CloudEvent> batch) {
        List<CloudEvent> replies = new ArrayList<>();
        for (CloudEvent event : batch) {
            try {
                replies.add(events.reply(event, tenants.current()));
            } catch (BusyException | ModelNotReadyException e) {
                throw e;
            } catch (RuntimeException e) {
                var wrong = Problem.of(e);
                String detail = "event %d: %s".formatted(replies.size() + 1, wrong.detail());
                return Response.status(wrong.status())
                        .entity(new Problem(wrong.status(), wrong.title(), detail))
                        .type(Problem.MEDIA_TYPE)
                        .build();
            }
        }
        return Response.ok(json.writeAll(replies), BATCH).build();
    }

    private static CloudEvent binary(byte[] body, MultivaluedMap<String, String> headers) {
        boolean twice = headers.entrySet().stream()
                .anyMatch(header -> header.getKey().toLowerCase(Locale.ROOT).startsWith("ce-")
                        && header.getValue().size() > 1);
        if (twice) {
            throw new InvalidRequestException("an attribute of the event comes twice: send each ce- header once");
        }
        return ChainEvents.read(
                () -> HttpMessageFactory.createReaderFromMultimap(headers, body).toEvent());
    }

    private static Response binary(CloudEvent reply) {
        var response = Response.ok();
        HttpMessageFactory.createWriter(response::header, response::entity).writeBinary(reply);
        return response.build();
    }
}
