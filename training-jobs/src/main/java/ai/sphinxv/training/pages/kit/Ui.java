package ai.sphinxv.training.pages.kit;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;

import java.util.List;

/** Parts of user interfaces as HTML, each saying in its attributes what it is. */
public final class Ui {
    private final Kit kit;
    private final Look look;
    private final String currency;
    private final boolean isNative;

    public Ui(Kit kit, Look look) {
        this.kit = kit;
        this.look = look;
        this.currency = kit.facts().currency();
        this.isNative = kit.chance(0.25);
    }

    public Look look() {
        return look;
    }

    /** Of so many CSS pixels; nothing where there is no icon set. */
    public String icon(String name, int size) {
        return icon(name, size, "");
    }

    public String icon(String name, int size, String style) {
        String svg = kit.materials().icons().svg(name);
        return svg.isEmpty()
                ? ""
                : span(
                        "class=ic data-label=icon data-name='%s' data-color=fg style='width:%dpx;height:%dpx;%s'"
                                .formatted(name, size, size, style),
                        svg);
    }

    public String anyIcon(int size) {
        return kit.materials().icons().isEmpty()
                ? ""
                : icon(kit.pick(kit.materials().icons().names()), size);
    }

    public String button() {
        return button(kit.word("ui.button"), kit.pick("", "", "", "second", "second", "ghost", "good", "danger"));
    }

    /** Filled unless its classes say otherwise; now and then with an icon, now and then disabled. */
    public String button(String text, String classes) {
        boolean isOff = kit.chance(0.05);
        String icon = kit.chance(0.22) && !kit.materials().icons().isEmpty() ? anyIcon(look.size() + 2) : "";
        return span(
                "class='btn %s%s' data-label=button data-color=bg%s"
                        .formatted(classes, isOff ? " off" : "", isOff ? " data-state=disabled" : ""),
                icon,
                span("", text));
    }

    public String roundButton(String icon, int size) {
        return kit.materials().icons().isEmpty()
                ? ""
                : span(
                        "class='btn round %s' data-label=button data-name='%s' data-color=bg"
                                .formatted(kit.pick("", "second"), icon),
                        icon(icon, size));
    }

    public String link() {
        return link(kit.word("ui.link"));
    }

    public String link(String text) {
        return span("class=link data-label=link", text);
    }

    public String heading(String level, String text) {
        return Html.tag(level, "data-label=heading", text);
    }

    public String text(String text) {
        return Html.tag("p", "data-label=text", text);
    }

    public String muted(String text) {
        return span("class='muted small one'", text);
    }

    public String search(String width) {
        boolean isFilled = kit.chance(0.2);
        String says = isFilled ? kit.word("item") + " " + kit.word("place") : kit.word("ui.search");
        String icon = icon("search", look.size() + 2, "color:var(--muted)");
        return div(
                "class='field search' data-label='search bar' style='%s'".formatted(width),
                kit.chance(0.8) ? icon : "",
                span(isFilled ? "" : "class=hint", says));
    }

    /** Its name above it and a value or a hint in it. */
    public String field(String name) {
        boolean isFilled = kit.chance(0.55);
        String says = isFilled
                ? Entries.of(kit, name, currency)
                : kit.pick(
                        "Enter your " + name.toLowerCase(java.util.Locale.ROOT),
                        name,
                        "e.g. " + Entries.of(kit, name, currency),
                        "");
        boolean isFocused = kit.chance(0.07);
        boolean isOff = kit.chance(0.05);
        String box = div(
                "class='field %s' data-label='text field'%s"
                        .formatted(isFocused ? "focus" : isOff ? "off" : "", isOff ? " data-state=disabled" : ""),
                kit.chance(0.12) ? anyIcon(look.size()) : "",
                span(isFilled ? "" : "class=hint", says));
        return div("class=fieldbox", span("class=small style='display:block;margin-bottom:.25em'", name), box);
    }

