package ai.sphinxv.training.pages.mobile;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Charts;
import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Ui;
import java.util.List;

/** Screens that are not lists: shops, a person, music, first steps, sign in, overviews. */
final class OtherScreens {
    private final Kit kit;
    private final Ui ui;
    private final Frame frame;
    private final int width;
    private final int height;

    OtherScreens(Kit kit, Ui ui, Frame frame, int width, int height) {
        this.kit = kit;
        this.ui = ui;
        this.frame = frame;
        this.width = width;
        this.height = height;
    }

    String shop(int space) {
        int tall = kit.between(100, 160);
        boolean isButton = kit.chance(0.5);
        String grid = div(
                "class='grid pad' style='grid-template-columns:1fr 1fr'",
                times(
                        2 * (space / tall),
                        i -> ui.card(
                                "style='position:relative'",
                                kit.chance(0.3)
                                        ? div("style='position:absolute;left:8px;top:8px;z-index:1'", ui.badge())
                                        : "",
                                ui.image(0, tall, ""),
                                div(
                                        "class='pad col' style='gap:.25em;padding:10px'",
                                        span("class=one", kit.prose().line("product", 20)),
                                        kit.chance(0.4) ? ui.stars() : "",
                                        div(
                                                "class='row between'",
                                                span("style='font-weight:700'", ui.price()),
                                                ui.icon(kit.pick("heart", "plus", "cart"), 19)),
                                        isButton
                                                ? ui.button(
                                                        kit.pick("Add to cart", "Buy now", "Add"),
                                                        kit.pick("", "second"))
                                                : ""))));
        String chips = kit.chance(0.5)
                ? div(
                        "class='row' style='padding:0 var(--pad);overflow:hidden'",
                        times(4, i -> ui.button(kit.word("ui.nav"), i == 0 ? "" : "second")))
                : "";
        return frame.screen(
                kit.word("ui.nav"),
                kit.chance(0.4),
                div("class=pad", ui.search("")),
                chips,
                kit.chance(0.3) ? div("class=pad", ui.image(0, 120, "border-radius:var(--card-r)")) : "",
                div(
                        "class='row between' style='padding:4px var(--pad)'",
                        ui.heading("h3", kit.word("ui.tab")),
                        ui.link("See all")),
                grid);
    }

    String product() {
        List<String> choices = kit.words("ui.choice", 4);
        return frame.screen(
                kit.word("ui.nav"),
                true,
                ui.image(0, height / kit.between(3, 4), ""),
                div(
                        "class='pad col'",
                        div(
                                "class='row between'",
                                ui.heading("h2", kit.prose().line("product", 22)),
                                ui.icon("heart", 22)),
                        div("class='row between'", span("class=big", ui.price()), ui.stars()),
                        ui.text(kit.prose().paragraph("shop", 2)),
                        ui.tabs(),
                        ui.radios(choices.subList(0, kit.between(2, 3))),
                        ui.dropdown(choices.get(3), ""),
                        div("class=row", ui.button("Add to cart", "wide")),
                        ui.text(kit.prose().paragraph("review", 2))));
    }

    String profile() {
        String person = kit.facts().person();
        String stats = div(
                "class=row style='justify-content:space-around;width:100%'",
                times(
                        3,
                        i -> div(
                                "class=tile",
                                span("style='font-weight:700'", kit.facts().count()),
                                ui.muted(kit.pick("Posts", "Followers", "Following", "Likes", "Trips", "Songs")))));
        boolean isGrid = kit.chance(0.6);
        String below = isGrid
                ? div(
                        "class=grid style='grid-template-columns:repeat(3,1fr);gap:3px'",
                        times(12, i -> ui.image(0, width / 3, "")))
                : times(6, i -> ui.listItem(ui.anyIcon(22), kit.word("ui.side"), "", ui.icon("right arrow", 18)));
        return frame.screen(
                kit.pick("Profile", person, "My account"),
                kit.chance(0.4),
                kit.chance(0.4) ? ui.image(0, 110, "") : "",
                div(
                        "class='pad col center'",
                        ui.avatar(person, kit.between(72, 104)),
                        ui.heading("h2", person),
                        ui.muted(kit.word("people") + " · " + kit.word("city")),
                        ui.text(kit.prose().sentence("review")),
                        stats,
                        div(
                                "class=row",
                                ui.button(kit.pick("Follow", "Edit profile"), ""),
                                ui.button(kit.pick("Share", "Send message"), "second"))),
                kit.chance(0.5) ? div("style='padding:0 var(--pad)'", ui.tabs()) : "",
                below);
    }

