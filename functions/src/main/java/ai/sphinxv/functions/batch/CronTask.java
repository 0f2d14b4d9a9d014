package ai.sphinxv.functions.batch;

import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A task that runs when a cron expression says. Quarkus' scheduler waits until the clock is past the last run: where a clock
 * went ahead by a day and is set right, that is a day. So the task is scheduled anew when the clock has gone back.
 */
final class CronTask implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CronTask.class);

    private final Scheduler scheduler;
    private final String name;
    private final String cron;
    private final Runnable task;
    private final ScheduledExecutorService watch;
    private Instant latest = Instant.now();

    private CronTask(Scheduler scheduler, String name, String cron, Runnable task) {
        this.scheduler = scheduler;
        this.name = name;
        this.cron = cron;
        this.task = task;
        this.watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name + "-clock").daemon().factory());
    }

    /** @throws IllegalArgumentException if that is no cron expression */
    static CronTask start(Scheduler scheduler, String name, String cron, Runnable task) {
        var scheduled = new CronTask(scheduler, name, cron, task);
        scheduled.schedule();
        var _ = scheduled.watch.scheduleWithFixedDelay(scheduled::look, 1, 1, TimeUnit.SECONDS);
        return scheduled;
    }

    private void schedule() {
        scheduler
                .newJob(name)
                .setCron(cron)
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> task.run())
                .schedule();
    }

    private void look() {
        Instant now = Instant.now();
        try {
            if (now.isBefore(latest)) {
                LOG.warnf("The clock went back from %s to %s; %s goes on by the new time", latest, now, name);
                scheduler.unscheduleJob(name);
                schedule();
            }
            latest = now;
        } catch (RuntimeException e) { // nobody would look again
            LOG.errorf(e, "%s is not scheduled and will be in a second: %s", name, e.getMessage());
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
