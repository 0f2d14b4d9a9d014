package ai.sphinxv.functions;

import java.util.regex.Pattern;

/** What no answer of this server may tell. */
public final class Inside {
    /** What only a program would say: a class, a file, a line, an address in memory, a shared memory's name. */
    public static final Pattern WORDS = Pattern.compile(
            "(?i)exception|ai\\.sphinxv|fasterxml|io\\.(quarkus|vertx)|java\\.|\\.java|\\bat line|0x[0-9a-f]{6}|@[0-9a-f]{5}|/(tmp|home|root|proc|dev)/|shm");

    private Inside() {}
}