    public String checkbox(String text) {
        boolean isOn = kit.chance(0.5);
        String state = "data-label=checkbox data-state=%s".formatted(isOn ? "checked" : "unchecked");
        String box = isNative
                ? "<input type=checkbox %s %s>".formatted(state, isOn ? "checked" : "")
                : span("class='cb%s' data-color=bg %s".formatted(isOn ? " on" : "", state));
        return div("class=row", box, span("class=one", text));
    }

    /** A group of them of which one is chosen. */
    public String radios(List<String> texts) {
        int chosen = kit.between(0, texts.size() - 1);
        return Html.times(texts.size(), i -> {
            String state = "data-label='radio button' data-state=%s".formatted(i == chosen ? "selected" : "unselected");
            String dot = isNative
                    ? "<input type=radio name=r %s %s>".formatted(state, i == chosen ? "checked" : "")
                    : span("class='rb%s' %s".formatted(i == chosen ? " on" : "", state));
            return div("class=row", dot, span("class=one", texts.get(i)));
        });
    }

    public String toggle() {
        boolean isOn = kit.chance(0.5);
        return span(
                "class='sw%s' data-label=switch data-color=bg data-state=%s"
                        .formatted(isOn ? " on" : "", isOn ? "on" : "off"),
                "<i></i>");
    }

    public String slider() {
        int at = kit.between(5, 95);
        return isNative
                ? "<input type=range data-label=slider data-value='%1$d%%' value=%1$d style='flex:1;min-width:80px'>"
                        .formatted(at)
                : div(
                        "class=sl data-label=slider data-value='%d%%'".formatted(at),
                        "<b></b><u style='width:%1$d%%'></u><i style='left:%1$d%%'></i>".formatted(at));
    }

    public String progress() {
        int at = kit.between(4, 100);
        return div(
                "class=bar data-label='progress bar' data-value='%d%%'".formatted(at),
                "<i style='width:%d%%'></i>".formatted(at));
    }

    public String dropdown(String text, String style) {
        return div(
                "class='field row between' data-label=dropdown style='%s'".formatted(style),
                span("", text),
                icon("down arrow", look.size() + 1));
    }

    public String badge() {
        String text = kit.word("ui.badge");
        if (kit.chance(0.35)) {
            return badge(text, "");
        }
        boolean isPale = kit.chance(0.4);
        double hue = Look.hue(kit);
        String style = isPale
                ? "background:%s;color:%s".formatted(Look.hsl(hue, 75, 88), Look.hsl(hue, 80, 24))
                : "background:%s;color:#fff".formatted(Look.hsl(hue, 75, hue > 42 && hue < 190 ? 32 : 45));
        return badge(text, style);
    }

    public String badge(String text, String style) {
        return span("class=badge data-label=badge data-color=bg style='%s'".formatted(style), text);
    }

    /** Of so many CSS pixels: initials or a picture. */
    public String avatar(String person, int size) {
        boolean isPhoto = kit.chance(0.35);
        String inside = isPhoto ? face() : kit.facts().initials(person);
        return span(
                "class=av data-label=avatar style='width:%1$dpx;height:%1$dpx;font-size:%2$dpx;background:%3$s'"
                        .formatted(size, size * 2 / 5, Look.hsl(Look.hue(kit), 50, kit.between(32, 48))),
                inside);
    }

    private String face() {
        String skin = Look.hsl(kit.between(18, 34), kit.between(35, 60), kit.between(35, 80));
        String hair = Look.hsl(kit.between(10, 45), kit.between(10, 60), kit.between(8, 55));
        return """
                <svg viewBox='0 0 40 40' width='100%%' height='100%%'><rect width='40' height='40' fill='%s'/><path d='M%d 40q2-14 %d-14t%d 14' fill='%s'/>
                <ellipse cx='20' cy='17' rx='9.5' ry='10.5' fill='%s'/><circle cx='20' cy='18' r='8' fill='%s'/><circle cx='17' cy='18' r='1'/><circle cx='23' cy='18' r='1'/>
                <path d='M17 22q3 %d 6 0' stroke='#000' fill='none'/></svg>""".formatted(look.tint(50, 80), 5, 15, 15, look.tint(55, 45), hair, skin, kit.between(0, 4));
    }

