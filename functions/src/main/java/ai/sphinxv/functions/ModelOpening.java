package ai.sphinxv.functions;

import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.graph.Malloc;
import io.quarkus.runtime.ImageMode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Opens the model on a thread of its own. It begins as soon as there are beans, long before there are doors: a cold
 * start then takes as long as the longer of the two. In a native image beans are made when it is built, so it waits there
 * for the start.
 */
@Singleton
public class ModelOpening {
    /** A model and how long it took to open. */
    record Opened(SphinxV model, Duration time) {}

    private final SphinxConfig config;
    private final EmbeddedBundle embedded;
    private final CompletableFuture<Opened> opened = new CompletableFuture<>();
    private boolean taken;
    private final Thread thread =
            Thread.ofPlatform().name("open-model").daemon().unstarted(this::open);

    ModelOpening(SphinxConfig config, EmbeddedBundle embedded) {
        this.config = config;
        this.embedded = embedded;
    }

    void early(@Observes @Initialized(ApplicationScoped.class) Object beans) {
        if (ImageMode.current() == ImageMode.JVM) {
            begin();
            Runtime.getRuntime().addShutdownHook(new Thread(this::abandon, "abandon-model"));
        }
    }

    /** The model, for an application that has started and will close it. */
    synchronized CompletableFuture<Opened> take() {
        taken = true;
        begin();
        return opened;
    }

    private synchronized void begin() {
        if (thread.getState() == Thread.State.NEW) {
            Malloc.keepBlocks(); // until it is open; other C libraries have no such choice
            thread.start();
        }
    }

    /** A start that failed has no shutdown event, and the process would crash if it ended amid native code. */
    private void abandon() {
        synchronized (this) {
            if (taken) {
                return;
            }
        }
        try {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        embedded.delete();
    }

    /** Waits until it is open or has failed. */
    public void end() throws InterruptedException {
        thread.join();
    }

    /** Opens that bundle on this thread. */
    Opened open(Path bundle) {
        long start = System.nanoTime();
        var options = new RuntimeOptions(config.providers(), config.threads())
                .in(config.mode())
                .keeping(config.engines().orElse(null));
        var model = SphinxV.open(bundle, options);
        return new Opened(model, Duration.ofNanos(System.nanoTime() - start));
    }

    private void open() {
        try {
            opened.complete(open(config.bundle().orElseGet(embedded::unpack)));
        } catch (RuntimeException | Error e) { // an error too: where native code cannot load, nobody may wait for it
            opened.completeExceptionally(e);
        } finally {
            Malloc.returnLargeBlocks();
        }
    }
}
