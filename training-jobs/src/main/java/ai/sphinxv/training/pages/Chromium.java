package ai.sphinxv.training.pages;

import ai.sphinxv.training.pages.kit.Sheet;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One page of the system's Chromium, without a window or a network, used for sheet after sheet. */
final class Chromium implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/bin/chromium");

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--allow-file-access-from-files",
            "--force-color-profile=srgb",
            "--font-render-hinting=none");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path blank;
    private final Playwright playwright;
    private final Browser browser;
    private final Page page;
    private final CDPSession session;
    private final String regionScript;

    private Chromium(Path blank, Playwright playwright, String regionScript) {
        this.blank = blank;
        this.playwright = playwright;
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(FLAGS));
        this.page = browser.newPage();
        this.session = page.context().newCDPSession(page);
        this.regionScript = regionScript;
    }

    static Chromium open() throws IOException {
        Path blank = Files.createTempFile("blank", ".html");
        try (InputStream in = Chromium.class.getResourceAsStream("regions.js")) {
            if (in == null) {
                throw new IllegalStateException("regions.js is not in this jar");
            }
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var options = new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
            return new Chromium(blank, Playwright.create(options), script);
        }
    }

    /** Draws it and reads its regions. Once in a thousand pages Chromium cannot take the picture: then it is drawn again. */
    Shot render(Sheet sheet) throws JsonProcessingException {
        try {
            return draw(sheet);
        } catch (PlaywrightException e) {
            return draw(sheet);
        }
    }

    private Shot draw(Sheet sheet) throws JsonProcessingException {
        var metrics = new JsonObject();
        metrics.addProperty("width", sheet.width());
        metrics.addProperty("height", sheet.height());
        metrics.addProperty("deviceScaleFactor", sheet.scale());
        metrics.addProperty("mobile", false);
        session.send("Emulation.setDeviceMetricsOverride", metrics);
        page.navigate(blank.toUri().toString()); // a page from a file may show pictures from files
        page.setContent(sheet.html());
        page.evaluate("() => window.ready");
        JsonNode found =
                JSON.readTree((String) page.evaluate("async () => JSON.stringify(await (" + regionScript + ")())"));
        List<FoundRegion> regions = new ArrayList<>();
        for (JsonNode region : found) {
            regions.add(FoundRegion.of(region, sheet.scale()));
        }
        return new Shot(screenshot(sheet.quality()), regions);
    }

    private byte[] screenshot(int quality) {
        var options = new JsonObject();
        options.addProperty("format", quality == 0 ? "png" : "jpeg");
        if (quality > 0) {
            options.addProperty("quality", quality);
        }
        options.addProperty("optimizeForSpeed", quality == 0);
        String data =
                session.send("Page.captureScreenshot", options).get("data").getAsString();
        return Base64.getDecoder().decode(data);
    }

    @Override
    public void close() throws IOException {
        browser.close();
        playwright.close();
        Files.deleteIfExists(blank);
    }
}
