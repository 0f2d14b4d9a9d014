package ai.sphinxv.training.teacher;

import java.util.concurrent.atomic.AtomicLong;

/** What a run may cost. Tokens are taken before a question goes out, and what it did not need comes back. */
final class TokenBudget {
    private final long limit;
    private final AtomicLong spent = new AtomicLong();

    TokenBudget(long limit) {
        this.limit = limit;
    }

    /** @throws ChatException if there are not that many left; then nothing was taken */
    void take(long tokens) {
        long before = spent.get();
        while (before + tokens <= limit) {
            if (spent.compareAndSet(before, before + tokens)) {
                return;
            }
            before = spent.get();
        }
        throw new ChatException(
                ChatException.Reason.OVER_BUDGET,
                ("the question may cost %d tokens, %d of chat.token-budget=%d are spent: raise it and run again, what was"
                                + " answered comes from the cache")
                        .formatted(tokens, before, limit));
    }

    void giveBack(long tokens) {
        spent.addAndGet(-tokens);
    }

    long spent() {
        return spent.get();
    }
}
