package ai.sphinxv.functions.queue;

import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.batch.ItemAnswers;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/**
 * Answers items as they come. An item is taken off the queue when its result is safe on the other one; what was killed in
 * between is delivered again, and its result has the same custom_id.
 */
@ApplicationScoped
class ItemQueue {
    private final LoadedModel model;
    private final ItemAnswers answers;

    ItemQueue(LoadedModel model, ItemAnswers answers) {
        this.model = model;
        this.answers = answers;
    }

    /** @return a line as in a batch folder's results */
    @Incoming("items")
    @Outgoing("results")
    @Blocking
    String answer(String item) {
        model.await();
        return answers.answer(item);
    }
}
