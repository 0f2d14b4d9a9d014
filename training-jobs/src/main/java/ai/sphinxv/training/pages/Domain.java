package ai.sphinxv.training.pages;

import ai.sphinxv.training.pages.document.Documents;
import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Sheet;
import ai.sphinxv.training.pages.mobile.MobileScreens;
import ai.sphinxv.training.pages.scene.Objects;
import ai.sphinxv.training.pages.scene.Signs;
import ai.sphinxv.training.pages.web.WebPages;
import java.util.Arrays;
import java.util.Locale;

/** Kinds of pictures, in the order in which they are made: panels show pictures of the others. */
enum Domain {
    WEB_SCREENSHOT,
    MOBILE_SCREENSHOT,
    DOCUMENT,
    OCR,
    NATURAL,
    MULTI_PANEL;

    /** As files and their {@code domain} call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Domain of(String word) {
        return Arrays.stream(values())
                .filter(domain -> domain.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no domain " + word));
    }

    /** A page of this kind; panels are made otherwise, see {@link PanelSheet}. */
    Sheet sheet(Kit kit) {
        return switch (this) {
            case WEB_SCREENSHOT -> WebPages.sheet(kit);
            case MOBILE_SCREENSHOT -> MobileScreens.sheet(kit);
            case DOCUMENT -> Documents.sheet(kit);
            case OCR -> Signs.sheet(kit);
            case NATURAL -> Objects.sheet(kit);
            case MULTI_PANEL -> throw new IllegalStateException("panels need pictures to show");
        };
    }
}
