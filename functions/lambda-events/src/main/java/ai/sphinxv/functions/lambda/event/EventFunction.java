package ai.sphinxv.functions.lambda.event;

import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.event.ChainEvents;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A structured CloudEvent in, the event of the next step out. Lambda hands the reply to the function's destination; a
 * refusal fails the invocation with its words, which Lambda hands to the other destination after its retries.
 */
@Named("event")
class EventFunction implements RequestStreamHandler {
    private final LoadedModel model;
    private final ChainEvents events;
    private final JsonFormat format = new JsonFormat();

    EventFunction(LoadedModel model, ChainEvents events) {
        this.model = model;
        this.events = events;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        byte[] sent = in.readAllBytes();
        CloudEvent event = ChainEvents.read(() -> format.deserialize(sent));
        model.await();
        out.write(format.serialize(events.reply(event, Tenants.BATCH)));
    }
}
