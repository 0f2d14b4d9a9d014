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

    private static void atWidth(int width, int height, String name) throws InterruptedException {
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
            drawBox(page);
            page.locator("[data-preset=label]").click();
            page.locator("#ask").click();

            Locator answer = page.locator("#marks li[data-mark='1'] .text");
            assertThat(answer)
                    .hasText(Pattern.compile("\\S+"), new LocatorAssertions.HasTextOptions().setTimeout(60_000));
            assertThat(page.locator("#answer")).containsText(Pattern.compile("Region 1"));
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(System.getProperty("screenshots", "target/screenshots"), name + ".png"))
                    .setFullPage(true));

            // the picture need not be sent again
            assertThat(page.locator("#facts")).hasText(Pattern.compile("\\S+"));
            Request again = page.waitForRequest(
                    request -> request.url().endsWith("v1/understand"),
                    () -> page.locator("#ask").click());
            Assertions.assertThat(again.postData())
                    .startsWith("{\"image\":\"sha256:")
                    .hasSizeLessThan(1000);
            assertThat(answer).hasText(Pattern.compile("\\S+"));
        }
    }

    /** From 8 % to 38 % of the picture's width, where the sample has its first shape. */
    static void drawBox(Page page) {
        page.locator("input[name=tool][value=box]").check(new Locator.CheckOptions().setForce(true));
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
