package ai.sphinxv.functions.event;

import ai.sphinxv.functions.ask.InvalidRequestException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What an event asks for, by its type, and what the reply's type is: that of the next step. */
enum ChainEvent {
    ENCODE_IMAGE("ai.sphinxv.encode-image", "ai.sphinxv.encode-prompts"),
    ENCODE_PROMPTS("ai.sphinxv.encode-prompts", "ai.sphinxv.generate"),
    GENERATE("ai.sphinxv.generate", "ai.sphinxv.answered"),
    UNDERSTAND("ai.sphinxv.understand", "ai.sphinxv.answered");

    private final String type;
    private final String next;

    ChainEvent(String type, String next) {
        this.type = type;
        this.next = next;
    }

    String next() {
        return next;
    }

    /** @throws InvalidRequestException if there is none of this type */
    static ChainEvent of(String type) {
        return Arrays.stream(values())
                .filter(event -> event.type.equals(type))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException("no event of this type is taken; there are "
                        + Arrays.stream(values()).map(event -> event.type).collect(Collectors.joining(", "))));
    }
}
