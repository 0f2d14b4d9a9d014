package ai.sphinxv.functions;

import ai.sphinxv.functions.ModelOpening.Opened;
import ai.sphinxv.runtime.SphinxV;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The one model of this process. It is opened in the background while the doors already open, so that readiness can say
 * honestly what is missing, and closed at the end, after the last answer.
 */
@Singleton
public class LoadedModel {
    private static final Logger LOG = Logger.getLogger(LoadedModel.class);

    private final ModelOpening opening;
    private final Admission admission;
    private final EmbeddedBundle embedded;
    private final Measured measured;
    private final String address;
    private final CompletableFuture<SphinxV> model = new CompletableFuture<>();

    LoadedModel(
            ModelOpening opening,
            Admission admission,
            EmbeddedBundle embedded,
            Measured measured,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.opening = opening;
        this.admission = admission;
        this.embedded = embedded;
        this.measured = measured;
        address = "http://%s:%d/".formatted(host.equals("0.0.0.0") ? "localhost" : host, port);
    }

    /** The model, ready to be asked. */
    public SphinxV get() {
        return whyNotReady()
                .<SphinxV>map(reason -> {
                    throw new ModelNotReadyException(reason);
                })
                .orElseGet(model::join);
    }

    /** Waits until questions can be answered, or fails as the model's opening did. */
    public void await() {
        model.join();
    }

    /** Empty as soon as questions can be answered. */
    public Optional<String> whyNotReady() {
        return switch (model.state()) {
            case RUNNING -> Optional.of("the model is still loading");
            case SUCCESS -> Optional.empty();
            case FAILED, CANCELLED -> Optional.of("the model could not be loaded; this server's log says why");
        };
    }

    void start(@Observes StartupEvent event) {
        measured.started("doors", sinceTheStart());
        opening.take().whenComplete((opened, failure) -> {
            if (failure == null) {
                take(opened);
            } else {
                fail(failure);
            }
        });
    }

    /** Returns when none of the model's native code runs any more: the process would crash if it ended before. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        model.completeExceptionally(new ModelNotReadyException("this server is about to stop"));
        admission.stop();
        opening.end();
        if (model.state() == CompletableFuture.State.SUCCESS) {
            model.join().close(); // waits for the last tokens
        }
        embedded.delete();
    }

    private void take(Opened opened) {
        if (!model.complete(opened.model())) {
            opened.model().close(); // the process ended meanwhile
            return;
        }
        measured.started("model", opened.time());
        measured.started("ready", sinceTheStart());
        LOG.infof(
                "Model %s ready after %d ms. Draw at %s",
                opened.model().model(), opened.time().toMillis(), address);
    }

    /** Of the process, not of the JVM in it. */
    private static Duration sinceTheStart() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
    }

    private void fail(Throwable failure) {
        model.completeExceptionally(failure);
        LOG.errorf(failure, "The model could not be loaded: %s", failure.getMessage());
    }
}
