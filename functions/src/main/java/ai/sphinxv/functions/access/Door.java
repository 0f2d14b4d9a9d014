package ai.sphinxv.functions.access;

import java.util.Arrays;
import java.util.List;

/**
 * Every path of this server, by what is behind it. A path that is in none is {@link #ELSEWHERE}, so whatever is added is closed
 * until it is listed here.
 */
enum Door {
    PAGE(
            Role.ANYONE,
            "/index.html",
            "/ask.js",
            "/marks.js",
            "/shapes.js",
            "/sphinxv.js",
            "/sphinxv.css",
            "/sample.png"),
    HEALTH(Role.ANYONE, "/q/health"),
    /** Of the API; the last is there in tests and in development only. */
    DESCRIPTION(
            Role.ANYONE,
            "/q/openapi",
            "/q/openapi.json",
            "/q/openapi.yaml",
            "/q/openapi.yml",
            "/q/swagger-ui",
            "/q/health-ui"),
    METRICS(Role.OPERATOR, "/q/metrics"),
    QUESTIONS(Role.CALLER, "/v1/understand", "/events", "/understand", "/encode-image", "/encode-prompts", "/generate"),
    FILES(Role.CALLER, "/v1/files"),
    BATCHES(Role.CALLER, "/v1/batches"),
    ELSEWHERE(Role.CALLER);

    private final Role role;
    private final List<String> paths;

    Door(Role role, String... paths) {
        this.role = role;
        this.paths = List.of(paths);
    }

    /** Who may come in here. */
    Role role() {
        return role;
    }

    /** Whether anything behind it reads what is sent. */
    boolean takesBodies() {
        return switch (this) {
            case PAGE, HEALTH, DESCRIPTION, METRICS -> false;
            case QUESTIONS, FILES, BATCHES, ELSEWHERE -> true;
        };
    }

    /** Whether it is one of the paths above, to the letter. */
    static boolean lists(String path) {
        return Arrays.stream(values()).anyMatch(door -> door.paths.contains(path));
    }

    /** @param path normalized: nothing in it leads upwards */
    static Door at(String path) {
        if (path.equals("/")) {
            return PAGE;
        }
        return Arrays.stream(values())
                .filter(door ->
                        door.paths.stream().anyMatch(known -> path.equals(known) || path.startsWith(known + "/")))
                .findFirst()
                .orElse(ELSEWHERE);
    }
}
