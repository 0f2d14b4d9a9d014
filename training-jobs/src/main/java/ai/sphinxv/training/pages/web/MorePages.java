package ai.sphinxv.training.pages.web;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;
import static ai.sphinxv.training.pages.kit.Html.tag;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Ui;
import java.util.List;

/** Videos, files, calendars, trips, help, plain old pages, and dialogs over any page. */
final class MorePages {
    private final Kit kit;
    private final Ui ui;
    private final int width;
    private final String brand;

    MorePages(Kit kit, Ui ui, int width) {
        this.kit = kit;
        this.ui = ui;
        this.width = width;
        this.brand = kit.facts().brand();
    }

    /** Something that must be answered first; what it covers is no region. */
    String dialog(String page) {
        List<String> choices = kit.words("ui.choice", 4);
        String content = switch (kit.between(0, 3)) {
            case 0 -> ui.text(kit.prose().paragraph("help", 2));
            case 1 -> ui.field(kit.word("ui.field")) + ui.field(kit.word("ui.field")) + ui.dropdown(choices.get(0), "");
            case 2 -> ui.radios(choices.subList(0, 3)) + ui.checkbox(choices.get(3));
            default ->
                ui.image(0, 140, "border-radius:var(--r)") + ui.text(kit.prose().sentence("shop"));
        };
        String box = ui.card(
                "style='width:%dpx;box-shadow:0 12px 40px rgba(0,0,0,.5)'".formatted(kit.between(340, 520)),
                div(
                        "class='pad col' style='padding:22px'",
                        div(
                                "class='row between'",
                                ui.heading("h2", kit.prose().line("task", 30)),
                                ui.icon("close", 20)),
                        content,
                        div(
                                "class=row style='justify-content:%s'"
                                        .formatted(kit.pick("flex-end", "flex-start", "space-between")),
                                ui.button(kit.pick("Cancel", "No", "Back"), "second"),
                                ui.button(kit.word("ui.button"), kit.pick("", "", "danger")))));
        return page + div("class=over style='background:rgba(0,0,0,%.2f)'".formatted(kit.real(0.3, 0.7)), box);
    }

    String videos() {
        int columns = width > 1050 ? kit.between(3, 5) : 3;
        int tall = (width - 60) / columns * 9 / 16;
        String videos = div(
                "class=grid style='grid-template-columns:repeat(%d,1fr)'".formatted(columns),
                times(columns * 4, i -> video(tall)));
        String chips = div(
                "class=row style='overflow:hidden'",
                times(7, i -> ui.button(kit.word("ui.nav"), i == 0 ? "" : "second")));
        return ui.nav(brand) + div("class='page col'", kit.chance(0.6) ? chips : ui.tabs(), videos);
    }

    private String video(int tall) {
        String length = span(
                "style='position:absolute;right:5px;bottom:5px;background:rgba(0,0,0,.8);color:#fff;padding:0 4px;font-size:12px;border-radius:3px'",
                "%d:%02d".formatted(kit.between(0, 59), kit.between(0, 59)));
        String person = kit.facts().person();
        return div(
                "class=col style='gap:.4em'",
                div("style='position:relative'", ui.image(0, tall, "border-radius:var(--card-r)"), length),
                div(
                        "class='row top'",
                        ui.avatar(person, 34),
                        div(
                                "class='col grow' style='gap:0'",
                                span("style='font-weight:600'", kit.prose().line("headline", 40)),
                                ui.muted(person),
                                ui.muted(kit.facts().count() + " views")),
                        ui.icon("more", 18)));
    }

    String files() {
        int columns = Math.max(3, width / kit.between(150, 210));
        boolean isGrid = kit.chance(0.6);
        String files = isGrid
                ? div(
                        "class=grid style='grid-template-columns:repeat(%d,1fr)'".formatted(columns),
                        times(columns * 4, i -> ui.card("", file())))
                : ui.card(
                        "",
                        times(
                                11,
                                i -> ui.listItem(
                                        ui.checkbox("") + ui.icon(kit.pick("folder", "document", "image", "video"), 22),
                                        kit.prose().line("task", 34),
                                        "",
                                        ui.muted(kit.facts().date())
                                                + ui.muted(kit.between(1, 900) + " MB")
                                                + ui.icon(kit.pick("download", "share", "more"), 18))));
        String path = div(
                "class=row",
                ui.link(kit.word("ui.side")),
                span("class=muted", "/"),
                ui.link(kit.word("ui.side")),
                span("class=muted", "/"),
                span("", kit.word("ui.side")));
        return ui.nav(brand)
                + div(
                        "class='page col'",
                        path,
                        div(
                                "class=row",
                                ui.search("flex:1"),
                                ui.button("Upload", ""),
                                ui.button("New folder", "second"),
                                ui.icon("grid", 20),
                                ui.icon("list", 20)),
                        files,
                        div(
                                "class='row small'",
                                span("", "Storage used"),
                                div("class=row style='width:220px'", ui.progress()),
                                ui.muted(kit.facts().percent())));
    }

