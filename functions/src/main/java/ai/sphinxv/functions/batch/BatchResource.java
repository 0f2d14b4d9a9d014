package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.ask.UnderstandResource;
import ai.sphinxv.functions.batch.Batch.Status;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /v1/batches}, as OpenAI's API has it: a file of questions in, files of results out. */
@Path("/v1/batches")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@SecurityRequirement(name = UnderstandResource.KEY)
public class BatchResource {
    private static final Duration WINDOW = Duration.ofHours(24);
    private static final int PAGE = 20;
    private static final int MOST_PAGE = 100;
    private static final int MOST_METADATA = 16;
    private static final int MOST_METADATA_TEXT = 512;

    private final SphinxConfig.Batch config;
    private final FileStore files;
    private final BatchWorker worker;
    private final Tenants tenants;
    private final ObjectMapper json;

    BatchResource(SphinxConfig config, FileStore files, BatchWorker worker, Tenants tenants, ObjectMapper json) {
        this.config = config.batch();
        this.files = files;
        this.worker = worker;
        this.tenants = tenants;
        this.json = json;
    }

    /** What is to be run. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Request(
            @Nullable String inputFileId,
            @Nullable String endpoint,
            @Nullable String completionWindow,
            @Nullable Map<String, String> metadata) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Batch create(@Nullable Request request) throws IOException {
        var home = files.home(tenants.current());
        if (request == null || request.inputFileId() == null) {
            throw new InvalidRequestException("input_file_id is missing: upload the questions to /v1/files first");
        }
        check(request);
        files.require(home, request.inputFileId());
        if (BatchFolder.count(home) >= config.files()) {
            throw new InvalidRequestException(
                    "%d batches are kept already, which is the most".formatted(config.files()));
        }
        var batch = new Batch();
        batch.id = "batch_" + UUID.randomUUID().toString().replace("-", "");
        batch.endpoint = BatchLine.ENDPOINT;
        batch.inputFileId = request.inputFileId();
        batch.metadata = request.metadata();
        batch.become(Status.VALIDATING, Instant.now());
        batch.expiresAt = batch.createdAt + WINDOW.toSeconds();
        try (var questions = files.content(home, request.inputFileId())) {
            BatchFolder.create(home, batch, questions::transferTo, json);
        }
        worker.wake();
        return batch;
    }

    @GET
    public Listing<Batch> list(@RestQuery @Nullable String after, @RestQuery @Nullable Integer limit)
            throws IOException {
        List<Batch> all = new ArrayList<>();
        for (BatchFolder batch : BatchFolder.all(files.home(tenants.current()), json)) {
            all.add(batch.read());
        }
        return Listing.of(all, batch -> batch.id, after, Listing.page(limit, PAGE, MOST_PAGE));
    }

    @GET
    @Path("/{id}")
    public Batch describe(@RestPath String id) throws IOException {
        return BatchFolder.require(files.home(tenants.current()), id, json).read();
    }

    /** It ends after the item that is being answered; what is answered stays. */
    @POST
    @Path("/{id}/cancel")
    public Batch cancel(@RestPath String id) throws IOException {
        var batch = BatchFolder.require(files.home(tenants.current()), id, json);
        if (!batch.saved().status.isFinal()) {
            batch.askToEnd();
            worker.wake();
        }
        return batch.read();
    }

    private static void check(Request request) {
        if (!BatchLine.ENDPOINT.equals(request.endpoint())) {
            throw new InvalidRequestException("endpoint needs to be " + BatchLine.ENDPOINT);
        }
        if (request.completionWindow() != null && !request.completionWindow().equals("24h")) {
            throw new InvalidRequestException("completion_window needs to be 24h");
        }
        var metadata = request.metadata();
        if (metadata != null
                && (metadata.size() > MOST_METADATA
                        || metadata.entrySet().stream().anyMatch(BatchResource::isTooLong))) {
            throw new InvalidRequestException("metadata has at most %d texts of at most %d characters"
                    .formatted(MOST_METADATA, MOST_METADATA_TEXT));
        }
    }

    private static boolean isTooLong(Map.Entry<String, @Nullable String> entry) {
        String value = entry.getValue();
        return entry.getKey().length() > MOST_METADATA_TEXT || value == null || value.length() > MOST_METADATA_TEXT;
    }
}