    public String image(int width, int height, String style) {
        return div(
                "class=img data-label=image style='width:%s;height:%dpx;%s'"
                        .formatted(width == 0 ? "100%" : width + "px", height, style),
                Pictures.any(kit, width == 0 ? 200 : width, height));
    }

    public String logo(String brand) {
        String mark = kit.pick(
                "<svg width=%1$d height=%1$d viewBox='0 0 20 20'><circle cx=10 cy=10 r=9 fill='%2$s'/><path d='M5 12l5-7 5 7z' fill='%3$s'/></svg>",
                "<svg width=%1$d height=%1$d viewBox='0 0 20 20'><rect width=20 height=20 rx=5 fill='%2$s'/><circle cx=10 cy=10 r=5 fill='%3$s'/></svg>",
                "<svg width=%1$d height=%1$d viewBox='0 0 20 20'><path d='M10 0l10 20H0z' fill='%2$s'/><path d='M10 8l5 12H5z' fill='%3$s'/></svg>",
                "<svg width=%1$d height=%1$d viewBox='0 0 20 20'><rect width=9 height=20 fill='%2$s'/><rect x=11 y=6 width=9 height=14 fill='%3$s'/></svg>");
        boolean isWord = kit.chance(0.25);
        String name = span(
                "style='font-family:var(--head);font-weight:700;font-size:%s;white-space:nowrap'"
                        .formatted(kit.pick("1.15em", "1.3em", "1.45em")),
                brand);
        return span(
                "class=row data-label=logo data-name='%s' style='gap:.45em;display:inline-flex'".formatted(brand),
                isWord ? "" : mark.formatted(look.size() + kit.between(6, 14), look.tint(70, 45), look.tint(70, 80)),
                isWord || kit.chance(0.85) ? name : "");
    }

    /** Links in a bar at the top. */
    public String nav(String brand) {
        List<String> links = kit.words("ui.nav", kit.between(3, 6));
        int on = kit.between(0, links.size());
        String items = Html.times(
                links.size(),
                i -> span(
                        "class='link%s' data-label=link%s"
                                .formatted(i == on ? " on" : "", i == on ? " data-state=selected" : ""),
                        links.get(i)));
        String right = kit.pick(
                icon("cart", 20) + icon("user", 20),
                button(kit.pick(List.of(kit.word("ui.button"))), kit.pick("", "second")),
                icon("bell", 19) + avatar(kit.facts().person(), 30),
                search("width:%dpx".formatted(kit.between(140, 260))),
                icon("search", 20) + icon("menu", 22));
        return div(
                "class=nav data-label='navigation bar'",
                logo(brand),
                div(
                        "class='row grow' style='gap:var(--nav-gap);%s'"
                                .formatted(kit.pick("", "justify-content:center", "justify-content:flex-end")),
                        items),
                right);
    }

    public String tabs() {
        List<String> names = kit.words("ui.tab", kit.between(3, 5));
        int on = kit.between(0, names.size() - 1);
        return div(
                "class=tabs",
                Html.times(
                        names.size(),
                        i -> span(
                                "class='tab%s' data-label=tab%s"
                                        .formatted(i == on ? " on" : "", i == on ? " data-state=selected" : ""),
                                names.get(i))));
    }

    public String price() {
        return kit.facts().price(currency);
    }

    public String stars() {
        int stars = kit.between(2, 5);
        return span(
                "class='small row' style='gap:.3em'",
                span("class=stars data-no-lines", "★".repeat(stars) + "☆".repeat(5 - stars)),
                muted("(" + kit.between(2, 980) + ")"));
    }

    public String listItem(String left, String title, String below, String right) {
        return div(
                "class=item data-label='list item' data-text='%s'".formatted(title),
                left,
                div("class='grow col' style='gap:.1em'", span("class=one", title), below.isEmpty() ? "" : muted(below)),
                right);
    }

    public String card(String attributes, String... content) {
        return div("class='card' data-label=card " + attributes, content);
    }

    /** Rows of facts in columns that fit together. */
    public String table(int rows, int columns) {
        return new Table(kit, this).of(rows, columns);
    }
}
