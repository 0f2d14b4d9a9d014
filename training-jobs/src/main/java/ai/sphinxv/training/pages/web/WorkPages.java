package ai.sphinxv.training.pages.web;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Charts;
import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Ui;
import java.util.List;

/** Pages of tools for work: dashboards, tables, mail, boards. */
final class WorkPages {
    private final Kit kit;
    private final Ui ui;
    private final int width;
    private final String brand;

    WorkPages(Kit kit, Ui ui, int width) {
        this.kit = kit;
        this.ui = ui;
        this.width = width;
        this.brand = kit.facts().brand();
    }

    /** The content between a side bar and a bar at the top, or below the bar only. */
    private String frame(String... content) {
        boolean isSided = width > 900 && kit.chance(0.7);
        String main = div("class='page col grow' style='overflow:hidden'", content);
        return isSided
                ? div(
                        "class='row top fill' style='gap:0'",
                        side(),
                        div("class='grow col fill' style='gap:0'", topBar(), main))
                : div("class='col fill' style='gap:0'", ui.nav(brand), main);
    }

    private String side() {
        List<String> links = kit.words("ui.side", kit.between(6, 10));
        int on = kit.between(0, links.size() - 1);
        return div(
                "class=side data-label='navigation bar' style='width:%dpx'".formatted(kit.between(170, 230)),
                div("style='padding:0 var(--pad) 14px'", ui.logo(brand)),
                times(
                        links.size(),
                        i -> span(
                                "class='link%s' data-label=link%s"
                                        .formatted(i == on ? " on" : "", i == on ? " data-state=selected" : ""),
                                ui.anyIcon(ui.look().size() + 3),
                                span("", links.get(i)))));
    }

    private String topBar() {
        return div(
                "class='nav' data-label='navigation bar'",
                ui.search("width:%dpx".formatted(kit.between(180, 320))),
                div("class=grow"),
                ui.icon(kit.pick("bell", "mail", "help"), 20),
                ui.icon(kit.pick("settings", "moon", "globe", "chat"), 20),
                ui.avatar(kit.facts().person(), 32));
    }

    private String title(String text) {
        return div(
                "class='row between'",
                ui.heading(kit.pick("h1", "h2"), text),
                div(
                        "class=row",
                        kit.chance(0.5) ? ui.dropdown(kit.word("ui.choice"), "width:150px") : "",
                        ui.button()));
    }

    String dashboard() {
        return frame(
                title(kit.word("ui.side")),
                metrics(),
                kit.chance(0.35) ? ui.tabs() : "",
                div(
                        "class='row top' style='align-items:stretch'",
                        chart("flex:2"),
                        kit.chance(0.7) ? goals() : people()),
                kit.chance(0.6)
                        ? ui.card("", ui.table(kit.between(3, 7), kit.between(3, 6)))
                        : div("class='row top' style='align-items:stretch'", people(), chart("flex:2"), goals()));
    }

    private String metrics() {
        List<String> names = kit.words("ui.metric", width > 1050 ? kit.between(3, 5) : 3);
        boolean isIcon = kit.chance(0.5);
        return div(
                "class=grid style='grid-template-columns:repeat(%d,1fr)'".formatted(names.size()),
                times(
                        names.size(),
                        i -> ui.card(
                                "",
                                div(
                                        "class='pad row top between'",
                                        div(
                                                "class=col style='gap:.2em'",
                                                ui.muted(names.get(i)),
                                                span(
                                                        "class=big",
                                                        kit.chance(0.5)
                                                                ? kit.facts().count()
                                                                : ui.price()),
                                                kit.chance(0.6)
                                                        ? ui.badge(
                                                                kit.pick("+", "-")
                                                                        + kit.facts()
                                                                                .percent(),
                                                                "")
                                                        : ""),
                                        isIcon ? ui.anyIcon(26) : ""))));
    }

    private String chart(String style) {
        return ui.card(
                "style='%s'".formatted(style),
                div(
                        "class='pad col'",
                        div("class='row between'", ui.heading("h3", kit.word("ui.metric")), ui.icon("more", 18)),
                        div("style='height:%dpx'".formatted(kit.between(120, 220)), Charts.plain(kit))));
    }

