package ai.sphinxv.functions.batch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import ai.sphinxv.functions.store.FolderStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class BatchJobTest {
    private static final String LINE =
            "{\"custom_id\":\"%s\",\"image\":\"%s\",\"question\":\"What is <Region 1>?\",\"marks\":[{\"box\":[40,40,100,100]}]}\n";

    @Inject
    BatchJob job;

    @Inject
    LoadedModel model;

    @Inject
    ObjectMapper json;

    @TempDir
    Path folder;

    @BeforeEach
    void modelIsReady() throws InterruptedException {
        ModelAtHand.await(model);
    }

    @Test
    void filesAreAnsweredAndWhatIsWrongHasItsProblem() throws IOException {
        Files.write(folder.resolve("square.png"), Drawn.png());
        Files.writeString(
                folder.resolve("some.jsonl"),
                LINE.formatted("file", "square.png")
                        + LINE.formatted("url", "data:image/png;base64," + Drawn.base64())
                        + LINE.formatted("outside", "../../../etc/passwd")
                        + LINE.formatted("missing", "circle.png"));

        job.run(new FolderStore(folder));

        assertThat(folder.resolve("some.jsonl.done")).exists();
        var results = Files.readAllLines(folder.resolve("some.results.jsonl"));
        assertThat(results).hasSize(4);
        JsonNode file = json.readTree(results.get(0));
        JsonNode url = json.readTree(results.get(1));
        assertThat(file.path("status").asInt()).isEqualTo(200);
        assertThat(url.path("reply").path("answer"))
                .isEqualTo(file.path("reply").path("answer"));
        assertThat(json.readTree(results.get(2)).path("status").asInt()).isEqualTo(400);
        assertThat(json.readTree(results.get(3)).path("problem").path("detail").asText())
                .isEqualTo("image is no file in the batch's folder, and no data URL");
    }
}
