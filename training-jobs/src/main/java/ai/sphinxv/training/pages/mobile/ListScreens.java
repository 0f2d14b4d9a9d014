package ai.sphinxv.training.pages.mobile;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Ui;
import java.util.List;

/** Screens of rows: lists, settings, talks, news. */
final class ListScreens {
    private final Kit kit;
    private final Ui ui;
    private final Frame frame;
    private final int rows;

    ListScreens(Kit kit, Ui ui, Frame frame, int height) {
        this.kit = kit;
        this.ui = ui;
        this.frame = frame;
        this.rows = height / 60;
    }

    String list() {
        int kind = kit.between(0, 4);
        String items = times(rows, i -> row(kind));
        boolean isCard = kit.chance(0.3);
        return frame.screen(
                kit.word("ui.side"),
                false,
                kit.chance(0.45) ? div("class=pad style='padding-bottom:0'", ui.search("")) : "",
                kit.chance(0.35) ? div("class=pad style='padding-bottom:0'", ui.tabs()) : "",
                kit.chance(0.3) ? div("class=pad style='padding-bottom:0'", ui.heading("h3", kit.word("ui.tab"))) : "",
                isCard ? div("class=pad", ui.card("", items)) : items);
    }

    private String row(int kind) {
        String person = kit.facts().person();
        return switch (kind) {
            case 0 ->
                ui.listItem(
                        ui.avatar(person, 42),
                        person,
                        kit.prose().line("chat", 30),
                        div(
                                "class=tile style='align-items:flex-end'",
                                ui.muted(kit.facts().time()),
                                kit.chance(0.4)
                                        ? ui.badge(
                                                String.valueOf(kit.between(1, 12)),
                                                "background:var(--accent);color:var(--on-accent)")
                                        : ""));
            case 1 ->
                ui.listItem(
                        ui.checkbox(""),
                        kit.prose().line("task", 28),
                        kit.facts().date(),
                        kit.chance(0.5) ? ui.badge() : ui.icon("star", 19));
            case 2 ->
                ui.listItem(
                        ui.image(52, 52, "border-radius:var(--r)"),
                        kit.prose().line("product", 24),
                        kit.word("city"),
                        span("", ui.price()));
            case 3 ->
                ui.listItem(
                        ui.icon(kit.pick("folder", "document", "image", "music note", "video"), 24),
                        kit.prose().line("task", 26),
                        kit.facts().date() + " · " + kit.between(2, 900) + " KB",
                        ui.icon("more", 19));
            default ->
                ui.listItem(
                        ui.icon(
                                kit.pick("calendar", "clock", "map pin", "phone", "truck", "credit card"),
                                22,
                                "color:var(--link)"),
                        kit.prose().line("task", 24),
                        kit.facts().ago(),
                        span("", kit.chance(0.5) ? ui.price() : kit.facts().time()));
        };
    }

    String settings() {
        List<String> names = kit.words("ui.setting", rows);
        boolean isIcon = kit.chance(0.6);
        boolean isTold = kit.chance(0.4);
        boolean isCard = kit.chance(0.5);
        StringBuilder groups = new StringBuilder();
        for (int first = 0; first < names.size(); first += 4) {
            List<String> group = names.subList(first, Math.min(names.size(), first + 4));
            String items = times(
                    group.size(),
                    i -> ui.listItem(
                            isIcon ? ui.anyIcon(21) : "",
                            group.get(i),
                            isTold ? kit.prose().line("help", 34) : "",
                            control()));
            groups.append(div(
                    "style='padding:10px var(--pad) 2px'",
                    span("class='small' style='color:var(--link);font-weight:600'", kit.word("ui.side"))));
            groups.append(isCard ? div("style='padding:2px var(--pad)'", ui.card("", items)) : items);
        }
        String person = kit.facts().person();
        String me = kit.chance(0.4)
                ? ui.listItem(ui.avatar(person, 52), person, kit.facts().email(person), ui.icon("right arrow", 20))
                : "";
        return frame.screen(
                kit.pick("Settings", "Preferences", "Options", kit.word("ui.setting")),
                kit.chance(0.6),
                me,
                groups.toString());
    }

    private String control() {
        return switch (kit.between(0, 7)) {
            case 0, 1, 2, 3 -> ui.toggle();
            case 4 -> div("class=row style='width:110px'", ui.slider());
            case 5 -> ui.muted(kit.word("ui.choice")) + ui.icon("right arrow", 18);
            case 6 -> ui.checkbox("");
            default -> ui.icon("right arrow", 18);
        };
    }

    String chat() {
        String person = kit.facts().person();
        String talk = times(
                rows,
                i -> kit.chance(0.1)
                        ? div("class='center small muted'", kit.facts().ago())
                        : div(
                                "class='bubble%s'".formatted(kit.chance(0.5) ? " me" : ""),
                                kit.chance(0.1)
                                        ? ui.image(170, 110, "border-radius:8px")
                                        : ui.text(kit.prose().sentence("chat"))));
        String send = ui.icon("send", 22, "color:var(--link)");
        String input = div(
                "class='row surface pad' style='flex-shrink:0'",
                ui.icon(kit.pick("plus", "paperclip", "camera"), 22),
                div(
                        "class='field grow' data-label='text field' style='border-radius:99px'",
                        span("class=hint", kit.pick("Message", "Type a message", "Write something...", "Aa")),
                        div("class=grow"),
                        ui.icon("smiley", 20)),
                kit.chance(0.5) ? send : ui.icon("microphone", 22));
        String bar = div(
                "data-label='app bar' class='row' style='padding:10px 14px;background:var(--nav);color:var(--nav-text);flex-shrink:0'",
                ui.icon("back arrow", 22),
                ui.avatar(person, 38),
                div(
                        "class='grow col' style='gap:0'",
                        span("style='font-weight:600'", person),
                        span("class=small", kit.pick("online", "last seen today", "typing..."))),
                ui.icon("video", 22),
                ui.icon("phone", 20));
        return frame.statusBar() + bar + div("class='main col pad' style='gap:8px'", talk) + input;
    }

    String feed() {
        String posts = times(4, i -> {
            String person = kit.facts().person();
            boolean isCard = kit.chance(0.5);
            String post = div(
                    "class='col pad'",
                    div(
                            "class=row",
                            ui.avatar(person, 38),
                            div(
                                    "class='grow col' style='gap:0'",
                                    span("style='font-weight:600'", person),
                                    ui.muted(kit.facts().ago())),
                            ui.icon("more", 20)),
                    kit.chance(0.7) ? ui.text(kit.prose().paragraph("review", kit.between(1, 2))) : "",
                    ui.image(0, kit.between(130, 260), "border-radius:var(--r)"),
                    div(
                            "class=row style='gap:18px'",
                            ui.icon("heart", 21, kit.chance(0.3) ? "color:#e0245e" : ""),
                            ui.icon("chat", 21),
                            ui.icon("send", 21),
                            div("class=grow"),
                            ui.icon("bookmark", 21)),
                    ui.muted(kit.facts().count() + " likes"));
            return isCard ? ui.card("style='margin:10px'", post) : post;
        });
        String stories = kit.chance(0.5)
                ? div(
                        "class='row pad' style='overflow:hidden'",
                        times(
                                6,
                                i -> div(
                                        "class=tile",
                                        ui.avatar(kit.facts().person(), 54),
                                        span("class=small", kit.word("first")))))
                : "";
        return frame.screen(kit.facts().brand(), false, stories, posts);
    }
}
