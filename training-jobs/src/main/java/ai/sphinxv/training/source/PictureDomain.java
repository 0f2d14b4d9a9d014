package ai.sphinxv.training.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The six kinds of pictures of MDVP-Data (paper 3.2), as {@link LabelledImage#domain} calls them. */
public enum PictureDomain {
    NATURAL,
    DOCUMENT,
    OCR,
    WEB_SCREENSHOT,
    MOBILE_SCREENSHOT,
    MULTI_PANEL;

    /** As files call it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is no such domain */
    @JsonCreator
    public static PictureDomain of(String word) {
        return Arrays.stream(values())
                .filter(domain -> domain.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no domain '%s': it is one of %s"
                        .formatted(
                                word,
                                Arrays.stream(values()).map(PictureDomain::word).collect(Collectors.joining(", ")))));
    }
}