    private String file() {
        boolean isPicture = kit.chance(0.5);
        String top = isPicture
                ? ui.image(0, 96, "")
                : div(
                        "class=pic-c style='height:96px'",
                        ui.icon(kit.pick("folder", "document", "music note", "video"), 46, "color:var(--accent)"));
        return top
                + div(
                        "class='pad row between'",
                        span("class='one small'", kit.word("tech") + kit.pick(".pdf", ".png", ".txt", "", ".zip")),
                        ui.icon("more", 16));
    }

    String calendar() {
        int first = kit.between(0, 6);
        int tall = kit.between(64, 104);
        String head = times(
                7,
                i -> tag(
                        "th",
                        "",
                        List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").get(i)));
        String weeks = times(
                5,
                w -> tag("tr", "", times(7, d -> {
                    int day = 7 * w + d - first + 1;
                    String event = kit.chance(0.3)
                            ? "<br>"
                                    + ui.badge(
                                            kit.prose().line("task", 11),
                                            "background:%s;color:#fff;font-weight:400"
                                                    .formatted(ui.look().tint(60, 36)))
                            : "";
                    return tag(
                            "td",
                            "style='height:%dpx;vertical-align:top;padding:5px;width:14.2%%;overflow:hidden'"
                                    .formatted(tall),
                            day < 1 || day > 30 ? "" : span("", String.valueOf(day)) + event);
                })));
        String month = div(
                "class='row between'",
                div(
                        "class=row",
                        ui.icon("back arrow", 20),
                        ui.heading("h2", kit.facts().month() + " " + kit.facts().year()),
                        ui.icon("forward arrow", 20)),
                div(
                        "class=row",
                        ui.tabs(),
                        ui.button("Today", "second"),
                        ui.button(kit.pick("Add", "Create", "New event"), "")));
        return ui.nav(brand)
                + div(
                        "class='page col'",
                        month,
                        tag("table", "data-label=table style='table-layout:fixed'", tag("tr", "", head), weeks));
    }

    String trips() {
        String search = ui.card(
                "",
                div(
                        "class='pad col'",
                        ui.radios(kit.words("ui.choice", 3))
                                .replace(
                                        "<div class=row>",
                                        "<div class=row style='display:inline-flex;margin-right:14px'>"),
                        div(
                                "class=row",
                                ui.field(kit.pick("From", "Where", "City")),
                                ui.field(kit.pick("To", "Street", "Location")),
                                ui.field("Start date"),
                                ui.field("End date")),
                        div(
                                "class=row",
                                ui.dropdown(kit.between(1, 4) + " guests", "width:150px"),
                                ui.dropdown(kit.word("ui.choice"), "width:180px"),
                                div("class=grow"),
                                ui.button("Search", ""))));
        String found = times(
                5,
                i -> ui.card(
                        "",
                        div(
                                "class='row'",
                                ui.image(kit.between(130, 190), 120, ""),
                                div(
                                        "class='col grow pad' style='gap:.25em'",
                                        ui.heading("h3", kit.facts().company()),
                                        ui.muted(kit.word("city") + ", "
                                                + kit.facts().street()),
                                        ui.stars(),
                                        kit.chance(0.5) ? ui.badge() : ""),
                                div(
                                        "class='col pad' style='align-items:flex-end'",
                                        span("class=big", ui.price()),
                                        ui.button(kit.pick("Book now", "Reserve", "View details"), "")))));
        boolean isSlim = kit.chance(0.5);
        String filters = isSlim
                ? ""
                : div(
                        "class=col style='width:190px;flex-shrink:0'",
                        ui.heading("h3", "Filters"),
                        times(5, i -> ui.checkbox(kit.word("ui.choice"))),
                        ui.heading("h3", "Price"),
                        ui.slider(),
                        ui.link());
        return ui.nav(brand)
                + div(
                        "class='page col'",
                        search,
                        div(
                                "class='row top'",
                                filters,
                                div("class='col grow'", ui.muted(kit.between(3, 400) + " places found"), found)));
    }

    String help() {
        String questions = times(
                6,
                i -> ui.listItem("", kit.prose().line("help", 60) + "?", "", ui.icon(i == 0 ? "minus" : "plus", 18))
                        + (i == 0
                                ? div(
                                        "class=pad style='padding-top:0'",
                                        ui.text(kit.prose().paragraph("help", 3)))
                                : ""));
        String topics = div(
                "class=grid style='grid-template-columns:repeat(3,1fr)'",
                times(
                        6,
                        i -> ui.card(
                                "",
                                div(
                                        "class='pad col center'",
                                        ui.anyIcon(30),
                                        ui.heading("h3", kit.word("ui.side")),
                                        ui.muted(kit.between(3, 40) + " articles")))));
        String hero = div(
                "class='col center' style='padding:32px;background:var(--soft)'",
                ui.heading("h1", kit.pick("How can we help?", "Help centre", "Support", "Find an answer")),
                ui.search("width:%dpx;margin:auto".formatted(Math.min(520, width / 2))));
        return ui.nav(brand)
                + hero
                + div(
                        "class='page col'",
                        topics,
                        ui.heading("h2", kit.pick("Common questions", "Popular articles")),
                        ui.card("", questions),
                        div(
                                "class=row",
                                ui.text(kit.prose().sentence("help")),
                                ui.button("Contact us", ""),
                                ui.link()));
    }

    /** As in the first years of the web: hardly any style, the browser's own controls. */
    String plain() {
        String links = times(kit.between(4, 7), i -> (i > 0 ? " | " : "") + ui.link(kit.word("ui.nav")));
        String side = tag(
                "ul",
                "style='padding-left:1.5em;width:180px'",
                times(9, i -> "<li>" + ui.link(kit.word("ui.side")) + "</li>"));
        String native1 =
                "<input type=text data-label='text field' data-text='%1$s' value='%1$s' style='font:inherit;width:180px'>"
                        .formatted(kit.facts().person());
        String native2 = "<select data-label=dropdown data-text='%1$s' style='font:inherit'><option>%1$s</select>"
                .formatted(kit.word("ui.choice"));
        String native3 = times(
                2,
                i -> "<button data-label=button style='font:inherit;padding:2px 8px'>%s</button> "
                        .formatted(kit.word("ui.button")));
        String native4 = times(
                3,
                i -> "<p><input type=%s data-label='%s' data-state=%s %s> <span>%s</span></p>"
                        .formatted(
                                i == 2 ? "radio" : "checkbox",
                                i == 2 ? "radio button" : "checkbox",
                                i == 1 ? "checked" : i == 2 ? "unselected" : "unchecked",
                                i == 1 ? "checked" : "",
                                kit.word("ui.choice")));
        String form = tag(
                "fieldset",
                "style='padding:8px;border:1px solid var(--muted);margin:8px 0'",
                "<p>",
                kit.word("ui.field"),
                ": ",
                native1,
                " ",
                native2,
                "</p>",
                native4,
                native3);
        String main = div(
                "class='col grow'",
                ui.heading("h1", kit.prose().sentence("headline")),
                ui.text(kit.prose().paragraph("news", 4)),
                kit.chance(0.6) ? form : "",
                ui.heading("h2", kit.prose().sentence("headline")),
                kit.chance(0.5) ? ui.table(5, 4) : "",
                "<div style='display:flow-root'>"
                        + ui.image(kit.between(140, 240), kit.between(100, 160), "float:right;margin-left:10px")
                        + ui.text(kit.prose().paragraph("news", 3)) + "</div>",
                ui.text(kit.prose().paragraph("news", 5)));
        return div(
                        "class=page style='padding-bottom:4px'",
                        div("class='row between'", ui.logo(brand), ui.search("width:200px")))
                + div("style='padding:4px var(--pad)' data-label='navigation bar'", links) + "<hr>"
                + div("class='page row top'", kit.chance(0.6) ? side : "", main);
    }
}
