package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.ModelNotReadyException;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Problem;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.ask.TooLargeException;
import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.ask.UnderstandRequest;
import ai.sphinxv.functions.ask.Understanding;
import ai.sphinxv.functions.batch.BatchLine.Result;
import ai.sphinxv.functions.store.Store;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Answers to the lines of a batch, whose pictures may be files of {@code /v1/files}. */
@Singleton
class BatchAnswers {
    private final SphinxConfig.Limits limits;
    private final FileStore files;
    private final Understanding understanding;
    private final ObjectMapper json;

    BatchAnswers(SphinxConfig config, FileStore files, Understanding understanding, ObjectMapper json) {
        this.limits = config.limits();
        this.files = files;
        this.understanding = understanding;
        this.json = json;
    }

    /**
     * A request that is wrong has its problem as the result.
     *
     * @throws BusyException if there is no turn now
     */
    Result ask(Store home, String batch, int number, BatchLine item) {
        try {
            var request = item.request(json);
            return Result.of(batch, number, item.id(), 200, answer(home, request));
        } catch (BusyException | ModelNotReadyException e) {
            throw e;
        } catch (JsonProcessingException | RuntimeException e) {
            var problem = Problem.of(e);
            return Result.of(batch, number, item.id(), problem.status(), problem);
        }
    }

    private UnderstandReply answer(Store home, UnderstandRequest request) {
        String tenant = Tenants.BATCH + home.name();
        String image = request.image();
        return image != null && FileStore.isId(image)
                ? understanding.answer(request, tenant, picture(home, image), event -> {})
                : understanding.answer(request, tenant, event -> {});
    }

    private byte[] picture(Store home, String id) {
        try {
            if (files.size(home, id) > limits.image().asLongValue()) {
                throw new TooLargeException("the image has more bytes than are read");
            }
            try (var picture = files.content(home, id)) {
                return picture.readAllBytes();
            }
        } catch (IOException e) {
            throw new InvalidRequestException("image is no file that can be read");
        }
    }
}
