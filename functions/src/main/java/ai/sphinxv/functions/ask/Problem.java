package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.BusyException.Reason;
import ai.sphinxv.functions.ModelNotReadyException;
import ai.sphinxv.functions.access.ForeignPageException;
import ai.sphinxv.functions.picture.PictureUrlException;
import ai.sphinxv.functions.store.StorageFullException;
import ai.sphinxv.runtime.image.InvalidImageException;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import java.io.CharConversionException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as RFC 9457 has it. Its words are ours and never a library's; what only the operator should know goes
 * to the log.
 */
@Schema(description = "What went wrong (RFC 9457).")
public record Problem(
        @Schema(examples = "400") int status,
        @Schema(examples = "Invalid visual prompt") String title,

        @Schema(examples = "mark 2 lies outside the picture: point (900, 20) is not within 640x420 pixels")
        String detail) {

    /**
     * The same in the words of OpenAI's API, whose clients show nothing else.
     *
     * @param type {@code server_error} where it is ours, else {@code invalid_request_error}
     */
    public record OpenAi(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code) {}

    public static final String MEDIA_TYPE = "application/problem+json";

    static final int NOT_ALLOWED = 405;

    /** Nobody reads it; nginx's number for it, which logs know. */
    private static final int CLIENT_CLOSED = 499;

    /** What the Allow header says to it: no path of ours takes another method. */
    static final String ALLOWED = "POST";

    static final int UNAUTHORIZED = 401;

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /** How long a model may still take to load. */
    private static final Duration LOADING = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(Problem.class);
    private static final Map<Integer, Problem> BY_STATUS = Map.of(
            UNAUTHORIZED,
            new Problem(
                    UNAUTHORIZED,
                    "Who is asking?",
                    "send a key of this server as Authorization: Bearer KEY; its operator gives them out"),
            403,
            new Problem(403, "Not allowed", "this key or token may not do that; this server's operator can say more"),
            404,
            new Problem(404, "Not found", "there is nothing at this path; questions go to POST /v1/understand"),
            NOT_ALLOWED,
            new Problem(
                    NOT_ALLOWED,
                    "Method not allowed",
                    "this path takes another method; questions go to POST /v1/understand"),
            406,
            new Problem(406, "Not acceptable", "answers come as application/json or text/event-stream"),
            413,
            new Problem(413, "Too large", "the body has more bytes than this server reads"),
            415,
            new Problem(
                    415,
                    "Unsupported media type",
                    "send application/json; a file as multipart/form-data; an event's data as application/json or"
                            + " application/cbor"));
    private static final Problem OURS =
            new Problem(500, "Internal error", "something failed inside this server; its log says what");

    /** The problem that this is to who asked. Anything unknown is ours, and logged. */
    public static Problem of(Throwable wrong) {
        return switch (wrong) {
            case InvalidPromptException e -> new Problem(400, "Invalid visual prompt", words(e));
            case InvalidImageException e -> new Problem(400, "Invalid image", words(e));
            case InvalidRequestException e -> new Problem(400, "Invalid request", words(e));
            case JsonProcessingException e -> new Problem(400, "Invalid JSON", JsonMistake.of(e));
            case CharConversionException e ->
                new Problem(400, "Invalid JSON", "the body is not JSON: send it as UTF-8");
            case AuthenticationFailedException e -> of(UNAUTHORIZED);
            case UnauthorizedException e -> of(UNAUTHORIZED);
            case ForbiddenException e -> of(403);
            case ForeignPageException e -> new Problem(403, "Not allowed", words(e));
            case UnknownImageException e -> new Problem(404, "Unknown image", words(e));
            case UnknownFileException e -> new Problem(404, "Unknown file", words(e));
            case PictureUrlException e ->
                switch (e.kind()) {
                    case REFUSED -> new Problem(400, "Invalid image", words(e));
                    case FAILED -> new Problem(424, "Image not fetched", words(e));
                    case TOO_LARGE -> new Problem(413, "Too large", words(e));
                };
            case TooLargeException e -> new Problem(413, "Too large", words(e));
            case BusyException e
            when e.reason() == Reason.OVER_SHARE -> new Problem(TOO_MANY, "Too many requests", words(e));
            case BusyException e -> new Problem(UNAVAILABLE, "Busy", words(e));
            case ModelNotReadyException e -> new Problem(UNAVAILABLE, "Not ready", words(e));
            case SlowReaderException e -> new Problem(408, "Read too slowly", words(e));
            case GoneException e -> new Problem(CLIENT_CLOSED, "Client gone", words(e));
            case StorageFullException e -> new Problem(507, "Insufficient storage", words(e));
            case OutOfTimeException e -> new Problem(504, "Out of time", words(e));
            case WebApplicationException e when e.getCause() instanceof JsonProcessingException json -> of(json);
            case WebApplicationException e
            when e.getResponse().getStatus() < 500 -> of(e.getResponse().getStatus());
            default -> {
                LOG.error("A request failed", wrong);
                yield OURS;
            }
        };
    }

    /** An extension of RFC 9457's members, for clients that were written for OpenAI's API. */
    @JsonGetter("error")
    public OpenAi openAi() {
        return new OpenAi(detail, status < 500 ? "invalid_request_error" : "server_error", null, null);
    }

    /** The problem of a request that no door took, by its HTTP status. */
    public static Problem of(int status) {
        if (status >= 500) {
            return OURS;
        }
        return BY_STATUS.getOrDefault(
                status, new Problem(status, "Invalid request", "the request could not be understood"));
    }

    /** Whole seconds after which it may be worth asking again, for the header Retry-After; empty where asking again is no use. */
    static Optional<String> retryAfter(Throwable wrong) {
        return switch (wrong) {
            case BusyException e -> Optional.of(seconds(e.retryAfter()));
            case ModelNotReadyException e -> Optional.of(seconds(LOADING));
            default -> Optional.empty();
        };
    }

    private static String seconds(Duration time) {
        return String.valueOf(time.plusMillis(999).toSeconds());
    }

    private static String words(Throwable e) {
        return String.valueOf(e.getMessage());
    }
}
