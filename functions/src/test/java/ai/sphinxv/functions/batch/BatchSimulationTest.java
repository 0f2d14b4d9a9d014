package ai.sphinxv.functions.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.ask.Problem;
import ai.sphinxv.functions.batch.Batch.Status;
import ai.sphinxv.functions.store.FolderStore;
import ai.sphinxv.functions.store.SimulatedDisk;
import ai.sphinxv.functions.store.SimulatedDisk.Killed;
import ai.sphinxv.functions.store.Store;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Batches on a disk that fails, in processes that are killed, with a clock that jumps and another process that comes along:
 * all of it drawn from a seed, so that what goes wrong goes wrong again. {@code -Dsimulation.from=SEED -Dsimulation.seeds=1}
 * repeats one.
 */
class BatchSimulationTest {
    private static final int MOST_LIVES = 6;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SphinxConfig CONFIG = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(SphinxConfig.class)
            .build()
            .getConfigMapping(SphinxConfig.class);

    @Test
    void whateverFailsEachBatchEndsOnceAndEachItemHasItsOneResult() {
        seeds().forEach(seed -> {
            try {
                new World(seed).batches();
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed, e);
            }
        });
    }

    @Test
    void whateverFailsEachFileOfTheFolderIsAnsweredOnce() {
        seeds().forEach(seed -> {
            try {
                new World(seed).folder();
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed, e);
            }
        });
    }

    private static IntStream seeds() {
        int from = Integer.getInteger("simulation.from", 0);
        return IntStream.range(from, from + Integer.getInteger("simulation.seeds", 2_000));
    }

    /** A process that may be killed. */
    private interface Life {
        void live() throws IOException;
    }

    /** One seed's disk, clock, questions and faults. */
    private static final class World {
        private final Random chance;
        private final SimulatedDisk disk;
        private final Store folder;
        private final FileStore files;
        private final BatchRun runs;
        private final int items;
        private final boolean twice;
        private final List<String> accepted = new ArrayList<>();

        /** Whose results were safe before something else was asked. */
        private final Set<String> safe = new HashSet<>();

        private String asked = "";
        private boolean cancelled;

        World(int seed) {
            chance = new Random(seed * 0x9E3779B97F4A7C15L);
            disk = new SimulatedDisk(chance);
            folder = new FolderStore(disk.path("/store"));
            files = new FileStore(CONFIG, Optional.of(folder), JSON);
            runs = new BatchRun(
                    CONFIG,
                    files,
                    (home, batch, number, item) ->
                            BatchLine.Result.of(batch, number, item.id(), ask(batch + " " + item.id()), "done"),
                    disk::now,
                    JSON);
            items = 1 + chance.nextInt(6);
            twice = chance.nextInt(10) == 0;
        }

        /** The status, by the item: a third of them are wrong. */
        private int ask(String id) {
            if (!asked.isEmpty()) {
                safe.add(asked);
                asked = "";
            }
            if (disk.isFaulty() && chance.nextInt(40) == 0) {
                throw new BusyException(BusyException.Reason.QUEUE_FULL, "no turn");
            }
            assertThat(safe).doesNotContain(id);
            asked = id;
            return status(id.substring(id.indexOf(' ') + 1));
        }

        private static int status(String item) {
            return Integer.parseInt(item) % 3 == 2 ? 400 : 200;
        }

        void batches() throws IOException {
            Store home = files.home("somebody");
            until(MOST_LIVES, () -> accept(home));
            accept(home); // if none was
            until(chance.nextInt(MOST_LIVES), () -> {
                if (chance.nextInt(8) == 0) {
                    cancel(home);
                }
                runAll(home);
            });
            for (int pass = 0; pass < 2; pass++) {
                runAll(home);
            }
            List<BatchFolder> all = BatchFolder.all(home, JSON);
            assertThat(all.stream().map(batch -> batch.folder().name())).containsAll(accepted);
            for (BatchFolder batch : all) {
                check(home, batch.read());
            }
        }

        private void accept(Store home) throws IOException {
            if (!accepted.isEmpty()) {
                return;
            }
            var batch = new Batch();
            batch.id = "batch_" + "%032x".formatted(chance.nextLong());
            batch.become(Status.VALIDATING, disk.now());
            batch.expiresAt = batch.createdAt + Duration.ofHours(24).toSeconds();
            byte[] lines = questions("{\"custom_id\":\"%d\",\"body\":{}}\n");
            BatchFolder.create(home, batch, out -> out.write(lines), JSON);
            accepted.add(batch.id);
        }

        private byte[] questions(String line) {
            var lines = new StringBuilder();
            for (int i = 0; i < items + (twice ? 1 : 0); i++) {
                lines.append(line.formatted(i % items));
            }
            return lines.toString().getBytes(UTF_8);
        }

        private void cancel(Store home) throws IOException {
            cancelled = true; // it may be, whatever comes back
            BatchFolder.require(home, accepted.getFirst(), JSON).askToEnd();
        }

        /** As {@link BatchWorker}, without a model. */
        private void runAll(Store home) throws IOException {
            asked = "";
            for (BatchFolder batch : BatchFolder.all(home, JSON)) {
                if (!batch.saved().status.isFinal()) {
                    try {
                        batch.folder().alone(() -> runs.run(home, batch));
                    } catch (BusyException e) {
                        asked = "";
                        return;
                    }
                }
            }
        }

        private void check(Store home, Batch batch) throws IOException {
            if (batch.status == Status.FAILED) {
                assertThat(twice || !accepted.contains(batch.id)).isTrue();
                assertThat(batch.outputFileId).isNull();
                return;
            }
            assertThat(twice).isFalse();
            assertThat(batch.status.isFinal()).as("%s", batch.status).isTrue();
            List<String> output = ids(home, batch.outputFileId, 200);
            List<String> errors = ids(home, batch.errorFileId, 400);
            var all = new ArrayList<>(output);
            all.addAll(errors);
            assertThat(all).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(items);
            assertThat(batch.requestCounts).isEqualTo(new Batch.Counts(items, output.size(), errors.size()));
            safe.stream()
                    .filter(id -> id.startsWith(batch.id))
                    .forEach(id -> assertThat(all).contains(id.substring(id.indexOf(' ') + 1)));
            switch (batch.status) {
                case COMPLETED -> assertThat(all).hasSize(items);
                case CANCELLED -> assertThat(cancelled).isTrue();
                case EXPIRED -> assertThat(disk.now().getEpochSecond()).isGreaterThan(batch.expiresAt);
                default -> throw new AssertionError("it goes on as " + batch.status);
            }
        }

        private List<String> ids(Store home, @Nullable String file, int status) throws IOException {
            List<String> ids = new ArrayList<>();
            if (file == null) {
                return ids;
            }
            assertThat(files.require(home, file).bytes()).isEqualTo(files.size(home, file));
            for (String line : new String(files.content(home, file).readAllBytes(), UTF_8).split("\n")) {
                var result = JSON.readTree(line);
                assertThat(result.at("/response/status_code").asInt()).isEqualTo(status);
                ids.add(result.path("custom_id").asText());
                assertThat(status(ids.getLast())).isEqualTo(status);
            }
            return ids;
        }

        void folder() throws IOException {
            byte[] lines = questions("{\"custom_id\":\"%d\"}\n");
            folder.write("some.jsonl", out -> out.write(lines));
            until(MOST_LIVES, this::answerFolder);
            answerFolder();
            answerFolder();

            assertThat(folder.files()).contains("some.jsonl.done").doesNotContain("some.jsonl");
            List<String> ids = new ArrayList<>();
            for (String line : new String(folder.read("some.results.jsonl"), UTF_8).split("\n")) {
                var result = JSON.readTree(line);
                ids.add(result.path("custom_id").asText());
                assertThat(result.path("status").asInt()).isEqualTo(status(ids.getLast()));
            }
            assertThat(ids)
                    .containsExactlyElementsOf(IntStream.range(0, items)
                            .mapToObj(Integer::toString)
                            .toList());
        }

        private void answerFolder() throws IOException {
            asked = "";
            if (!folder.has("some.jsonl")) {
                return;
            }
            try {
                folder.alone(() -> new BatchFile(folder, "some.jsonl", JSON)
                        .run(item -> BatchItem.Result.of(
                                item.id(), new Problem(ask("folder " + item.id()), "done", "done"))));
            } catch (BusyException e) {
                asked = "";
            }
        }

        /** So many lives, each of which fails and is killed some day; then all is well. */
        private void until(int lives, Life life) {
            for (int i = 0; i < lives; i++) {
                disk.fail(1 + chance.nextInt(chance.nextBoolean() ? 40 : 400), () -> alongside(life));
                try {
                    life.live();
                    disk.restart(chance.nextBoolean());
                } catch (Killed e) {
                    disk.restart(chance.nextBoolean());
                } catch (IOException e) {
                    disk.heal(); // the same process goes on
                }
                asked = "";
            }
        }

        /** Another process in the midst of the first: what it does not get to do it leaves. */
        private void alongside(Life life) {
            String first = asked;
            try {
                life.live();
            } catch (IOException e) {
                // it comes again
            }
            asked = first;
        }
    }
}
