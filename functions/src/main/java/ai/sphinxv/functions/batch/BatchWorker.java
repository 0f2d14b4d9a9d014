package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelNotReadyException;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.store.StorageFullException;
import ai.sphinxv.functions.store.Store;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Runs the batches that are not over yet, oldest first: when one is added, and by the clock after a stop. */
@Singleton
class BatchWorker {
    private static final Logger LOG = Logger.getLogger(BatchWorker.class);

    private final FileStore files;
    private final LoadedModel model;
    private final BatchRun batches;
    private final ObjectMapper json;
    private final Duration keep;
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final AtomicBoolean awake = new AtomicBoolean();

    BatchWorker(SphinxConfig config, FileStore files, LoadedModel model, BatchRun batches, ObjectMapper json) {
        this.keep = config.batch().keep();
        this.files = files;
        this.model = model;
        this.batches = batches;
        this.json = json;
    }

    /** Runs them on a thread of its own; who calls does not wait. */
    void wake() {
        wanted.set(true);
        if (awake.compareAndSet(false, true)) {
            Thread.ofPlatform().name("batches").daemon().start(this::work);
        }
    }

    private void work() {
        while (wanted.getAndSet(false)) {
            runAll();
        }
        awake.set(false);
        if (wanted.get()) { // somebody called between the two
            wake();
        }
    }

    /**
     * Runs them on this thread. One that cannot be read or written keeps none behind it waiting.
     *
     * @return whether none is left that this process should have run
     */
    boolean runAll() {
        boolean done = true;
        try {
            model.await();
            for (Store home : files.homes()) {
                List<BatchFolder> all = BatchFolder.all(home, json);
                for (BatchFolder batch : all.reversed()) {
                    done &= run(home, batch);
                }
            }
            return done;
        } catch (BusyException | ModelNotReadyException | CompletionException e) { // the last: there will be no model
            LOG.infof("Batches wait for their next turn: %s", e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "Batches stopped and will go on where they were: %s", e.getMessage());
        }
        return false;
    }

    private boolean run(Store home, BatchFolder batch) {
        try {
            Batch now = batch.saved();
            if (!now.status.isFinal()) {
                batch.folder().alone(() -> batches.run(home, batch));
            } else if (Instant.ofEpochSecond(now.createdAt).plus(keep).isBefore(Instant.now())) {
                batch.delete();
            }
            return true;
        } catch (StorageFullException e) { // it says all, and may say it every second
            LOG.errorf(
                    "%s stopped and will go on where it was: %s", batch.folder().name(), e.getMessage());
            return false;
        } catch (IOException e) {
            LOG.errorf(
                    e,
                    "%s stopped and will go on where it was: %s",
                    batch.folder().name(),
                    e.getMessage());
            return false;
        }
    }
}
