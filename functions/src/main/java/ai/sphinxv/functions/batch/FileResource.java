package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.ask.UnderstandResource;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** {@code /v1/files}, as OpenAI's API has it: questions for batches, pictures for them, and their results. */
@Path("/v1/files")
@Blocking
@SecurityRequirement(name = UnderstandResource.KEY)
public class FileResource {
    private static final List<String> PURPOSES = List.of("batch", "vision");
    private static final int MOST_NAME = 200;
    private static final int PAGE = 100;
    private static final int MOST_PAGE = 10_000;

    private final FileStore files;
    private final Tenants tenants;

    FileResource(FileStore files, Tenants tenants) {
        this.files = files;
        this.tenants = tenants;
    }

    /** A file's content is of one kind, whatever is asked for: OpenAI's clients ask for application/binary. */
    void giveContentAsItIs(@Observes Router router) {
        router.get("/v1/files/:id/content").order(Integer.MIN_VALUE).handler(asked -> {
            asked.request().headers().set(HttpHeaders.ACCEPT, MediaType.WILDCARD);
            asked.next();
        });
    }

    /** What is uploaded. */
    public static class Form {
        @RestForm("file")
        public @Nullable FileUpload file;

        @RestForm("purpose")
        public @Nullable String purpose;
    }

    /** What is gone. */
    record Deleted(String id, String object, boolean deleted) {}

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(MediaType.APPLICATION_JSON)
    public StoredFile upload(Form form) throws IOException {
        var home = files.home(tenants.current());
        var upload = form.file;
        if (upload == null) {
            throw new InvalidRequestException("the form lacks its part file");
        }
        String purpose = form.purpose;
        if (purpose == null || !PURPOSES.contains(purpose)) {
            throw new InvalidRequestException("purpose needs to be batch, for questions, or vision, for a picture");
        }
        String name = String.valueOf(upload.fileName());
        return files.add(
                home,
                name.substring(0, Math.min(MOST_NAME, name.length())),
                purpose,
                out -> Files.copy(upload.uploadedFile(), out));
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Listing<StoredFile> list(
            @RestQuery @Nullable String after,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String order,
            @RestQuery @Nullable String purpose)
            throws IOException {
        if (order != null && !order.equals("asc") && !order.equals("desc")) {
            throw new InvalidRequestException("order needs to be asc or desc");
        }
        List<StoredFile> all = files.all(files.home(tenants.current())).stream()
                .filter(file -> purpose == null || file.purpose().equals(purpose))
                .toList();
        return Listing.of(
                "asc".equals(order) ? all.reversed() : all,
                StoredFile::id,
                after,
                Listing.page(limit, PAGE, MOST_PAGE));
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public StoredFile describe(@RestPath String id) throws IOException {
        return files.require(files.home(tenants.current()), id);
    }

    @GET
    @Path("/{id}/content")
    public RestResponse<InputStream> content(@RestPath String id) throws IOException {
        var home = files.home(tenants.current());
        return ResponseBuilder.ok(files.content(home, id))
                .type(MediaType.APPLICATION_OCTET_STREAM) // whatever was asked for: OpenAI's clients ask for another
                .header(HttpHeaders.CONTENT_LENGTH, files.size(home, id))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Deleted delete(@RestPath String id) throws IOException {
        files.delete(files.home(tenants.current()), id);
        return new Deleted(id, "file", true);
    }
}