    String player() {
        int side = Math.min(width - 70, height - 400);
        String controls = div(
                "class=row style='justify-content:space-around;width:100%'",
                ui.icon("shuffle", 22),
                ui.icon("skip back", 30),
                ui.roundButton(kit.pick("play", "pause"), 32),
                ui.icon("skip forward", 30),
                ui.icon("repeat", 22));
        return frame.screen(
                kit.pick("Now playing", "Playing", kit.word("ui.tab")),
                true,
                div(
                        "class='col center' style='padding:22px 26px;gap:16px;align-items:center'",
                        ui.image(Math.max(160, side), Math.max(150, side), "border-radius:var(--card-r)"),
                        div(
                                "class='row between' style='width:100%'",
                                div(
                                        "class='col' style='gap:0;text-align:left'",
                                        ui.heading("h2", kit.prose().line("product", 22)),
                                        ui.muted(kit.facts().person())),
                                ui.icon("heart", 24)),
                        div("style='width:100%;display:flex'", ui.slider()),
                        div(
                                "class='row between small' style='width:100%'",
                                span("", "%d:%02d".formatted(kit.between(0, 2), kit.between(0, 59))),
                                span("", "%d:%02d".formatted(kit.between(3, 6), kit.between(0, 59)))),
                        controls,
                        div(
                                "class=row style='width:100%'",
                                ui.icon("volume", 20), ui.slider(), ui.icon("headphones", 20))));
    }

    String onboarding() {
        int dots = kit.between(3, 5);
        return frame.statusBar()
                + div(
                        "class='main col center' style='padding:20px 28px;gap:18px;align-items:center;justify-content:space-evenly'",
                        div("style='width:100%;text-align:right'", ui.link("Skip for now")),
                        ui.image(width - 60, height / 3, "border-radius:var(--card-r)"),
                        ui.heading("h1", kit.prose().line("headline", 34)),
                        ui.text(kit.prose().paragraph("help", kit.between(1, 2))),
                        div(
                                "class=row",
                                times(
                                        dots,
                                        i ->
                                                "<span style='width:8px;height:8px;border-radius:9px;background:%s'></span>"
                                                        .formatted(i == 1 ? "var(--accent)" : "var(--sw-off)"))),
                        kit.chance(0.3) ? div("class=row style='width:100%'", ui.progress()) : "",
                        div("style='width:100%'", ui.button(kit.pick("Get started", "Next", "Continue"), "wide")),
                        kit.chance(0.6) ? ui.button(kit.pick("Log in", "Skip", "Back"), "ghost") : "");
    }

    String login() {
        String brand = kit.facts().brand();
        boolean isNew = kit.chance(0.4);
        return frame.statusBar()
                + div(
                        "class='main col' style='padding:26px 24px;gap:14px;justify-content:center'",
                        div("class='row' style='justify-content:center'", ui.logo(brand)),
                        ui.heading("h1", isNew ? "Create account" : kit.pick("Welcome back", "Log in", "Hello again")),
                        ui.text(kit.prose().sentence("help")),
                        isNew ? ui.field("Full name") : "",
                        ui.field(kit.pick("Email", "Username", "Phone number")),
                        ui.field("Password"),
                        div("class='row between'", ui.checkbox("Remember me"), ui.link("Forgot password?")),
                        ui.button(isNew ? "Sign up" : kit.pick("Log in", "Sign in"), "wide"),
                        div("class='small muted' style='text-align:center'", "or continue with"),
                        div(
                                "class=row style='justify-content:center'",
                                times(3, i -> ui.roundButton(kit.pick("mail", "phone", "globe", "key", "user"), 22))),
                        div(
                                "class='row small' style='justify-content:center'",
                                span("", isNew ? "Already a member?" : "No account yet?"),
                                ui.link(isNew ? "Log in" : "Sign up")));
    }

    String home() {
        String person = kit.word("first");
        String tiles = div(
                "class=grid style='grid-template-columns:repeat(4,1fr)'",
                times(
                        kit.pick(4, 8),
                        i -> div(
                                "class=tile",
                                ui.roundButton(
                                        kit.materials().icons().isEmpty()
                                                ? ""
                                                : kit.pick(
                                                        kit.materials().icons().names()),
                                        22),
                                span("class='small one'", kit.word("ui.nav")))));
        String balance = ui.card(
                "style='background:var(--accent);color:var(--on-accent)'",
                div(
                        "class='pad col'",
                        span("class=small", kit.word("ui.metric")),
                        span("class=big", ui.price()),
                        div(
                                "class='row between small'",
                                span("", "•••• " + kit.between(1000, 9999)),
                                span("", kit.facts().date()))));
        String chart = ui.card(
                "",
                div(
                        "class='pad col'",
                        div(
                                "class='row between'",
                                ui.heading("h3", kit.word("ui.metric")),
                                ui.dropdown(kit.pick("Week", "Month", "Year"), "width:110px")),
                        div("style='height:110px'", Charts.plain(kit)),
                        div("class=row", ui.progress())));
        return frame.screen(
                kit.pick("Hello, " + person, "Good morning", "Overview", "Home"),
                false,
                div(
                        "class='pad col' style='gap:14px'",
                        kit.chance(0.4) ? ui.search("") : "",
                        kit.chance(0.6) ? balance : "",
                        tiles,
                        kit.chance(0.7) ? chart : ui.image(0, 140, "border-radius:var(--card-r)"),
                        div(
                                "class='row between'",
                                ui.heading("h3", kit.pick("Recent", "Today", "Transactions", "Upcoming")),
                                ui.link("See all")),
                        ui.card(
                                "",
                                times(
                                        6,
                                        i -> ui.listItem(
                                                ui.anyIcon(22),
                                                kit.prose().line("product", 22),
                                                kit.facts().date(),
                                                span("", ui.price()))))));
    }
}
