package ai.sphinxv.functions.access;

import java.util.Locale;

/** What somebody may do. Each role may do what those before it may. */
enum Role {
    /** Whoever reaches this server. */
    ANYONE,
    /** Who has a key or a token: asks, and has files and batches. */
    CALLER,
    /** Reads the metrics too. */
    OPERATOR;

    /** As identities have it. */
    String roleName() {
        return "sphinxv-" + name().toLowerCase(Locale.ROOT);
    }
}
