package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Problem;
import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.ask.UnderstandRequest;
import ai.sphinxv.functions.store.ResultLog;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * One line of a batch: a request with a name of the caller's.
 *
 * @param id custom_id, by which a batch resumes
 * @param line all of it; the request is what else there is
 */
record BatchItem(String id, String line) {
    private static final TokenFilter BUT_FOR_ITS_ID = new TokenFilter() {
        @Override
        public @Nullable TokenFilter includeProperty(String name) {
            return name.equals(ResultLog.ID) ? null : INCLUDE_ALL;
        }
    };

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
        return new BatchItem(BatchLine.ownFields(line, json).path(ResultLog.ID).textValue(), line);
    }

    /** @throws JsonProcessingException if something is wrong with it */
    UnderstandRequest request(ObjectMapper json) throws JsonProcessingException {
        try (var parser = new FilteringParserDelegate(
                json.createParser(line), BUT_FOR_ITS_ID, TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH, true)) {
            return json.readValue(parser, UnderstandRequest.class);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("a text is read without a failure", e);
        }
    }
}
