package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.Measured;
import ai.sphinxv.functions.ModelNotReadyException;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Problem;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.ask.Understanding;
import ai.sphinxv.functions.batch.BatchItem.Result;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;

/** Items as in a batch folder, one by one, for a queue's door: their pictures are data URLs. */
@Singleton
public class ItemAnswers {
    private final Understanding understanding;
    private final Measured measured;
    private final ObjectMapper json;

    ItemAnswers(Understanding understanding, Measured measured, ObjectMapper json) {
        this.understanding = understanding;
        this.measured = measured;
        this.json = json;
    }

    /**
     * The result's line; of an item that is wrong it says what is.
     *
     * @throws BusyException if there is no turn for it; it is to be delivered again
     */
    public String answer(String item) {
        Result result = result(item);
        measured.batchItem(result.status());
        try {
            return json.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result is always JSON", e);
        }
    }

    private Result result(String line) {
        BatchItem item;
        try {
            item = BatchItem.read(line, json);
        } catch (InvalidRequestException e) {
            return Result.of("", Problem.of(e));
        }
        try {
            var request = item.request(json);
            return Result.of(item.id(), understanding.answer(request, Tenants.BATCH, event -> {}));
        } catch (BusyException | ModelNotReadyException e) {
            throw e;
        } catch (JsonProcessingException | RuntimeException e) {
            return Result.of(item.id(), Problem.of(e));
        }
    }
}
