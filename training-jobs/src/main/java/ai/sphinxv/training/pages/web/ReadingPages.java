package ai.sphinxv.training.pages.web;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Ui;

/** Pages to read: articles, results of a search, front pages, a person's page. */
final class ReadingPages {
    private final Kit kit;
    private final Ui ui;
    private final int width;
    private final String brand;

    ReadingPages(Kit kit, Ui ui, int width) {
        this.kit = kit;
        this.ui = ui;
        this.width = width;
        this.brand = kit.facts().brand();
    }

    String article() {
        String person = kit.facts().person();
        String by = div(
                "class=row",
                ui.avatar(person, 40),
                div(
                        "class=col style='gap:0'",
                        span("", person),
                        ui.muted(kit.facts().date() + " · " + kit.between(2, 14) + " min read")),
                div("class=grow"),
                ui.icon("share", 18),
                ui.icon("bookmark", 18));
        String body = times(
                kit.between(2, 4),
                i -> (i > 0 && kit.chance(0.6) ? ui.heading("h2", kit.prose().line("headline", 44)) : "")
                        + ui.text(kit.prose().paragraph("news", kit.between(3, 6)))
                        + (kit.chance(0.15)
                                ? "<ul style='padding-left:1.6em'>"
                                        + times(
                                                3,
                                                j -> "<li data-label='list item'>"
                                                        + kit.prose().sentence("shop") + "</li>")
                                        + "</ul>"
                                : ""));
        String main = div(
                "class='col grow'",
                ui.link(kit.word("ui.nav")),
                ui.heading("h1", kit.prose().sentence("headline")),
                by,
                ui.image(0, kit.between(170, 300), "border-radius:var(--card-r)"),
                span("class='muted small'", kit.prose().sentence("news")),
                body);
        String aside = width > 900
                ? div(
                        "class='col' style='width:240px;flex-shrink:0'",
                        ui.search(""),
                        ui.heading("h3", kit.pick("Most read", "Related", "More news", "Popular")),
                        times(
                                4,
                                i -> ui.listItem(
                                        ui.image(54, 54, ""),
                                        kit.prose().line("headline", 24),
                                        kit.facts().ago(),
                                        "")),
                        newsletter())
                : "";
        return ui.nav(brand)
                + div(
                        "class='page row top' style='gap:calc(var(--gap)*2.5);max-width:1180px;margin:auto'",
                        kit.chance(0.8) ? main + aside : aside + main);
    }

    private String newsletter() {
        return ui.card(
                "",
                div(
                        "class='pad col'",
                        ui.heading("h3", "Newsletter"),
                        ui.text(kit.prose().sentence("help")),
                        ui.field("Email"),
                        ui.button("Subscribe", "wide")));
    }

    String results() {
        String found = times(
                9,
                i -> div(
                        "class=col style='gap:.15em;margin-bottom:.7em'",
                        ui.muted(kit.facts().domain() + " › " + kit.word("tech")),
                        div(
                                "",
                                span(
                                        "class=link data-label=link style='font-size:1.2em'",
                                        kit.prose().sentence("headline"))),
                        ui.text(kit.prose().paragraph("news", 2))));
        String bar = div(
                "class='row pad nav' data-label='navigation bar'",
                ui.logo(brand),
                ui.search("width:%dpx".formatted(Math.min(560, width / 2))),
                ui.roundButton(kit.pick("microphone", "camera", "search"), 18),
                div("class=grow"),
                ui.icon("settings", 20),
                ui.avatar(kit.facts().person(), 32));
        String aside = width > 950 && kit.chance(0.6)
                ? ui.card(
                        "style='width:300px;flex-shrink:0'",
                        ui.image(0, 150, ""),
                        div(
                                "class='pad col'",
                                ui.heading("h2", kit.word("city")),
                                ui.text(kit.prose().paragraph("news", 2)),
                                ui.link()))
                : "";
        return bar
                + div(
                        "class='page col'",
                        ui.tabs(),
                        ui.muted("About " + kit.facts().count() + " results"),
                        div(
                                "class='row top' style='gap:calc(var(--gap)*3)'",
                                div("class=grow style='max-width:680px'", found),
                                aside));
    }

