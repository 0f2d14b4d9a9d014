package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.training.teacher.ChatConfig;
import ai.sphinxv.training.teacher.ChatEndpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An OpenAI-compatible server that sees pictures. Its answers lie on the disk by what was asked, so that asking again costs
 * nothing and needs no network.
 *
 * @param url where the interface begins, for instance {@code http://localhost:8000/v1}
 * @param cache folder of its answers
 * @param patience with one answer
 * @param tokenBudget of a run, for each temperature and length of answers
 */
record ChatServer(
        URI url,
        String model,
        Path cache,
        int parallel,
        Duration patience,
        long tokenBudget,
        Map<Knobs, ChatEndpoint> endpoints)
        implements AutoCloseable {

    /** What a benchmark sets itself. */
    record Knobs(double temperature, int maxTokens) {}

    ChatServer(URI url, String model, Path cache, int parallel, Duration patience, long tokenBudget) {
        this(url, model, cache, parallel, patience, tokenBudget, new ConcurrentHashMap<>());
    }

    ChatEndpoint with(double temperature, int maxTokens) {
        return endpoints.computeIfAbsent(new Knobs(temperature, maxTokens), this::open);
    }

    private ChatEndpoint open(Knobs knobs) {
        return ChatEndpoint.open(ChatConfig.of(Map.of(
                "chat.url", url.toString(),
                "chat.model", model,
                "chat.cache", cache.toString(),
                "chat.concurrency", String.valueOf(parallel),
                "chat.timeout", patience.toString(),
                "chat.token-budget", String.valueOf(tokenBudget),
                "chat.temperature", String.valueOf(knobs.temperature),
                "chat.max-tokens", String.valueOf(knobs.maxTokens))));
    }

    @Override
    public void close() {
        endpoints.values().forEach(ChatEndpoint::close);
    }
}
