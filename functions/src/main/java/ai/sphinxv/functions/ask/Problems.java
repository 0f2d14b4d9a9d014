package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.Measured;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever a resource throws into a problem response. */
class Problems {
    private final Measured measured;

    Problems(Measured measured) {
        this.measured = measured;
    }

    @ServerExceptionMapper
    RestResponse<Problem> busy(BusyException e) {
        measured.rejected(e.reason());
        return response(e).build();
    }

    /** Named because the framework has one of its own for it, whose words are not ours. */
    @ServerExceptionMapper
    RestResponse<Problem> json(MismatchedInputException e) {
        return response(e).build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> http(WebApplicationException e) {
        var response = response(e);
        String allowed = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return (e.getResponse().getStatus() == Problem.NOT_ALLOWED
                        ? response.header(HttpHeaders.ALLOW, allowed == null ? Problem.ALLOWED : allowed)
                        : response)
                .build();
    }

    @ServerExceptionMapper
    RestResponse<Problem> other(Throwable e) {
        return response(e).build();
    }

    private static ResponseBuilder<Problem> response(Throwable wrong) {
        var problem = Problem.of(wrong);
        var response = ResponseBuilder.<Problem>create(problem.status())
                .entity(problem)
                .type(Problem.MEDIA_TYPE);
        Problem.retryAfter(wrong).ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return response;
    }
}
