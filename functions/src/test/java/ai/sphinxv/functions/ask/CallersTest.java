package ai.sphinxv.functions.ask;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Admission;
import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import ai.sphinxv.functions.Observed;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that leave, or do not wait long, on real connections. */
@QuarkusTest
@Timeout(60)
class CallersTest {
    private static final String BOX = Drawn.request("{\"box\":[40,40,100,100]}");

    @Inject
    Admission admission;

    @Inject
    LoadedModel model;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch held = new CountDownLatch(1);

    @BeforeEach
    void modelIsReady() throws InterruptedException {
        ModelAtHand.await(model);
    }

    @AfterEach
    void letGo() {
        held.countDown();
        threads.close();
    }

    @Test
    void aClientThatLeavesTheLineGivesItsPlaceBack() throws Exception {
        holdAllTurns();
        for (String accept : new String[] {"application/json", "text/event-stream"}) {
            double before = cancelled("waiting");
            try (Socket client = ask(accept, "X-Nothing: 1")) {
                Observed.await(() -> admission.waiting() == 1);
                assertThat(client.isConnected()).isTrue();
            }
            Observed.await(() -> admission.waiting() == 0);
            Observed.await(() -> cancelled("waiting") == before + 1);
        }
    }

    @Test
    void aClientThatDoesNotWaitThatLongIsToldSo() throws Exception {
        holdAllTurns();
        for (String patience : new String[] {"Prefer: respond-async, wait=1", "X-Envoy-Expected-Rq-Timeout-Ms: 300"}) {
            try (Socket client = ask("application/json", patience)) {
                String reply = new String(client.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);

                assertThat(reply).startsWith("HTTP/1.1 504");
            }
            Observed.await(() -> admission.waiting() == 0);
        }
    }

    @Test
    void whenAllIsFullTheNextIsSentAwayBeforeItsBodyIsRead() throws Exception {
        holdAllTurns();
        for (int i = 0; i < 16; i++) {
            threads.execute(() -> admission.run("", () -> "later"));
        }
        Observed.await(admission::isFull);
        try (Socket client = new Socket("localhost", RestAssured.port)) {
            client.getOutputStream()
                    .write(("POST /v1/understand HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 1000000\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            var head = new ArrayList<String>();
            var reply = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = reply.readLine(); !line.isEmpty(); line = reply.readLine()) {
                head.add(line);
            }

            assertThat(head.getFirst()).startsWith("HTTP/1.1 503");
            assertThat(head).anyMatch(line -> line.matches("(?i)retry-after: [1-9]\\d?"));
        }
    }

    private void holdAllTurns() throws InterruptedException {
        var begun = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            threads.execute(() -> admission.run("", () -> {
                begun.countDown();
                try {
                    held.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return "held";
            }));
        }
        begun.await();
    }

    private Socket ask(String accept, String header) throws IOException {
        var client = new Socket("localhost", RestAssured.port);
        byte[] body = BOX.getBytes(StandardCharsets.UTF_8);
        client.getOutputStream()
                .write(("POST /v1/understand HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: "
                                + accept + "\r\n" + header + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().write(body);
        client.getOutputStream().flush();
        return client;
    }

    private static double cancelled(String phase) {
        return Observed.metric("sphinxv_cancelled_total{phase=\"%s\"}".formatted(phase));
    }
}
