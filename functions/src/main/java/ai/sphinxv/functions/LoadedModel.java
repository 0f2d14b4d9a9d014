package ai.sphinxv.functions;

import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.SphinxV;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The one model of this process. It is opened in the background while the doors already open, so that readiness can say
 * honestly what is missing, and closed at the end, after the last answer. Here, and only here, settings become the
 * runtime's own records.
 */
@Singleton
public class LoadedModel {
    private static final Logger LOG = Logger.getLogger(LoadedModel.class);

    private final SphinxConfig config;
    private final Admission admission;
    private final EmbeddedBundle embedded;
    private final Measured measured;
    private final String address;
    private final CompletableFuture<SphinxV> model = new CompletableFuture<>();
    private final Thread opening =
            Thread.ofPlatform().name("open-model").daemon().unstarted(this::open);

    LoadedModel(
            SphinxConfig config,
            Admission admission,
            EmbeddedBundle embedded,
            Measured measured,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.config = config;
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

    /** Empty as soon as questions can be answered. */
    public Optional<String> whyNotReady() {
        return switch (model.state()) {
            case RUNNING -> Optional.of("the model is still loading");
            case SUCCESS -> Optional.empty();
            case FAILED, CANCELLED -> Optional.of("the model could not be loaded; this server's log says why");
        };
    }

    void start(@Observes StartupEvent event) {
        opening.start();
    }

    /** Returns when none of the model's native code runs any more: the process would crash if it ended before. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        model.completeExceptionally(new ModelNotReadyException("this server is about to stop"));
        admission.stop();
        opening.join();
        if (model.state() == CompletableFuture.State.SUCCESS) {
            model.join().close(); // waits for the last tokens
        }
        embedded.delete();
    }

    private void open() {
        long start = System.nanoTime();
        try {
            Path bundle = config.bundle().orElseGet(embedded::unpack);
            SphinxV opened = SphinxV.open(bundle, new RuntimeOptions(config.providers(), config.threads()));
            if (!model.complete(opened)) {
                opened.close(); // the process ended meanwhile
                return;
            }
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            measured.loaded(time);
            LOG.infof("Model %s ready after %d ms. Draw at %s", opened.model(), time.toMillis(), address);
        } catch (RuntimeException e) {
            model.completeExceptionally(e);
            LOG.errorf(e, "The model could not be loaded: %s", e.getMessage());
        }
    }
}
