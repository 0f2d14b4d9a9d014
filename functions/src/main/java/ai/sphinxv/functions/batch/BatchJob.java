package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.Measured;
import ai.sphinxv.functions.ModelNotReadyException;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.Problem;
import ai.sphinxv.functions.ask.Tenants;
import ai.sphinxv.functions.ask.TooLargeException;
import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.ask.UnderstandRequest;
import ai.sphinxv.functions.ask.Understanding;
import ai.sphinxv.functions.batch.BatchItem.Result;
import ai.sphinxv.functions.store.Store;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the batch folder by the clock and answers the files of questions that it finds there, one after the other.
 * A picture of a batch is a data URL, a URL that may be fetched, or the path of a file in that folder.
 */
@Singleton
public class BatchJob {
    private static final Logger LOG = Logger.getLogger(BatchJob.class);

    private final SphinxConfig config;
    private final Scheduler scheduler;
    private final LoadedModel model;
    private final Understanding understanding;
    private final BatchWorker worker;
    private final Measured measured;
    private final ObjectMapper json;
    private final Optional<Store> folder;
    private @Nullable CronTask cron;

    BatchJob(
            SphinxConfig config,
            Scheduler scheduler,
            LoadedModel model,
            Understanding understanding,
            BatchWorker worker,
            Measured measured,
            ObjectMapper json) {
        this.config = config;
        this.scheduler = scheduler;
        this.model = model;
        this.understanding = understanding;
        this.worker = worker;
        this.measured = measured;
        this.json = json;
        this.folder = config.batch().folder().map(place -> Store.at(place, FileStore.s3(config.batch())));
    }

    void schedule(@Observes StartupEvent event) {
        var batch = config.batch();
        if (batch.once()) {
            Thread.ofPlatform().name("batch-once").daemon().start(this::runOnce);
        } else if (folder.isPresent() || batch.store().isPresent()) {
            batch.store().ifPresent(store -> worker.wake()); // goes on where the last process stopped
            cron = CronTask.start(scheduler, "batch", batch.cron(), () -> {
                batch.store().ifPresent(store -> worker.wake());
                folder.ifPresent(this::run);
            });
        }
    }

    @PreDestroy
    void close() {
        if (cron != null) {
            cron.close();
        }
    }

    private void runOnce() {
        try {
            model.await();
            boolean done = worker.runAll();
            done &= folder.isEmpty() || run(folder.get());
            Quarkus.asyncExit(done ? 0 : 1); // whoever started it is to start it again
        } catch (RuntimeException e) {
            LOG.errorf("The batches could not be run: %s", e.getMessage());
            Quarkus.asyncExit(1);
        }
    }

    /**
     * Answers what is there now; while there is no model, or another process is at it, nothing.
     *
     * @return whether nothing is left that this process should have answered
     */
    boolean run(Store folder) {
        if (model.whyNotReady().isPresent()) {
            return false;
        }
        var done = new AtomicBoolean(true);
        try {
            if (!folder.alone(() -> done.set(answerAll(folder)))) {
                LOG.debug("Another process is at the batch folder");
            }
            return done.get();
        } catch (BusyException | ModelNotReadyException e) {
            LOG.infof("The batch waits for its next turn: %s", e.getMessage());
        } catch (IOException e) {
            LOG.errorf("The batch stopped and will go on where it was: %s", e);
        }
        return false;
    }

    /** A file that cannot be read keeps none behind it waiting. */
    private boolean answerAll(Store folder) throws IOException {
        boolean done = true;
        for (String questions :
                folder.files().stream().filter(BatchFile::isQuestions).toList()) {
            try {
                int answered = new BatchFile(folder, questions, json).run(item -> {
                    Result result = ask(item, folder);
                    measured.batchItem(result.status());
                    return result;
                });
                LOG.infof("%s is done, %d answered in this run", questions, answered);
            } catch (IOException e) {
                LOG.errorf("%s stopped and will go on where it was: %s", questions, e);
                done = false;
            }
        }
        return done;
    }

    /** A request that is wrong has its problem as the result; having no turn, or no model, ends the run. */
    private Result ask(BatchItem item, Store folder) {
        try {
            return Result.of(item.id(), answer(item.request(json), folder));
        } catch (BusyException | ModelNotReadyException e) {
            throw e;
        } catch (JsonProcessingException | RuntimeException e) {
            return Result.of(item.id(), Problem.of(e));
        }
    }

    private UnderstandReply answer(UnderstandRequest request, Store folder) {
        String image = request.image();
        return image == null || image.startsWith("data:") || image.contains("://")
                ? understanding.answer(request, Tenants.BATCH, event -> {})
                : understanding.answer(request, Tenants.BATCH, fileIn(folder, image), event -> {});
    }

    private byte[] fileIn(Store folder, String name) {
        try {
            if (folder.size(name) > config.limits().image().asLongValue()) {
                throw new TooLargeException("the image has more bytes than are read");
            }
            return folder.read(name);
        } catch (IOException e) {
            throw new InvalidRequestException("image is no file in the batch's folder, and no data URL");
        }
    }
}
