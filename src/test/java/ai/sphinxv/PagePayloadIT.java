package ai.sphinxv;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever a model writes, the page shows it letter by letter: nothing of it runs, is fetched, or becomes an element. */
@QuarkusIntegrationTest
class PagePayloadIT {
    private static final int MARKS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** RUN is what would leave its trace in the window. */
    private static final List<String> PAYLOADS = List.of(
            "<script>RUN</script>",
            "<script src=//evil.example/a.js></script>",
            "<img src=x onerror=RUN>",
            "<img src=//evil.example/a.png>",
            "<svg onload=RUN>",
            "<svg><script>RUN</script></svg>",
            "<svg><animate onbegin=RUN attributeName=x dur=1s>",
            "<math><mtext><img src=x onerror=RUN></mtext></math>",
            "<iframe srcdoc=\"<script>parent.RUN</script>\"></iframe>",
            "<iframe src=\"javascript:parent.RUN\"></iframe>",
            "<object data=\"javascript:RUN\"></object>",
            "<embed src=\"javascript:RUN\">",
            "<body onload=RUN>",
            "<details open ontoggle=RUN>x</details>",
            "<video><source onerror=RUN></video>",
            "<audio src=x onerror=RUN></audio>",
            "<input autofocus onfocus=RUN>",
            "<select autofocus onfocus=RUN>",
            "<marquee onstart=RUN>x</marquee>",
            "<a href=\"javascript:RUN\">x</a>",
            "<form action=\"javascript:RUN\"><button>x</button></form>",
            "<style>@import '//evil.example/a.css'; body { display: none }</style>",
            "<link rel=stylesheet href=//evil.example/a.css>",
            "<meta http-equiv=refresh content=\"0;url=//evil.example/\">",
            "<base href=//evil.example/>",
            "<template><img src=x onerror=RUN></template>",
            "<!--><img src=x onerror=RUN>-->",
            "<![CDATA[<img src=x onerror=RUN>]]>",
            "</p></li></ol><img src=x onerror=RUN>",
            "</textarea><script>RUN</script>",
            "\"><img src=x onerror=RUN>",
            "' onmouseover='RUN",
            "`;RUN;`",
            "${RUN}",
            "{{constructor.constructor('RUN')()}}",
            "[x](javascript:RUN)",
            "![x](//evil.example/a.png)",
            "<https://evil.example/>",
            "&lt;img src=x onerror=RUN&gt;",
            "%3Cscript%3ERUN%3C/script%3E",
            "\\u003cscript\\u003eRUN\\u003c/script\\u003e",
            "\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007",
            "\u001b[2J\u001b[31m",
            "\u202egnp.exe\u202c",
            "\u2066\u2067\u2068x\u2069",
            "\u200b\u200d\ufeffx",
            "x\u0000y",
            "\uD83D\uDE00\uDB40\uDC41",
            "data: {}\n\nevent: error\ndata: {\"title\":\"RUN\"}\n\n",
            "__proto__",
            "a".repeat(5000));

    @Test
    void nothingThatAModelWritesRuns() {
        assumeTrue(Files.exists(PageIT.CHROMIUM), PageIT.CHROMIUM + " is not here: apt-get install chromium");
        String application = RestAssured.baseURI + ":" + RestAssured.port + "/";
        List<String> corpus = corpus();
        Assertions.assertThat(corpus).hasSizeGreaterThan(200);
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(PageIT.CHROMIUM)
                                .setArgs(PageIT.FLAGS))) {
            Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1280, 900));
            List<String> elsewhere = new ArrayList<>();
            page.onRequest(request -> {
                if (!request.url().startsWith(application) && !request.url().startsWith("data:image/svg+xml,")) {
                    elsewhere.add(request.url());
                }
            });
            page.navigate(application);
            for (int i = 0; i < MARKS; i++) {
                PageIT.drawBox(page);
            }
            page.locator("#question").fill("What?");
            for (int first = 0; first < corpus.size(); first += MARKS) {
                shows(page, corpus.subList(first, Math.min(first + MARKS, corpus.size())));
            }
            Assertions.assertThat(page.evaluate("window.owned")).isNull();
            Assertions.assertThat(elsewhere).isEmpty();
            Assertions.assertThat(page.url()).isEqualTo(application);
        }
    }

    /** Each as it is, between line breaks, behind a mark's name, twice, and as Markdown. */
    private static List<String> corpus() {
        return PAYLOADS.stream()
                .map(payload -> payload.replace("RUN", "window.owned=1"))
                .flatMap(payload -> Stream.of(
                        payload,
                        "\n\t" + payload + "\n",
                        "<Region 1>: " + payload,
                        payload + payload,
                        "**" + payload + "**"))
                .toList();
    }

    private static void shows(Page page, List<String> said) {
        page.unrouteAll();
        page.route("**/v1/understand", route -> answer(route, said));
        page.locator("#ask").click();
        assertThat(page.locator("#facts")).containsText("scripted");
        for (int mark = 1; mark <= said.size(); mark++) {
            var text = page.locator("#marks li[data-mark='%d'] .text".formatted(mark));
            Assertions.assertThat(text.textContent()).isEqualTo(said.get(mark - 1));
        }
        Assertions.assertThat(page.locator("#marks .text *, #answer *").count()).isZero();
    }

    private static void answer(Route route, List<String> said) {
        var marks = IntStream.range(0, said.size())
                .mapToObj(i -> Map.of("mark", i + 1, "text", said.get(i)))
                .toList();
        var reply = reply(String.join("\n", said), marks, said.getFirst(), "stop");
        try {
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("text/event-stream")
                    .setBody("event: token\ndata: %s\n\nevent: done\ndata: %s\n\n"
                            .formatted(
                                    JSON.writeValueAsString(Map.of("text", said.getFirst())),
                                    JSON.writeValueAsString(reply))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A whole reply, of which the page shows everything. */
    static Map<String, Object> reply(String answer, List<?> marks, String together, String stop) {
        return Map.of(
                "answer",
                answer,
                "marks",
                marks,
                "relations",
                List.of(Map.of("marks", List.of(1, 2), "text", together)),
                "stop",
                stop,
                "model",
                "scripted",
                "image",
                "sha256:" + "0".repeat(64),
                "usage",
                Map.of("promptTokens", 1, "answerTokens", 1),
                "timings",
                Map.of("imageMs", 1, "promptsMs", 1, "textMs", 1, "prefillMs", 1, "decodeMs", 1, "firstTokenMs", 1));
    }
}