    private String goals() {
        return ui.card(
                "style='flex:1'",
                div(
                        "class='pad col'",
                        ui.heading("h3", kit.word("ui.metric")),
                        times(
                                kit.between(2, 4),
                                i -> div(
                                        "",
                                        div(
                                                "class='row between small'",
                                                span("class=one", kit.prose().line("task", 20)),
                                                span("class=muted", kit.facts().percent())),
                                        div("class=row", ui.progress())))));
    }

    private String people() {
        return ui.card(
                "style='flex:1'",
                div("class='pad'", ui.heading("h3", kit.word("ui.side"))),
                times(kit.between(3, 4), i -> {
                    String person = kit.facts().person();
                    return ui.listItem(
                            ui.avatar(person, 34), person, kit.facts().ago(), kit.chance(0.5) ? ui.badge() : "");
                }));
    }

    String table() {
        return frame(
                title(kit.word("ui.side")),
                kit.chance(0.5) ? ui.tabs() : "",
                div(
                        "class=row",
                        ui.search("width:240px"),
                        ui.dropdown(kit.word("ui.choice"), "width:170px"),
                        kit.chance(0.5) ? ui.dropdown(kit.word("ui.choice"), "width:170px") : "",
                        div("class=grow"),
                        ui.icon("filter", 18),
                        ui.icon("download", 18)),
                ui.card("", ui.table(kit.between(7, 14), width > 1000 ? kit.between(4, 7) : 4)),
                div(
                        "class='row between'",
                        ui.muted("Showing 1 to 10 of " + kit.between(11, 400)),
                        div("class=row", ui.button("Previous", "second"), ui.button("Next", "second"))));
    }

    String inbox(int height) {
        int rows = height / 64;
        String list = times(rows, i -> {
            String person = kit.facts().person();
            return ui.listItem(
                    (kit.chance(0.5) ? ui.checkbox("") : "") + ui.avatar(person, 36),
                    person,
                    kit.prose().line("chat", 42),
                    ui.muted(kit.facts().time()) + (kit.chance(0.3) ? ui.icon("star", 16) : ""));
        });
        boolean isSplit = width > 1000 && kit.chance(0.6);
        String message = div(
                "class='page col grow'",
                div(
                        "class='row between'",
                        ui.heading("h2", kit.prose().line("task", 36)),
                        div("class=row", ui.icon("trash", 18), ui.icon("share", 18), ui.icon("more", 18))),
                div(
                        "class=row",
                        ui.avatar(kit.facts().person(), 40),
                        div(
                                "class='col' style='gap:0'",
                                span("", kit.facts().person()),
                                ui.muted(kit.facts().date()))),
                ui.text(kit.prose().paragraph("letter", 3)),
                ui.text(kit.prose().paragraph("letter", 2)),
                kit.chance(0.5) ? ui.image(kit.between(180, 320), kit.between(120, 200), "border-radius:var(--r)") : "",
                div("class=row", ui.button("Reply", ""), ui.button()));
        return frame(
                div("class=row", ui.search("flex:1"), ui.roundButton("refresh", 18), ui.button()),
                div(
                        "class='row top grow' style='align-items:stretch'",
                        ui.card("style='flex:1;min-width:300px'", list),
                        isSplit ? message : ""));
    }

    String board() {
        int columns = width > 1100 ? kit.between(3, 4) : 3;
        return frame(
                title(kit.word("ui.side")),
                kit.chance(0.5) ? ui.tabs() : "",
                div(
                        "class='grid grow' style='grid-template-columns:repeat(%d,1fr);align-items:start'"
                                .formatted(columns),
                        times(
                                columns,
                                c -> div(
                                        "class='col'",
                                        div(
                                                "class='row between'",
                                                ui.heading("h3", kit.word("ui.tab")),
                                                ui.badge(String.valueOf(kit.between(1, 20)), "")),
                                        times(kit.between(2, 5), i -> task())))));
    }

    private String task() {
        return ui.card(
                "",
                kit.chance(0.2) ? ui.image(0, kit.between(70, 110), "") : "",
                div(
                        "class='pad col'",
                        div("class='row between'", ui.badge(), ui.icon("more", 16)),
                        span("", kit.prose().line("task", 40)),
                        kit.chance(0.3) ? div("class=row", ui.progress()) : "",
                        div(
                                "class='row between'",
                                ui.muted(kit.facts().date()),
                                ui.avatar(kit.facts().person(), 26))));
    }
}
