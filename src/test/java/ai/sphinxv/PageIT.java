package ai.sphinxv;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** A person in a real browser: draws a box on the sample picture, asks, reads the answer beside the mark. */
@QuarkusIntegrationTest
class PageIT {
    static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** Quiet, and nothing but the page itself is asked from the network. */
    static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    @Test
    void aDrawnBoxIsAnsweredBesideItsMark() throws InterruptedException {
        atWidth(1280, 900, "desktop");
    }

    @Test
    void theSameOnATelephone() throws InterruptedException {
        atWidth(390, 844, "telephone");
    }

    /** A polygon with the mouse, one with keys alone, and a question that needs neither. */
    @Test
    void polygonsAreDrawnByMouseAndByKeysAndThePictureIsAskedAboutAsAWhole() throws InterruptedException {
        onPage(1280, 900, page -> {
            tool(page, "polygon");
            for (double[] corner : new double[][] {{0.08, 0.1}, {0.38, 0.1}, {0.38, 0.6}, {0.08, 0.6}}) {
                clickAt(page, corner[0], corner[1]);
            }
            clickAt(page, 0.23, 0.05); // an edge from there would cross the first one
            assertThat(page.locator("#error")).containsText("would cross");
            clickAt(page, 0.08, 0.6);
            assertThat(page.locator("#marks li[data-mark='1'] .where")).containsText("Polygon of 4 corners");
            assertThat(page.locator("#error")).isHidden();

            Locator overlay = page.locator("#overlay");
            overlay.focus();
            overlay.press("Enter");
            overlay.press("ArrowRight");
            overlay.press("Enter");
            overlay.press("ArrowDown");
            overlay.press("Enter");
            overlay.press("Enter");
            assertThat(page.locator("#marks li[data-mark='2'] .where")).containsText("Polygon of 3 corners");

            Request asked = ask(page, "label");
            Assertions.assertThat(asked.postData())
                    .contains("\"marks\":[{\"polygon\":[[", "]]},{\"polygon\":[[")
                    .doesNotContain("scope");
            assertThat(page.locator("#marks li[data-mark='1'] .text")).hasText(Pattern.compile("\\S+"), soon());
            screenshot(page, "polygons");

            page.locator("#whole").focus();
            page.keyboard().press("Space");
            Request whole = ask(page, "describe");
            Assertions.assertThat(whole.postData())
                    .contains("\"scope\":\"image\"")
                    .doesNotContain("\"marks\"");
            assertThat(page.locator("#answer")).hasText(Pattern.compile("\\S+"), soon());
            assertThat(page.locator("#facts")).hasText(Pattern.compile("tokens in"), soon());
            assertThat(page.locator("#marks li.unnamed")).hasCount(0);
            screenshot(page, "whole-picture");
        });
    }

    private static Request ask(Page page, String preset) {
        page.locator("[data-preset=%s]".formatted(preset)).click();
        return page.waitForRequest(
                request -> request.url().endsWith("v1/understand"),
                () -> page.locator("#ask").click());
    }

    private static LocatorAssertions.HasTextOptions soon() {
        return new LocatorAssertions.HasTextOptions().setTimeout(60_000);
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(System.getProperty("screenshots", "target/screenshots"), name + ".png"))
                .setFullPage(true));
    }

    private static void atWidth(int width, int height, String name) throws InterruptedException {
        onPage(width, height, page -> {
            drawBox(page);
            page.locator("[data-preset=label]").click();
            page.locator("#ask").click();

            Locator answer = page.locator("#marks li[data-mark='1'] .text");
            assertThat(answer).hasText(Pattern.compile("\\S+"), soon());
            assertThat(page.locator("#answer")).containsText(Pattern.compile("Region 1"));
            screenshot(page, name);

            // the picture need not be sent again
            assertThat(page.locator("#facts")).hasText(Pattern.compile("\\S+"));
            Request again = page.waitForRequest(
                    request -> request.url().endsWith("v1/understand"),
                    () -> page.locator("#ask").click());
            Assertions.assertThat(again.postData())
                    .startsWith("{\"image\":\"sha256:")
                    .hasSizeLessThan(1000);
            assertThat(answer).hasText(Pattern.compile("\\S+"));
        });
    }

    private static void onPage(int width, int height, Consumer<Page> work) throws InterruptedException {
        assumeTrue(Files.exists(CHROMIUM), CHROMIUM + " is not here: apt-get install chromium");
        URI application = URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/");
        Ready.await(application);
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(CHROMIUM)
                                .setArgs(FLAGS))) {
            Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(width, height));
            page.navigate(application.toString());
            work.accept(page);
        }
    }

    private static void tool(Page page, String tool) {
        page.locator("input[name=tool][value=%s]".formatted(tool)).check(new Locator.CheckOptions().setForce(true));
    }

    /** At that part of the picture's width and height. */
    private static void clickAt(Page page, double x, double y) {
        Locator overlay = page.locator("#overlay");
        overlay.scrollIntoViewIfNeeded();
        BoundingBox area = overlay.boundingBox();
        page.mouse().click(area.x + x * area.width, area.y + y * area.height);
    }

    /** From 8 % to 38 % of the picture's width, where the sample has its first shape. */
    static void drawBox(Page page) {
        tool(page, "box");
        Locator overlay = page.locator("#overlay");
        overlay.scrollIntoViewIfNeeded();
        BoundingBox area = overlay.boundingBox();
        page.mouse().move(area.x + 0.08 * area.width, area.y + 0.1 * area.height);
        page.mouse().down();
        page.mouse().move(area.x + 0.2 * area.width, area.y + 0.3 * area.height);
        page.mouse().move(area.x + 0.38 * area.width, area.y + 0.6 * area.height);
        page.mouse().up();
    }
}