    String landing() {
        boolean isSplit = kit.chance(0.6);
        String words = div(
                "class='col grow %s' style='gap:1em'".formatted(isSplit ? "" : "center"),
                kit.chance(0.4) ? ui.badge() : "",
                span("style='font-size:1.5em'", ui.heading("h1", kit.prose().sentence("headline"))),
                ui.text(kit.prose().paragraph("shop", 2)),
                div(
                        "class=row",
                        ui.button(
                                kit.pick("Get started", "Try for free", "Book now", "Learn more", "Request demo"), ""),
                        ui.button(kit.word("ui.button"), "second")));
        String hero = div(
                "class='page row' style='padding:40px;gap:36px'",
                isSplit
                        ? words + ui.image(width * 2 / 5, kit.between(220, 320), "border-radius:var(--card-r)")
                        : words);
        int columns = kit.between(3, 4);
        boolean isPictured = kit.chance(0.5);
        String parts = div(
                "class='page grid' style='grid-template-columns:repeat(%d,1fr)'".formatted(columns),
                times(
                        columns,
                        i -> ui.card(
                                "",
                                isPictured ? ui.image(0, 120, "") : "",
                                div(
                                        "class='pad col'",
                                        isPictured ? "" : ui.anyIcon(32),
                                        ui.heading("h3", kit.prose().line("product", 26)),
                                        ui.text(kit.prose().paragraph("help", 2)),
                                        ui.link()))));
        String quote = div(
                "class='page row soft'",
                ui.avatar(kit.facts().person(), 56),
                div(
                        "class='col grow'",
                        ui.text(kit.prose().paragraph("review", 2)),
                        ui.muted(kit.facts().person() + ", " + kit.word("city"))));
        String foot = div(
                "class='page row between' style='background:var(--soft)'",
                ui.muted("© " + kit.facts().year() + " " + brand),
                div("class=row", times(3, i -> ui.link())),
                div("class=row", ui.icon("mail", 18), ui.icon("globe", 18), ui.icon("phone", 18)));
        return ui.nav(brand) + hero + parts + quote + foot;
    }

    String profile() {
        String person = kit.facts().person();
        String head = div(
                "class='row' style='padding:0 var(--pad);margin-top:-34px;position:relative'",
                ui.avatar(person, 92),
                div(
                        "class='col grow' style='gap:.1em;padding-top:38px'",
                        ui.heading("h2", person),
                        ui.muted(kit.word("people") + " · " + kit.word("city"))),
                ui.button("Follow", ""),
                ui.button("Send message", "second"),
                ui.icon("more", 20));
        String post = times(
                3,
                i -> ui.card(
                        "",
                        div(
                                "class='pad col'",
                                div(
                                        "class=row",
                                        ui.avatar(person, 38),
                                        div(
                                                "class='col grow' style='gap:0'",
                                                span("", person),
                                                ui.muted(kit.facts().ago())),
                                        ui.icon("more", 18)),
                                ui.text(kit.prose().paragraph("review", 2)),
                                kit.chance(0.6) ? ui.image(0, kit.between(120, 220), "border-radius:var(--r)") : "",
                                div(
                                        "class='row' style='gap:1.6em'",
                                        ui.icon("heart", 18),
                                        ui.icon("chat", 18),
                                        ui.icon("share", 18),
                                        div("class=grow"),
                                        ui.icon("bookmark", 18)))));
        String aside = ui.card(
                "style='width:270px;flex-shrink:0'",
                div("class='pad'", ui.heading("h3", kit.pick("About", "People", "Friends"))),
                times(5, i -> {
                    String other = kit.facts().person();
                    return ui.listItem(
                            ui.avatar(other, 34),
                            other,
                            kit.word("city"),
                            kit.chance(0.6) ? ui.button("Follow", "second") : "");
                }));
        return ui.nav(brand)
                + ui.image(0, kit.between(120, 190), "")
                + head
                + div(
                        "class='page col'",
                        ui.tabs(),
                        div(
                                "class='row top' style='gap:calc(var(--gap)*2)'",
                                div("class='col grow'", post),
                                width > 850 ? aside : ""));
    }
}
