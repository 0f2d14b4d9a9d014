package ai.sphinxv.training.teacher;

import static ai.sphinxv.training.teacher.ChatException.Reason.BROKEN_OFF;
import static ai.sphinxv.training.teacher.ChatException.Reason.BUSY;
import static ai.sphinxv.training.teacher.ChatException.Reason.DAMAGED;
import static ai.sphinxv.training.teacher.ChatException.Reason.REFUSED;
import static ai.sphinxv.training.teacher.ChatException.Reason.REJECTED;
import static ai.sphinxv.training.teacher.ChatException.Reason.STOPPED;
import static ai.sphinxv.training.teacher.ChatException.Reason.TIMED_OUT;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A model behind an OpenAI-compatible chat endpoint. May be asked from any number of threads; so many questions at a time
 * go out as the settings allow, and each waits for its own answer. What was once answered comes from the disk.
 */
public final class ChatEndpoint implements AutoCloseable {

    /** A reply that is longer ends the attempt, bytes. */
    static final long MOST_BYTES = 16 << 20;

    /** Delays are up to this much shorter or longer, so that many who were told to wait do not come back at once. */
    private static final double JITTER = 0.2;

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final ChatConfig config;
    private final URI url;
    private final HttpClient client;
    private final AnswerCache cache;
    private final TokenBudget budget;
    private final Semaphore permits;
    private final RetryPolicy<ChatAnswer> retries;

