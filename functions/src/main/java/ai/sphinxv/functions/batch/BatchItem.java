package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Problem;
import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.store.ResultLog;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One line of a batch: a request with a name of the caller's.
 *
 * @param id custom_id, by which a batch resumes
 * @param request the rest of the line
 */
record BatchItem(String id, ObjectNode request) {

    /** One line of the results: a reply or a problem. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            @JsonProperty(ResultLog.ID) String id,
            int status,
            @Nullable UnderstandReply reply,
            @Nullable Problem problem) {

        static Result of(String id, UnderstandReply reply) {
            return new Result(id, 200, reply, null);
        }

        static Result of(String id, Problem problem) {
            return new Result(id, problem.status(), null, problem);
        }
    }

    /** @throws InvalidRequestException if the line is no JSON object with a custom_id */
    static BatchItem read(String line, ObjectMapper json) {
        ObjectNode item = BatchLine.object(line, json);
        String id = item.remove(ResultLog.ID).textValue();
        return new BatchItem(id, item);
    }
}
