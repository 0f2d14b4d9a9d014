package ai.sphinxv.functions.ask;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.AnswerEvent;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams that nobody reads, on real connections: an answer here has no end and fills any socket. */
@QuarkusTest
@TestProfile(SlowReaderTest.WithEndless.class)
@Timeout(120)
class SlowReaderTest {
    private static final String TEXT = "x".repeat(4096);

    /** What all buffers of one connection between server and client hold at the very most. */
    private static final int SOCKETS = 16 << 20;

    /** Only here is there such a door. */
    public static class WithEndless implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(ENDLESS, "true");
        }
    }

    private static final String ENDLESS = "test.endless";

    /** Tells for ever. */
    @Singleton
    static class Endless {
        private final AtomicInteger told = new AtomicInteger();
        private volatile CompletableFuture<Throwable> ended = new CompletableFuture<>();
    }

    /** The stream of an answer that does not end. */
    @Path("/test/endless")
    @IfBuildProperty(name = ENDLESS, stringValue = "true")
    public static class EndlessResource {
        private final Endless endless;
        private final Callers callers;

        EndlessResource(Endless endless, Callers callers) {
            this.endless = endless;
            this.callers = callers;
        }

        @GET
        @Blocking
        @Produces(MediaType.SERVER_SENT_EVENTS)
        public Multi<OutboundSseEvent> stream(@Context Sse sse) {
            return new AnswerStream(sse, Duration.ofSeconds(1), callers.cancellation()).of(events -> {
                try {
                    while (true) {
                        events.accept(new AnswerEvent.Token(TEXT));
                        endless.told.incrementAndGet();
                    }
                } catch (RuntimeException e) {
                    endless.ended.complete(e);
                    throw e;
                }
            });
        }
    }

    @Inject
    Endless endless;

    @BeforeEach
    void nothingIsTold() {
        endless.told.set(0);
        endless.ended = new CompletableFuture<>();
    }

    @Test
    void whoDoesNotReadEndsItsAnswerAndIsToldSoOnceItReads() throws Exception {
        try (Socket client = open()) {
            assertThat(endless.ended.get()).isInstanceOf(SlowReaderException.class);

            assertThat(endless.told.get()).isLessThan(AnswerStream.ROOM + SOCKETS / TEXT.length());
            String last = "";
            try (var lines =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null && !line.equals("0"); line = lines.readLine()) {
                    last = line.startsWith("data:") ? line : last;
                }
            }
            assertThat(last).contains("\"status\":408", "nothing of the answer was read for 1000 ms: it ends here");
        }
    }

    @Test
    void whoReadsSlowlyButReadsIsWaitedFor() throws Exception {
        try (Socket client = open()) {
            byte[] block = new byte[1 << 16];
            int before = AnswerStream.ROOM + SOCKETS / TEXT.length();
            while (endless.told.get() < before) {
                assertThat(client.getInputStream().read(block)).isPositive();
            }
            assertThat(endless.ended).isNotDone();
        }
        assertThat(endless.ended.get()).isInstanceOf(GoneException.class);
    }

    @Test
    void whoLeavesEndsItsAnswer() throws Exception {
        Socket client = open();
        assertThat(client.getInputStream().read()).isPositive();

        client.close();

        assertThat(endless.ended.get()).isInstanceOf(GoneException.class);
    }

    private Socket open() throws IOException {
        var client = new Socket("localhost", RestAssured.port);
        client.getOutputStream()
                .write("GET /test/endless HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
        return client;
    }
}
