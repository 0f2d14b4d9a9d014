package ai.sphinxv.training.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.training.pages.kit.Html;
import ai.sphinxv.training.pages.kit.Sheet;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the browser says of pages that are small enough to know. */
class ChromiumTest {
    private static final Offset<Double> PIXEL = Offset.offset(1.0);

    private static @Nullable Chromium chromium;

    @BeforeAll
    static void open() throws IOException {
        assumeTrue(Files.exists(Chromium.PROGRAM), Chromium.PROGRAM + " is not here: apt-get install chromium");
        chromium = Chromium.open();
    }

    @AfterAll
    static void close() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void aButtonHasItsBoxInPixelsOfThePictureItsTextItsStateAndItsColor() throws IOException {
        FoundRegion button = region(
                2,
                "<div data-label=button data-color=bg data-state=disabled style='position:absolute;left:10px;top:20px;width:80px;height:30px;background:#d3302f'>Send</div>",
                "button");
        assertThat(button.x()).isCloseTo(20, PIXEL);
        assertThat(button.y()).isCloseTo(40, PIXEL);
        assertThat(button.width()).isCloseTo(160, PIXEL);
        assertThat(button.height()).isCloseTo(60, PIXEL);
        assertThat(button.text()).isEqualTo("Send");
        assertThat(button.attributes()).containsEntry("state", "disabled").containsEntry("color", "red");
    }

    @Test
    void aLineSaysItsLettersAsTheyAreDrawn() throws IOException {
        FoundRegion line =
                region(1, "<p style='text-transform:uppercase'>push <b>the</b>  well-worn\n button</p>", "text line");
        assertThat(line.text()).isEqualTo("PUSH THE WELL-WORN BUTTON");
    }

    @Test
    void aWrappedParagraphIsOneRegionOfSeveralLines() throws IOException {
        List<FoundRegion> found =
                regions(1, "<p data-label=text style='width:90px'>one two three four five six seven eight</p>");
        assertThat(found).filteredOn(FoundRegion::isTextLine).hasSizeGreaterThan(2);
        assertThat(found).filteredOn(region -> region.label().equals("text")).hasSize(1);
        assertThat(String.join(
                        " ",
                        found.stream()
                                .filter(FoundRegion::isTextLine)
                                .map(FoundRegion::text)
                                .toList()))
                .isEqualTo("one two three four five six seven eight");
    }

    @Test
    void whatIsCoveredCutOffOrHiddenIsNoRegion() throws IOException {
        String page = """
                <div data-label=card style='position:absolute;left:0;top:0;width:100px;height:50px'>covered</div>
                <div style='position:absolute;left:0;top:0;width:120px;height:80px;background:#fff'></div>
                <div style='position:absolute;left:150px;top:0;width:30px;overflow:hidden;white-space:nowrap'>cut off by its box</div>
                <div style='position:absolute;left:380px;top:100px;white-space:nowrap'>outside of the picture</div>
                <div style='position:absolute;left:0;top:150px;visibility:hidden' data-label=badge>hidden</div>
                """;
        assertThat(regions(1, page)).isEmpty();
    }

    private static FoundRegion region(double scale, String body, String label) throws IOException {
        return regions(scale, body).stream()
                .filter(region -> region.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static List<FoundRegion> regions(double scale, String body) throws IOException {
        String page = Html.page("html,body{margin:0;overflow:hidden;height:100%}", "", body);
        return java.util.Objects.requireNonNull(chromium)
                .render(new Sheet(page, 400, 200, scale, 90, 10))
                .regions();
    }
}
