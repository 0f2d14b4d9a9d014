package ai.sphinxv.functions.lambda.event;

import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.event.ChainEvents;
import ai.sphinxv.functions.event.EventJson;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudevents.CloudEvent;
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
    private final EventJson json;

    EventFunction(LoadedModel model, ChainEvents events, EventJson json) {
        this.model = model;
        this.events = events;
        this.json = json;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        byte[] sent = in.readAllBytes();
        CloudEvent event = json.read(sent);
        model.await();
        out.write(json.write(events.reply(event, Tenants.BATCH)));
    }
}
