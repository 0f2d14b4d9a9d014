package ai.sphinxv;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.deque.html.axecore.results.Rule;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** axe-core finds no violation of WCAG 2.2, A and AA, in any state of the page, however large, wide or dark it is. */
@QuarkusIntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageAccessibilityIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MARKS = 10;
    private static final String DROPPING = "dropping";
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /** 1280 pixels at 400 % are 320, which is what WCAG 1.4.10 asks for. */
    enum Look {
        WIDE(1280, 900),
        DARK(1280, 900),
        TELEPHONE(390, 844),
        AT_400_PERCENT(320, 256);

        private final int width;
        private final int height;

        Look(int width, int height) {
            this.width = width;
            this.height = height;
        }

        private Browser.NewPageOptions page() {
            return new Browser.NewPageOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(this == DARK ? ColorScheme.DARK : ColorScheme.LIGHT);
        }
    }

    private Playwright playwright;
    private Browser browser;

    @BeforeAll
    void openBrowser() {
        assumeTrue(Files.exists(PageIT.CHROMIUM), PageIT.CHROMIUM + " is not here: apt-get install chromium");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PageIT.CHROMIUM)
                        .setArgs(PageIT.FLAGS));
    }

    @AfterAll
    void closeBrowser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noStateOfThePageShutsAnybodyOut(Look look) {
        List<String> found = new ArrayList<>();
        try (Page page = browser.newPage(look.page())) {
            for (State state : states()) {
                state.reach.accept(page);
                found.addAll(violations(page, state.name));
                found.addAll(beyondTheEdge(page, state.name));
            }
        }
        assertThat(found).isEmpty();
    }

    /** Or an axe that looks at nothing would be content with all of it. */
    @Test
    void aPageThatShutsSomebodyOutIsNoticed() {
        try (Page page = browser.newPage(Look.WIDE.page())) {
            page.navigate(address());
            page.evaluate("""
                    document.querySelector('label[for=question]').remove();
                    document.querySelector('#question').placeholder = '';
                    document.querySelector('header p').style.color = '#bbb';
                    document.documentElement.removeAttribute('lang');
                    document.querySelector('main').style.minWidth = '1500px';
                    """);

            assertThat(violations(page, "broken"))
                    .anyMatch(found -> found.contains("color-contrast"))
                    .anyMatch(found -> found.contains("html-has-lang"))
                    .anyMatch(found -> found.contains("label"));
            assertThat(beyondTheEdge(page, "broken")).hasSize(1);
        }
    }

    private record State(String name, Consumer<Page> reach) {}

    /** Each follows from the one before. */
    private static List<State> states() {
        return List.of(
                new State("empty", page -> {
                    page.navigate(address());
                    assertThat(page.locator("#count")).containsText("0 of");
                }),
                new State("marks", PageAccessibilityIT::mark),
                new State("a polygon begun", PageAccessibilityIT::beginPolygon),
                new State(
                        "dropping", page -> page.evaluate("document.querySelector('#stage').className += ' dropping'")),
                new State("writing", PageAccessibilityIT::write),
                new State("stopped", page -> {
                    page.locator("#stop").click();
                    assertThat(page.locator("#facts")).hasText("Stopped.");
                }),
                new State("key wanted", page -> {
                    reply(page, 401, "application/problem+json", "{\"title\":\"Who is asking?\",\"status\":401}");
                    assertThat(page.locator("#key")).isFocused();
                }),
                new State("error", page -> {
                    reply(page, 422, "application/problem+json", "{\"title\":\"A mark lies outside\",\"status\":422}");
                    assertThat(page.locator("#error")).containsText("outside");
                }),
                new State("answer", page -> {
                    reply(page, 200, "text/event-stream", answer());
                    assertThat(page.locator("#facts")).containsText("scripted");
                }),
                new State("whole picture", page -> page.locator("#whole").check()));
    }

    private static void mark(Page page) {
        for (int i = 0; i < MARKS; i++) {
            PageIT.drawBox(page);
        }
        page.locator("#question").fill("What?");
        assertThat(page.locator("#count")).containsText("10 of 10");
    }

    private static void beginPolygon(Page page) {
        page.locator("#undo").click();
        page.locator("input[value=polygon]").check(new Locator.CheckOptions().setForce(true));
        page.locator("#overlay").focus();
        page.keyboard().press("Enter");
        page.keyboard().press("Enter");
        assertThat(page.locator("#error")).containsText("three corners");
        page.keyboard().press("Escape");
    }

    private static void write(Page page) {
        page.evaluate("document.querySelector('#stage').classList.remove('dropping')");
        page.route("**/v1/understand", route -> {}); // never answered
        page.locator("#ask").click();
        assertThat(page.locator("#stop")).isVisible();
    }

    private static void reply(Page page, int status, String type, String body) {
        page.unrouteAll();
        page.route(
                "**/v1/understand",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(status)
                        .setContentType(type)
                        .setBody(body)));
        page.locator("#ask").click();
    }

    /** To each mark but the last, and to two of them together. */
    private static String answer() {
        var marks = IntStream.range(1, MARKS - 1)
                .mapToObj(mark -> Map.of("mark", mark, "text", "a shape"))
                .toList();
        var reply = PagePayloadIT.reply("<Region 1>: a shape", marks, "beside each other", "length");
        try {
            return "event: done\ndata: %s\n\n".formatted(JSON.writeValueAsString(reply));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> violations(Page page, String state) {
        AxeResults results =
                new AxeBuilder(page).withTags(WCAG).setLegacyMode(true).analyze(); // no frames, no second page
        assertThat(results.getPasses()).as(state).hasSizeGreaterThan(10);
        List<Rule> rules = new ArrayList<>(results.getViolations());
        if (!state.equals(DROPPING)) {
            rules.addAll(results.getIncomplete()); // what axe cannot decide, as the colours of words on a picture
        }
        return rules.stream()
                .map(rule -> "%s: %s (%s) %s".formatted(state, rule.getId(), rule.getHelp(), nodes(rule)))
                .toList();
    }

    private static List<String> nodes(Rule rule) {
        return rule.getNodes().stream()
                .map(node -> node.getTarget() + " " + node.getFailureSummary())
                .toList();
    }

    /** Nobody scrolls in two directions to read a line; axe does not look for that. */
    private static List<String> beyondTheEdge(Page page, String state) {
        var widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]";
        List<?> found = (List<?>) page.evaluate(widths);
        int content = (int) found.getFirst();
        int window = (int) found.getLast();
        return content > window ? List.of("%s: %d pixels wide in %d".formatted(state, content, window)) : List.of();
    }

    private static String address() {
        return RestAssured.baseURI + ":" + RestAssured.port + "/";
    }
}
