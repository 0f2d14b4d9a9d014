package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.Traced;
import ai.sphinxv.runtime.image.InvalidImageException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/understand}: JSON or a form in, JSON or events out. */
@Path("/v1/understand")
@Blocking
@SecurityScheme(
        securitySchemeName = UnderstandResource.KEY,
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "A key that the operator gave out, or a token of their issuer; nothing where nobody is asked.")
@SecurityRequirement(name = UnderstandResource.KEY)
public class UnderstandResource {
    /** In the description: what says who is asking. */
    public static final String KEY = "key";

    /** Second choice: who does not say what to accept gets the reply as one JSON object. */
    private static final String EVENTS = MediaType.SERVER_SENT_EVENTS + ";qs=0.5";

    private final Understanding understanding;
    private final Tenants tenants;
    private final Callers callers;
    private final Traced traced;
    private final Duration patience;
    private final ObjectMapper json;

    UnderstandResource(
            Understanding understanding,
            Tenants tenants,
            Callers callers,
            Traced traced,
            SphinxConfig config,
            ObjectMapper json) {
        this.understanding = understanding;
        this.tenants = tenants;
        this.callers = callers;
        this.traced = traced;
        this.patience = config.limits().slowReader();
        this.json = json;
    }

    /** The request in a form: the picture as a file, the rest as JSON. */
    public static class Form {
        @RestForm("image")
        public @Nullable FileUpload image;

        @RestForm("request")
        public @Nullable String request;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "understand",
            summary = "Ask about marks on a picture",
            description =
                    "With Accept: text/event-stream the answer comes while it is written, as events token {text}, "
                            + "mark {mark, text} and, at the end, done (the whole reply) or error (a problem).")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = UnderstandRequest.class),
                            examples = {
                                @ExampleObject(name = "box", value = Examples.BOX),
                                @ExampleObject(name = "point", value = Examples.POINT),
                                @ExampleObject(name = "stroke", value = Examples.STROKE),
                                @ExampleObject(name = "polygon", value = Examples.POLYGON),
                                @ExampleObject(name = "mask", value = Examples.MASK),
                                @ExampleObject(name = "whole picture", value = Examples.WHOLE_PICTURE)
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The answer",
            content = @Content(schema = @Schema(implementation = UnderstandReply.class)))
    @APIResponse(
            responseCode = "4XX",
            description = "The request is at fault, and this says how",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class),
                            examples = @ExampleObject(name = "invalid marks", value = Examples.PROBLEM)))
    @APIResponse(
            responseCode = "5XX",
            description = "The server is busy (Retry-After says for how long), not ready, or at fault",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public UnderstandReply understand(@Nullable UnderstandRequest request) {
        return understanding.answer(present(request), tenants.current(), event -> {});
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(EVENTS)
    public Multi<OutboundSseEvent> stream(@Nullable UnderstandRequest request, @Context Sse sse) {
        String tenant = tenants.current();
        return new AnswerStream(sse, patience, callers.cancellation())
                .of(traced.here(events -> understanding.answer(present(request), tenant, events)));
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(MediaType.APPLICATION_JSON)
    public UnderstandReply understandForm(Form form) throws JsonProcessingException {
        return understanding.answer(request(form), tenants.current(), picture(form), event -> {});
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(EVENTS)
    public Multi<OutboundSseEvent> streamForm(Form form, @Context Sse sse) throws JsonProcessingException {
        var request = request(form);
        byte[] picture = picture(form); // now: the uploaded file is gone once this method returns
        String tenant = tenants.current();
        return new AnswerStream(sse, patience, callers.cancellation())
                .of(traced.here(events -> understanding.answer(request, tenant, picture, events)));
    }

    private UnderstandRequest request(Form form) throws JsonProcessingException {
        if (form.request == null) {
            throw new InvalidRequestException("the form lacks its part request: the question and marks as JSON");
        }
        var request = present(json.readValue(form.request, UnderstandRequest.class));
        if (request.image() != null) {
            throw new InvalidRequestException("the image comes as the form's part image, not within request");
        }
        return request;
    }

    private static byte[] picture(Form form) {
        if (form.image == null) {
            throw new InvalidImageException("the form lacks its part image: the picture file");
        }
        try {
            return Files.readAllBytes(form.image.uploadedFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UnderstandRequest present(@Nullable UnderstandRequest request) {
        if (request == null) {
            throw new InvalidRequestException("the body is empty: send one JSON object with image, question and marks");
        }
        return request;
    }
}
