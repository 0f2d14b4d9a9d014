package ai.sphinxv.training.pages.mobile;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Html;
import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Ui;
import java.util.List;

/** What most screens have around their content: bars above and below, a floating button. */
final class Frame {
    private static final List<String> PLACES = List.of(
            "home|Home",
            "search|Search",
            "cart|Cart",
            "user|Profile",
            "heart|Saved",
            "bell|Alerts",
            "settings|Settings",
            "chat|Chats",
            "calendar|Calendar",
            "map pin|Nearby",
            "camera|Camera",
            "music note|Music",
            "folder|Files",
            "people|Friends",
            "bookmark|Library",
            "gift|Offers",
            "briefcase|Jobs",
            "list|Tasks",
            "grid|Explore",
            "star|Favourites",
            "mail|Mail",
            "video|Watch");

    private final Kit kit;
    private final Ui ui;
    private final int width;
    private final int height;

    Frame(Kit kit, Ui ui, int width, int height) {
        this.kit = kit;
        this.ui = ui;
        this.width = width;
        this.height = height;
    }

    /** A whole screen. */
    String screen(String title, boolean isDeep, String... content) {
        boolean isFloating = kit.chance(0.3);
        return statusBar()
                + appBar(title, isDeep)
                + div("class=main", String.join("", content), isFloating ? floating() : "")
                + (kit.chance(isDeep ? 0.3 : 0.75) ? bottom() : "");
    }

    String statusBar() {
        boolean isTinted = kit.chance(0.3);
        String time = "%d:%02d".formatted(kit.between(0, 23), kit.between(0, 59));
        boolean isIcons = !kit.materials().icons().isEmpty();
        return div(
                "data-label='status bar' class='row between' style='height:%dpx;padding:0 14px;font-size:12px;font-weight:600;flex-shrink:0;%s'"
                        .formatted(kit.between(22, 36), isTinted ? "background:var(--nav);color:var(--nav-text)" : ""),
                span("", time),
                div(
                        "class=row style='gap:5px'",
                        isIcons ? ui.icon("signal", 13) + ui.icon("wifi", 13) : "",
                        span("", kit.between(5, 100) + "%"),
                        isIcons ? ui.icon("battery", 16) : ""));
    }

    private String appBar(String title, boolean isDeep) {
        String left = isDeep ? ui.icon("back arrow", 22) : kit.chance(0.5) ? ui.icon("menu", 22) : "";
        String right = kit.pick(
                ui.icon("search", 21) + ui.icon("more", 21),
                ui.icon(kit.pick("bell", "cart", "share", "filter", "plus", "pencil"), 21),
                ui.avatar(kit.facts().person(), 30),
                "");
        boolean isLarge = kit.chance(0.25);
        boolean isMiddle = !isLarge && kit.chance(0.35);
        String name = Html.tag(
                "h3", "data-label=heading style='font-size:%s'".formatted(isLarge ? "1.7em" : "1.18em"), title);
        String row = div(
                "class=row style='gap:16px'",
                left,
                isLarge
                        ? div("class=grow")
                        : div("class='grow one'%s".formatted(isMiddle ? " style='text-align:center'" : ""), name),
                right);
        return div(
                "data-label='app bar' style='padding:%dpx 14px;flex-shrink:0;%s'"
                        .formatted(
                                kit.between(8, 15),
                                kit.chance(0.65) ? "background:var(--nav);color:var(--nav-text)" : ""),
                row,
                isLarge ? name : "");
    }

    String bottom() {
        List<String> places = kit.some(PLACES, kit.between(3, 5));
        int on = kit.between(0, places.size() - 1);
        boolean isNamed = kit.chance(0.75);
        int size = kit.between(20, 26);
        return div(
                "data-label='bottom navigation' class='row surface' style='justify-content:space-around;padding:8px 0 %dpx;border-top:1px solid var(--border);flex-shrink:0;gap:0'"
                        .formatted(kit.between(6, 18)),
                times(places.size(), i -> {
                    String[] place = places.get(i).split("\\|");
                    String color = i == on ? "color:var(--link)" : "color:var(--muted)";
                    return div(
                            "class=tile data-label=tab data-text='%s'%s style='flex:1;%s'"
                                    .formatted(place[1], i == on ? " data-state=selected" : "", color),
                            ui.icon(place[0], size),
                            isNamed ? span("style='font-size:11px'", place[1]) : "");
                }));
    }

    private String floating() {
        int size = kit.between(50, 62);
        String icon = kit.pick("plus", "plus", "pencil", "chat", "camera", "cart");
        String svg = ui.icon(icon, 24);
        return div(
                "data-label='floating action button' data-name='%s' data-color=bg class=pic-c style='position:absolute;right:%dpx;bottom:%dpx;width:%dpx;height:%dpx;border-radius:%s;background:var(--accent);color:var(--on-accent);box-shadow:0 3px 9px rgba(0,0,0,.4);font-size:26px'"
                        .formatted(
                                icon,
                                kit.between(12, 20),
                                kit.between(12, 22),
                                size,
                                size,
                                kit.pick("50%", "50%", "16px")),
                svg.isEmpty() ? "+" : svg);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }
}
