package ai.sphinxv.functions;

import static java.util.Objects.requireNonNull;

import ai.sphinxv.functions.ModelOpening.Opened;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.bundle.Manifest;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one model of this process. It is opened in the background while the doors already open, so that readiness can say
 * honestly what is missing, replaced where a newer one is put in its folder, and closed at the end, after the last answer.
 */
@Singleton
public class LoadedModel {
    private static final Logger LOG = Logger.getLogger(LoadedModel.class);

    private final ModelOpening opening;
    private final Admission admission;
    private final EmbeddedBundle embedded;
    private final Measured measured;
    private final String address;
    private final CompletableFuture<SphinxV> first = new CompletableFuture<>();
    private final Optional<BundleWatch> watch;
    private volatile @Nullable Served served;

    LoadedModel(
            ModelOpening opening,
            Admission admission,
            EmbeddedBundle embedded,
            Measured measured,
            SphinxConfig config,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.opening = opening;
        this.admission = admission;
        this.embedded = embedded;
        this.measured = measured;
        this.watch = config.bundle()
                .flatMap(bundle -> config.reload().map(every -> new BundleWatch(bundle, every, this::replace)));
        address = "http://%s:%d/".formatted(host.equals("0.0.0.0") ? "localhost" : host, port);
    }

    /** A model with its users, who keep it open. */
    private static final class Served {
        private final SphinxV model;
        private final ReentrantReadWriteLock users = new ReentrantReadWriteLock();

        Served(SphinxV model) {
            this.model = model;
        }

        /** Waits for the last user and lets nobody in any more. */
        void close() {
            users.writeLock().lock(); // for good
            model.close();
        }
    }

    /** One model for one piece of work on one thread: it is the same one, and open, until this is closed. */
    public final class Lease implements AutoCloseable {
        private final @Nullable Served leased;

        private Lease(@Nullable Served leased) {
            this.leased = leased;
        }

        /** @throws ModelNotReadyException if there was none */
        public SphinxV get() {
            if (leased == null) {
                throw new ModelNotReadyException(whyNotReady().orElse("the model is loaded just now"));
            }
            return leased.model;
        }

        /** {@link SphinxV#model}, by which what one model made is told from another's; empty where there is none yet. */
        public String name() {
            return leased == null ? "" : leased.model.model();
        }

        @Override
        public void close() {
            if (leased != null) {
                leased.users.readLock().unlock();
            }
        }
    }

    /** The model for a piece of work, whatever replaces it meanwhile. */
    public Lease lease() {
        for (Served now = served; now != null; now = served) {
            if (now.users.readLock().tryLock()) { // else it was replaced just now
                return new Lease(now);
            }
        }
        return new Lease(null);
    }

    /** The model, ready to be asked; it may be replaced, and closed, at any time: {@link #lease} for work with it. */
    public SphinxV get() {
        Served now = served;
        if (now == null) {
            throw new ModelNotReadyException(whyNotReady().orElse("this server is about to stop"));
        }
        return now.model;
    }

    /** Waits until questions can be answered, or fails as the model's opening did. */
    public void await() {
        first.join();
    }

    /** Empty as soon as questions can be answered. */
    public Optional<String> whyNotReady() {
        return switch (first.state()) {
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
        first.completeExceptionally(new ModelNotReadyException("this server is about to stop"));
        admission.stop();
        opening.end();
        if (watch.isPresent()) {
            watch.get().end();
        }
        Served last = served;
        if (last != null) {
            served = null;
            last.close(); // waits for the last tokens
        }
        embedded.delete();
    }

    private void take(Opened opened) {
        served = new Served(opened.model());
        if (!first.complete(opened.model())) {
            served = null;
            opened.model().close(); // the process ended meanwhile
            return;
        }
        watch.ifPresent(BundleWatch::start);
        measured.started("model", opened.time());
        measured.started("ready", sinceTheStart());
        LOG.infof(
                "Model %s ready after %d ms. Draw at %s",
                opened.model().model(), opened.time().toMillis(), address);
    }

    /** Work that begins from now on is done with that bundle's model; the one before goes when its last answer has ended. */
    private void replace(Path bundle) {
        String name = Manifest.read(bundle).name();
        Served before = requireNonNull(served, "it is replaced only where there is one");
        if (name.equals(before.model.model())) {
            return;
        }
        Opened next;
        try {
            next = opening.open(bundle);
        } catch (RuntimeException | Error e) {
            measured.replaced(false);
            throw e;
        }
        served = new Served(next.model());
        measured.replaced(true);
        LOG.infof(
                "Model %s takes the place of %s, opened in %d ms",
                name, before.model.model(), next.time().toMillis());
        before.close();
    }

    /** Of the process, not of the JVM in it. */
    private static Duration sinceTheStart() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .filter(Duration::isPositive) // else the wall clock was put back meanwhile
                .orElse(Duration.ZERO);
    }

    private void fail(Throwable failure) {
        first.completeExceptionally(failure);
        LOG.errorf(failure, "The model could not be loaded: %s", failure.getMessage());
    }
}
