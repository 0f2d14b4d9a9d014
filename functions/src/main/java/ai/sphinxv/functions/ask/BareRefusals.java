package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.Admission;
import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.Measured;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.funqy.runtime.ApplicationException;
import io.vertx.core.MultiMap;
import io.vertx.core.VertxException;
import io.vertx.core.file.FileSystemException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;
import org.jspecify.annotations.Nullable;

/** Gives a {@link Problem} to what is refused outside the resource: a bad path, too large a body, a failed function. */
@Singleton
class BareRefusals {
    /** Behind Quarkus' reading of bodies, before the resource. */
    private static final int BODY_IS_READ = -1;

    private static final String UNREADABLE = "application/x-unreadable";

    /** What needs a turn, whatever is in its body. */
    private static final List<String> WORK =
            List.of("/v1/understand", "/understand", "/encode-image", "/encode-prompts", "/generate");

    private final ObjectMapper json;
    private final Measured measured;
    private final Admission admission;

    BareRefusals(ObjectMapper json, Measured measured, Admission admission) {
        this.json = json;
        this.measured = measured;
        this.admission = admission;
    }

    void install(@Observes Router router) {
        WORK.forEach(path -> router.post(path).order(Integer.MIN_VALUE).handler(this::refuseWhenFull));
        router.route().order(Integer.MIN_VALUE).handler(BareRefusals::replaceUnreadableTypes);
        router.post("/v1/*").order(BODY_IS_READ).handler(this::refuseEmpty);
        router.post("/events").order(BODY_IS_READ).handler(this::refuseEmpty);
        router.route().order(Integer.MIN_VALUE).failureHandler(this::refuse);
        for (int status : new int[] {400, 401, 403, 404, 405, 413}) {
            router.errorHandler(status, this::refuse);
        }
    }

    /** Before a body is read, let alone a picture in it decoded: who is sent away should cost nothing and hear it at once. */
    private void refuseWhenFull(RoutingContext context) {
        if (admission.isFull()) {
            context.fail(admission.full());
        } else {
            context.next();
        }
    }

    /** Quarkus REST 3.33 calls it its own failure if a type cannot be read; so such a type becomes one that nothing takes. */
    private static void replaceUnreadableTypes(RoutingContext context) {
        MultiMap headers = context.request().headers();
        for (CharSequence name : List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT)) {
            if (!headers.getAll(name).stream().allMatch(BareRefusals::isReadable)) {
                headers.set(name, UNREADABLE);
            }
        }
        context.next();
    }

    private static boolean isReadable(String header) {
        try {
            MediaTypeHelper.parseHeader(header);
            return true;
        } catch (IllegalArgumentException | WebApplicationException e) {
            return false;
        }
    }

    /**
     * Funqy has bodies read for all paths. One that is empty leaves nothing behind, and Quarkus REST 3.33 would hold a
     * thread for the whole read timeout to wait for it.
     */
    private void refuseEmpty(RoutingContext context) {
        boolean form = !context.request().formAttributes().isEmpty()
                || !context.fileUploads().isEmpty();
        boolean empty = !context.normalizedPath().endsWith("/cancel") // which takes no body
                && context.body().length() <= 0
                && !(form && context.normalizedPath().startsWith("/v1/"));
        if (empty && context.request().isEnded()) {
            write(
                    context,
                    Problem.of(new InvalidRequestException(
                            form ? "an event is no form: send it as JSON" : "the body is empty")));
        } else {
            context.next();
        }
    }

    private void refuse(RoutingContext context) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        Throwable failure = context.failure();
        if (failure instanceof HttpClosedException) {
            return; // nobody is there to be told
        }
        if (failure instanceof ApplicationException function && function.getCause() != null) {
            failure = function.getCause();
        }
        if (LeftUploads.isForm(context) && isOfTheReader(failure)) {
            failure = new InvalidRequestException(
                    "the form could not be read: it has at most 256 parts, each with a name");
        }
        if (failure instanceof BusyException busy) {
            measured.rejected(busy.reason());
        }
        if (failure != null) {
            Problem.retryAfter(failure)
                    .ifPresent(seconds -> context.response().putHeader(HttpHeaders.RETRY_AFTER, seconds));
        }
        int status = context.statusCode();
        write(context, failure == null || (status > 0 && status < 500) ? Problem.of(status) : Problem.of(failure));
    }

    /** A form that cannot be read ends the writing of its files, and of both failures either may come first. */
    private static boolean isOfTheReader(@Nullable Throwable failure) {
        return failure instanceof NoStackTraceThrowable
                || (failure instanceof VertxException && !(failure instanceof FileSystemException));
    }

    private void write(RoutingContext context, Problem problem) {
        try {
            var response = context.response().setStatusCode(problem.status());
            if (problem.status() == Problem.UNAUTHORIZED) {
                response.putHeader("WWW-Authenticate", "Bearer");
            }
            if (problem.status() == Problem.NOT_ALLOWED) {
                response.putHeader(HttpHeaders.ALLOW, Problem.ALLOWED);
            }
            response.putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE).end(json.writeValueAsString(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
