package ai.sphinxv.training.teacher;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Which model is asked and how far a run may go. Every limit is finite. A system property or an environment variable of the
 * same name goes before what a job says: the key is best given as {@code CHAT_KEY}.
 */
@ConfigMapping(prefix = "chat")
public interface ChatConfig {

    /** Where the interface begins, for instance {@code http://localhost:8000/v1}; {@code /chat/completions} follows it. */
    URI url();

    /** As the server calls it. */
    String model();

    /** Sent as bearer token; never logged, never in the cache. */
    Optional<String> key();

    /** How long one attempt may take, from the connection to the last byte. */
    @WithDefault("PT2M")
    Duration timeout();

    /** How often a question is sent at most. */
    @WithDefault("5")
    int attempts();

    /** Before the second attempt; it doubles with each, a fifth up or down. */
    @WithDefault("PT1S")
    Duration firstDelay();

    /** Between two attempts at most; a server that asks for more (Retry-After) ends the question. */
    @WithDefault("PT1M")
    Duration longestDelay();

    /** Questions on their way at a time. */
    @WithDefault("4")
    int concurrency();

    /** Tokens that a run may cost, prompts and answers together; answers from the cache cost none. */
    @WithDefault("1000000")
    long tokenBudget();

    /** Tokens of one answer. */
    @WithDefault("2048")
    int maxTokens();

    /** 0 is the likeliest answer. */
    @WithDefault("0")
    double temperature();

    /** Folder of all answers so far. */
    Path cache();

    /**
     * Reads the settings of keys such as {@code chat.url}; a misspelt or missing one is an error with its name.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    static ChatConfig of(Map<String, String> settings) {
        ChatConfig config = new SmallRyeConfigBuilder()
                .addDefaultSources()
                .withSources(new PropertiesConfigSource(settings, "chat", 50))
                .withMapping(ChatConfig.class)
                .build()
                .getConfigMapping(ChatConfig.class);
        config.check();
        return config;
    }

    /** @throws IllegalArgumentException if a setting is out of range */
    default void check() {
        require(
                url().getHost() != null
                        && (url().getScheme().equals("http")
                                || url().getScheme().equals("https")),
                "chat.url must be http://... or https://..., got %s",
                url());
        require(!model().isBlank(), "chat.model must name a model, got '%s'", model());
        require(timeout().isPositive(), "chat.timeout must be above 0, got %s", timeout());
        require(attempts() >= 1 && attempts() <= 20, "chat.attempts must be 1 to 20, got %s", attempts());
        require(firstDelay().isPositive(), "chat.first-delay must be above 0, got %s", firstDelay());
        require(
                longestDelay().compareTo(firstDelay()) > 0,
                "chat.longest-delay must be above chat.first-delay, got %s",
                longestDelay());
        require(concurrency() >= 1 && concurrency() <= 256, "chat.concurrency must be 1 to 256, got %s", concurrency());
        require(tokenBudget() >= 0, "chat.token-budget must not be negative, got %s", tokenBudget());
        require(maxTokens() >= 1, "chat.max-tokens must be above 0, got %s", maxTokens());
        require(temperature() >= 0 && temperature() <= 2, "chat.temperature must be 0 to 2, got %s", temperature());
    }

    private static void require(boolean isTrue, String message, Object got) {
        if (!isTrue) {
            throw new IllegalArgumentException(message.formatted(got));
        }
    }
}
