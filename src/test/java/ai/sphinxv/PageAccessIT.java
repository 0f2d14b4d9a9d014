package ai.sphinxv;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.ScriptedModel;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a server that asks for a key, and whose model says what would be a program if it were not text. */
class PageAccessIT {
    private static final String KEY = "correct-horse-battery-staple";
    private static final String PICTURE = "<img src=x onerror=\"document.title='owned'\">";
    private static final String SCRIPT = "<script>document.title='owned'</script>";
    private static final String LINK = "[a](javascript:alert(1)) \u202E\u001B[31m";

    @TempDir
    Path folder;

    @Test
    void aKeyIsTypedOnceAndWhatTheModelSaysIsText() throws Exception {
        assumeTrue(Files.exists(PageIT.CHROMIUM), PageIT.CHROMIUM + " is not here: apt-get install chromium");
        Path bundle = ScriptedModel.write(
                Files.createDirectory(folder.resolve("bundle")),
                "What?",
                " <Region 1>: %s\n<Region 2>: %s\n<Region 3>: %s\n###".formatted(PICTURE, SCRIPT, LINK));
        int port = Packaged.freePort();
        var process = Packaged.start(
                folder.resolve("log"),
                "-Dsphinxv.bundle=" + bundle,
                "-Dsphinxv.access.keys.person=" + digest(KEY),
                "-Dquarkus.http.port=" + port);
        try {
            URI application = URI.create("http://localhost:" + port + "/");
            Ready.await(application);
            browse(page -> ask(page, application));
        } finally {
            process.destroy();
            Packaged.end(process, 60);
        }
    }

    private static void ask(Page page, URI application) {
        List<String> complaints = new ArrayList<>();
        page.onConsoleMessage((ConsoleMessage message) -> {
            if (message.text().contains("Content Security Policy")
                    || message.text().contains("Trusted")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(application.toString());
        for (int i = 0; i < 3; i++) {
            PageIT.drawBox(page);
        }
        page.locator("#question").fill("What?");

        page.locator("#ask").click();
        assertThat(page.locator("#key")).isFocused();
        assertThat(page.locator("#error")).containsText("Who is asking?");
        page.locator("#key").fill("wrong");
        page.locator("#unlock").click();
        assertThat(page.locator("#key")).isFocused();
        page.locator("#key").fill(KEY);
        page.keyboard().press("Enter");

        assertThat(page.locator("#facts")).containsText("tokens"); // the whole reply is here, not its first marks alone
        assertThat(text(page, 1)).hasText(PICTURE);
        assertThat(text(page, 2)).hasText(SCRIPT);
        Assertions.assertThat(text(page, 3).textContent()).isEqualTo(LINK);
        assertThat(page.locator("#answer")).containsText(PICTURE);
        assertThat(page.locator("#access")).isHidden();
        Assertions.assertThat(page.locator("#marks img, #marks script, #marks a, #answer *")
                        .count())
                .isZero();
        Assertions.assertThat(page.title()).startsWith("SPHINX-V");
        Assertions.assertThat(complaints).isEmpty();

        page.reload();
        PageIT.drawBox(page);
        page.locator("#question").fill("What?");
        page.locator("#ask").click();
        assertThat(text(page, 1)).hasText(PICTURE); // the tab remembers the key
    }

    private static com.microsoft.playwright.Locator text(Page page, int mark) {
        return page.locator("#marks li[data-mark='%d'] .text".formatted(mark));
    }

    private static void browse(Consumer<Page> visit) {
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(PageIT.CHROMIUM)
                                .setArgs(PageIT.FLAGS))) {
            visit.accept(browser.newPage(new Browser.NewPageOptions().setViewportSize(1280, 900)));
        }
    }

    private static String digest(String key) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    }
}
