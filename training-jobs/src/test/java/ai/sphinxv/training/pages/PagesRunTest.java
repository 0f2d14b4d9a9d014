package ai.sphinxv.training.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.training.scenes.Split;
import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.Region;
import ai.sphinxv.training.source.RegionFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture of each domain, drawn by the real browser. */
class PagesRunTest {
    private static final Set<String> SCREEN = Set.of(
            "button",
            "link",
            "search bar",
            "text field",
            "checkbox",
            "radio button",
            "switch",
            "slider",
            "dropdown",
            "icon",
            "image",
            "heading",
            "text",
            "table",
            "tab",
            "navigation bar",
            "list item",
            "card",
            "avatar",
            "progress bar",
            "badge",
            "logo",
            "text line",
            "status bar",
            "app bar",
            "bottom navigation",
            "floating action button");
    private static final Set<String> DOCUMENT = Set.of(
            "title", "text", "list", "table", "figure", "formula", "code", "page header", "page footer", "text line");
    private static final Set<String> OCR = Set.of("text line", "sign", "receipt", "poster", "label");
    private static final int EACH = 1;

    @TempDir
    private static Path folder;

    private static @Nullable Chromium chromium;

    @BeforeAll
    static void drawThem() throws IOException {
        assumeTrue(Files.exists(Chromium.PROGRAM), Chromium.PROGRAM + " is not here: apt-get install chromium");
        chromium = Chromium.open();
        run(folder);
    }

    @AfterAll
    static void close() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void everyRegionLiesInItsPictureAndHasALabelOfItsDomain() throws IOException {
        for (Domain domain : Domain.values()) {
            for (LabelledImage image : images(domain)) {
                assertThat(image.read().width()).isEqualTo(image.width());
                assertThat(image.read().height()).isEqualTo(image.height());
                for (Region region : image.regions()) {
                    assertThat(region.box().x1()).isNotNegative();
                    assertThat(region.box().y2()).isLessThanOrEqualTo(image.height());
                    assertThat(labels(domain)).as(domain.word()).containsAnyOf(region.label(), "*");
                }
            }
        }
    }

    @Test
    void pagesHaveManyRegionsAndTheirTextLinesSayWhatIsWritten() throws IOException {
        for (Domain domain : List.of(Domain.WEB_SCREENSHOT, Domain.MOBILE_SCREENSHOT, Domain.DOCUMENT, Domain.OCR)) {
            for (LabelledImage image : images(domain)) {
                assertThat(image.regions()).as(image.file().toString()).hasSizeBetween(3, 90);
                assertThat(image.regions())
                        .filteredOn(region -> region.label().equals(FoundRegion.TEXT_LINE))
                        .isNotEmpty()
                        .allSatisfy(region -> assertThat(region.text()).isNotBlank());
            }
        }
    }

    @Test
    void panelsHaveLettersAndTheirRegionsNameThem() throws IOException {
        LabelledImage figure = images(Domain.MULTI_PANEL).getFirst();
        List<String> letters = figure.regions().stream()
                .filter(region -> region.label().equals("panel"))
                .map(region ->
                        String.valueOf(region.text()).replaceAll("[()]", "").toLowerCase(Locale.ROOT))
                .toList();
        assertThat(letters).hasSizeBetween(2, 6).contains("a");
        assertThat(figure.regions())
                .filteredOn(region ->
                        !region.label().equals("panel") && !region.label().equals(FoundRegion.TEXT_LINE))
                .allSatisfy(region -> assertThat(letters).contains(region.panel()));
    }

    @Test
    void theSameNumberIsTheSamePictureAndASecondRunDrawsOnlyWhatIsMissing(@TempDir Path other) throws IOException {
        Path kept = images(Domain.WEB_SCREENSHOT).getFirst().file();
        run(other);
        for (Domain domain : Domain.values()) {
            LabelledImage image = images(domain).getFirst();
            assertThat(other.resolve(folder.relativize(image.file()))).hasSameBinaryContentAs(image.file());
            assertThat(RegionFile.read(other.resolve(domain.word() + ".json"))
                            .getFirst()
                            .regions())
                    .isEqualTo(image.regions());
        }
        Path copy = other.resolve(folder.relativize(kept));
        Files.writeString(copy, "not drawn again");
        Files.delete(other.resolve(Domain.OCR.word() + ".json"));
        run(other);
        assertThat(copy).hasContent("not drawn again");
        assertThat(other.resolve(Domain.OCR.word() + ".json")).exists();
    }

    private static void run(Path out) throws IOException {
        var options = new PagesOptions(
                out,
                Split.TRAIN,
                EACH,
                List.of(Domain.values()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        PagesRun.run(
                options,
                Objects.requireNonNull(chromium),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    private static List<LabelledImage> images(Domain domain) throws IOException {
        List<LabelledImage> images = new ArrayList<>(RegionFile.read(folder.resolve(domain.word() + ".json")));
        assertThat(images).hasSize(EACH);
        return images;
    }

    /** A star stands for any label. */
    private static List<String> labels(Domain domain) {
        return switch (domain) {
            case WEB_SCREENSHOT, MOBILE_SCREENSHOT -> List.copyOf(SCREEN);
            case DOCUMENT -> List.copyOf(DOCUMENT);
            case OCR -> List.copyOf(OCR);
            case NATURAL, MULTI_PANEL -> Stream.of("*").toList();
        };
    }
}
