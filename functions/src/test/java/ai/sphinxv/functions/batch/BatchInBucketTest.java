package ai.sphinxv.functions.batch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.store.ObjectServer;
import ai.sphinxv.functions.store.Place;
import ai.sphinxv.functions.store.Store;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All that batches in a folder do, in a bucket. */
@QuarkusTest
@TestProfile(BatchInBucketTest.InBucket.class)
class BatchInBucketTest extends BatchResourceTest {

    /** A deployment that keeps its files in a bucket. */
    public static final class InBucket implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Server.class));
        }
    }

    /** The bucket's server, and who asks it. */
    public static final class Server implements QuarkusTestResourceLifecycleManager {
        private final ObjectServer server;

        public Server() throws IOException {
            server = new ObjectServer();
        }

        @Override
        public Map<String, String> start() {
            System.setProperty("aws.accessKeyId", "somebody");
            System.setProperty("aws.secretAccessKey", "secret");
            return Map.of(
                    "sphinxv.batch.store",
                    "s3://kept/store",
                    "sphinxv.batch.s3.endpoint",
                    server.address().toString());
        }

        @Override
        public void stop() {
            server.close();
        }
    }

    @Inject
    BatchJob job;

    @Inject
    SphinxConfig config;

    @Test
    void aFolderOfABucketIsAnsweredToo() throws IOException {
        Store night = Store.at(Place.of("s3://kept/night"), FileStore.s3(config.batch()));
        night.write("square.png", out -> out.write(Drawn.png()));
        night.write("some.jsonl", out -> out.write("""
                {"custom_id":"a","image":"square.png","question":"What is <Region 1>?","marks":[{"box":[40,40,100,100]}]}
                {"custom_id":"b","image":"../store/square.png","question":"What?","marks":[{"box":[40,40,100,100]}]}
                """.getBytes(StandardCharsets.UTF_8)));

        job.run(night);

        assertThat(night.files())
                .contains("some.jsonl.done", "some.results.jsonl")
                .doesNotContain("some.jsonl");
        List<String> results = new String(night.read("some.results.jsonl"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(json.readTree(results.getFirst()).path("status").asInt()).isEqualTo(200);
        assertThat(json.readTree(results.get(1)).path("problem").path("detail").asText())
                .isEqualTo("image is no file in the batch's folder, and no data URL");
    }
}