    private ChatEndpoint(ChatConfig config) {
        this.config = config;
        this.url = URI.create(config.url().toString().replaceAll("/+$", "") + "/chat/completions");
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER) // a key goes nowhere but where it was meant to
                .connectTimeout(config.timeout().compareTo(CONNECT) < 0 ? config.timeout() : CONNECT)
                .build();
        this.cache = new AnswerCache(config.cache());
        this.budget = new TokenBudget(config.tokenBudget());
        this.permits = new Semaphore(config.concurrency(), true);
        this.retries = RetryPolicy.<ChatAnswer>builder()
                .handleIf(failure -> failure instanceof ChatException chat && mayTryAgain(chat))
                .withMaxAttempts(config.attempts())
                .withBackoff(config.firstDelay(), config.longestDelay())
                .withJitter(JITTER)
                .withDelayFnOn(tried -> asked(tried.getLastException()), ChatException.class)
                .build();
    }

    /** @throws IllegalArgumentException if a setting is out of range */
    public static ChatEndpoint open(ChatConfig config) {
        config.check();
        return new ChatEndpoint(config);
    }

    /**
     * The answer, from the cache or from the server; waits for its turn and between attempts.
     *
     * @throws ChatException if there is none; a refusal is kept as an answer is, anything else is asked again in the next run
     */
    public ChatAnswer ask(ChatQuestion question) {
        byte[] request = ChatJson.request(config, question);
        String key = AnswerCache.key(url, request);
        Optional<ChatAnswer> kept = kept(key);
        if (kept.isPresent()) {
            return kept.get();
        }
        try {
            permits.acquire();
            try {
                return Failsafe.with(retries)
                        .get(tried -> attempt(question, request, key, tried.getAttemptCount() + 1));
            } finally {
                permits.release();
            }
        } catch (InterruptedException e) {
            throw stopped(e);
        } catch (FailsafeException e) {
            throw stopped(e); // nothing but an interrupt is checked
        }
    }

    /** Tokens that this run has cost, and those of questions on their way. */
    public long spent() {
        return budget.spent();
    }

    /** Ends what is on its way. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    private Optional<ChatAnswer> kept(String key) {
        Optional<byte[]> reply = cache.find(key);
        if (reply.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ChatJson.answer(reply.get(), true));
        } catch (ChatException e) {
            if (e.reason() == REFUSED) {
                throw e;
            }
            return Optional.empty(); // the file is damaged: ask again
        }
    }

    private ChatAnswer attempt(ChatQuestion question, byte[] request, String key, int number)
            throws InterruptedException {
        String where = "%s, attempt %d of %d: ".formatted(url, number, config.attempts());
        long taken = question.tokensAtMost() + config.maxTokens();
        budget.take(taken);
        long cost = taken; // whoever does not reply may yet have worked
        try {
            HttpResponse<byte[]> response = send(request, where);
            if (response.statusCode() != 200) {
                cost = 0;
                throw failure(response, where);
            }
            ChatAnswer answer = read(response.body(), key, where);
            cost = answer.tokens() < 0 ? taken : answer.tokens();
            return answer;
        } catch (ChatException e) {
            if (e.isNobodyThere()) {
                cost = 0;
            }
            throw e;
        } finally {
            budget.giveBack(taken - cost);
        }
    }

    private ChatAnswer read(byte[] reply, String key, String where) {
        try {
            ChatAnswer answer = ChatJson.answer(reply, false);
            cache.keep(key, reply);
            return answer;
        } catch (ChatException e) {
            if (e.reason() == REFUSED) {
                cache.keep(key, reply);
            }
            throw new ChatException(e.reason(), where + e.getMessage(), e);
        }
    }

    private HttpResponse<byte[]> send(byte[] request, String where) throws InterruptedException {
        var builder = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(request));
        config.key().ifPresent(key -> builder.header("Authorization", "Bearer " + key));
        var coming = client.sendAsync(builder.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return coming.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new ChatException(
                    TIMED_OUT, "%sno whole reply within chat.timeout=%s".formatted(where, config.timeout()), e);
        } catch (InterruptedException e) {
            coming.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (!(cause instanceof IOException)) {
                throw new IllegalStateException(where + cause, cause);
            }
            throw new ChatException(
                    BROKEN_OFF, "%sthe connection failed or broke: %s".formatted(where, words(cause)), cause);
        }
    }

    /** The client's own exceptions often have no message. */
    private static String words(Throwable failure) {
        if (failure.getMessage() != null) {
            return failure.getMessage();
        }
        return failure instanceof ConnectException
                ? failure.getCause() instanceof UnresolvedAddressException
                        ? "nobody knows this host's name"
                        : "no server listens there"
                : failure.toString();
    }

    private ChatException failure(HttpResponse<byte[]> response, String where) {
        int status = response.statusCode();
        String message = "%s%d: %s".formatted(where, status, ChatJson.problem(response.body()));
        if (status >= 300 && status < 400) {
            return new ChatException(
                    REJECTED,
                    "%sit is elsewhere: set chat.url to %s"
                            .formatted(
                                    where,
                                    response.headers().firstValue("Location").orElse("the new place")));
        }
        boolean isPoor = ChatJson.code(response.body()).equals("insufficient_quota");
        if (isPoor || status < 500 && status != 408 && status != 429) {
            return new ChatException(status < 300 ? DAMAGED : REJECTED, message);
        }
        Duration wait = response.headers()
                .firstValue("Retry-After")
                .flatMap(value -> RetryAfter.parse(value, Instant.now()))
                .orElse(null);
        if (wait != null && wait.compareTo(config.longestDelay()) > 0) {
            message += "; it asks to wait %s, chat.longest-delay=%s: run again later"
                    .formatted(wait, config.longestDelay());
        }
        return new ChatException(BUSY, message, null, wait);
    }

    private boolean mayTryAgain(ChatException failure) {
        Duration wait = failure.askedToWait();
        return failure.mayPass() && (wait == null || wait.compareTo(config.longestDelay()) <= 0);
    }

    /** What the server asks for, so that jitter makes it longer only; -1 ns leaves it to the back-off. */
    private static Duration asked(Throwable failure) {
        Duration wait = failure instanceof ChatException chat ? chat.askedToWait() : null;
        return wait == null ? Duration.ofNanos(-1) : Duration.ofNanos((long) (wait.toNanos() / (1 - JITTER)));
    }

    private static ChatException stopped(Exception cause) {
        Thread.currentThread().interrupt();
        return new ChatException(STOPPED, "the run was stopped while a question waited", cause);
    }
}
