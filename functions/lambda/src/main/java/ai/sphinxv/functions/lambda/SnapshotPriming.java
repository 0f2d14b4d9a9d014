package ai.sphinxv.functions.lambda;

import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ask.Rehearsed;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jboss.logging.Logger;

/**
 * SnapStart: before the snapshot is taken the model is loaded and asked once about each kind of mark, so that a restored
 * process answers its first request as fast as its hundredth.
 */
@Singleton
class SnapshotPriming implements Resource {
    private static final Logger LOG = Logger.getLogger(SnapshotPriming.class);

    private final LoadedModel model;
    private final Rehearsed rehearsed;

    SnapshotPriming(LoadedModel model, Rehearsed rehearsed) {
        this.model = model;
        this.rehearsed = rehearsed;
    }

    void register(@Observes StartupEvent event) {
        Core.getGlobalContext().register(this); // which holds it weakly: this bean lives as long as the application
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        model.await();
        LOG.infof("Asked %d questions before the snapshot", rehearsed.ask());
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // nothing to renew: no socket is open and no clock is kept
    }
}
