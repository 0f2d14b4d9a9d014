package ai.sphinxv.functions.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ItemQueueTest {
    /** A light picture of 8x8 pixels. */
    private static final String PICTURE =
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGN49ugOVsQwtCQACyapAb3h"
                    + "VOsAAAAASUVORK5CYII=";

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector queue;

    @Inject
    ObjectMapper json;

    @BeforeEach
    void clear() {
        queue.sink("results").clear();
    }

    @Test
    void eachItemHasItsResultInTheirOrder() throws Exception {
        send(
                "{\"custom_id\":\"a\",\"image\":\"%s\",\"question\":\"What is <Region 1>?\",\"marks\":[{\"box\":[1,1,6,6]}],\"maxTokens\":4}"
                        .formatted(PICTURE),
                "{\"custom_id\":\"b\",\"image\":5}",
                "{oops");

        List<JsonNode> results = results(3);

        assertThat(results)
                .extracting(result -> result.path("custom_id").asText())
                .startsWith("a", "b");
        assertThat(results.getFirst().path("status").asInt())
                .as(results.getFirst().toString())
                .isEqualTo(200);
        assertThat(results.get(1).path("problem").path("detail").asText()).isEqualTo("image needs to be text");
        assertThat(results.get(2).path("problem").path("detail").asText()).startsWith("the line is not JSON");
    }

    @Test
    void anItemLeavesTheQueueOnlyWhenItsResultIsTaken() throws Exception {
        var taken = new CompletableFuture<String>();
        queue.<Message<String>>source("items").send(Message.of("{\"custom_id\":\"c\",\"image\":5}", () -> {
            taken.complete("acknowledged");
            return CompletableFuture.completedFuture(null);
        }));

        assertThat(results(1)).hasSize(1);
        assertThat(taken.get(60, TimeUnit.SECONDS)).isEqualTo("acknowledged");
    }

    private void send(String... items) {
        for (String item : items) {
            queue.<String>source("items").send(item);
        }
    }

    private List<JsonNode> results(int count) throws IOException, InterruptedException {
        var sink = queue.<String>sink("results");
        Instant until = Instant.now().plus(Duration.ofMinutes(2));
        while (sink.received().size() < count) {
            assertThat(Instant.now()).isBefore(until);
            Thread.sleep(20);
        }
        List<JsonNode> results = new ArrayList<>();
        for (Message<String> message : sink.received()) {
            results.add(json.readTree(message.getPayload()));
        }
        return results;
    }
}
