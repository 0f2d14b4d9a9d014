package ai.sphinxv.training.pages.web;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Ui;
import java.util.List;

/** Pages of shops: shelves, one product, the cart, plans. */
final class ShopPages {
    private final Kit kit;
    private final Ui ui;
    private final int width;
    private final String brand;

    ShopPages(Kit kit, Ui ui, int width) {
        this.kit = kit;
        this.ui = ui;
        this.width = width;
        this.brand = kit.facts().brand();
    }

    String catalogue() {
        boolean isFiltered = width > 950 && kit.chance(0.65);
        int columns = Math.max(2, (width - (isFiltered ? 230 : 0)) / kit.between(190, 270));
        int tall = kit.between(110, 190);
        boolean isCentered = kit.chance(0.2);
        boolean isButton = kit.chance(0.6);
        boolean isStarred = kit.chance(0.5);
        String shelf = div(
                "class=grid style='grid-template-columns:repeat(%d,1fr)'".formatted(columns),
                times(columns * 3, i -> product(tall, isCentered, isButton, isStarred)));
        String main = div(
                "class='col grow'",
                ui.heading("h1", kit.word("ui.nav")),
                div(
                        "class='row between'",
                        ui.muted(kit.between(12, 400) + " results"),
                        ui.dropdown(kit.word("ui.choice"), "width:190px")),
                shelf);
        return ui.nav(brand)
                + (kit.chance(0.3) ? banner() : "")
                + div("class='page row top' style='gap:calc(var(--gap)*2)'", isFiltered ? filters() : "", main);
    }

    private String product(int tall, boolean isCentered, boolean isButton, boolean isStarred) {
        String badge = kit.chance(0.25) ? div("style='position:absolute;left:8px;top:8px;z-index:1'", ui.badge()) : "";
        return ui.card(
                "style='position:relative'",
                badge,
                ui.image(0, tall, ""),
                div(
                        "class='pad col %s' style='gap:.35em'".formatted(isCentered ? "center" : ""),
                        span("class=one", kit.prose().line("product", 26)),
                        isStarred ? ui.stars() : "",
                        div(
                                "class='row between'",
                                span("style='font-weight:700'", ui.price()),
                                kit.chance(0.4) ? ui.icon("heart", 18) : ""),
                        isButton
                                ? ui.button(
                                        kit.pick("Add to cart", "Add to bag", "Buy now", "View details"),
                                        kit.pick("", "second"))
                                : ""));
    }

    private String banner() {
        return div(
                "class='page row between soft'",
                div(
                        "class=col",
                        ui.heading("h1", kit.prose().line("headline", 40)),
                        ui.text(kit.prose().sentence("shop")),
                        div("class=row", ui.button())),
                ui.image(kit.between(200, 320), 130, "border-radius:var(--card-r)"));
    }

    private String filters() {
        List<String> choices = kit.words("ui.choice", 9);
        return div(
                "class=col style='width:200px;flex-shrink:0'",
                ui.heading("h3", kit.word("ui.column")),
                times(4, i -> ui.checkbox(choices.get(i))),
                ui.heading("h3", kit.word("ui.column")),
                ui.slider(),
                ui.muted(ui.price() + " to " + ui.price()),
                ui.heading("h3", kit.word("ui.column")),
                ui.radios(choices.subList(4, 7)),
                ui.checkbox(choices.get(7)),
                kit.chance(0.5) ? ui.link() : "",
                ui.button(kit.pick("Apply filters", "Reset", "Clear all"), "second"));
    }

    String product() {
        List<String> choices = kit.words("ui.choice", 6);
        int side = Math.min(460, width * 2 / 5);
        String pictures = div(
                "class=col",
                ui.image(side, side * kit.between(75, 105) / 100, "border-radius:var(--card-r)"),
                div(
                        "class=row",
                        times(kit.between(3, 4), i -> ui.image(side / 5, side / 5, "border-radius:var(--r)"))));
        String facts = div(
                "class='col grow'",
                kit.chance(0.5) ? ui.badge() : "",
                ui.heading("h1", kit.prose().line("product", 40)),
                ui.stars(),
                span("class=big", ui.price()),
                ui.text(kit.prose().paragraph("shop", 3)),
                kit.chance(0.5)
                        ? div("class='col'", ui.radios(choices.subList(0, 3)))
                        : div(
                                "class=row",
                                ui.dropdown(choices.get(0), "width:180px"),
                                ui.dropdown(choices.get(1), "width:150px")),
                div(
                        "class=row",
                        ui.button("Add to cart", ""),
                        ui.button(kit.word("ui.button"), "second"),
                        ui.roundButton("heart", 18)),
                ui.checkbox(choices.get(4)),
                ui.link(),
                div("class=row", ui.icon("truck", 20), ui.muted(kit.prose().line("shop", 40))));
        return ui.nav(brand)
                + div(
                        "class='page row top' style='gap:calc(var(--gap)*2.5)'",
                        kit.chance(0.85) ? pictures + facts : facts + pictures)
                + div(
                        "class=page",
                        ui.tabs(),
                        div("class='pad col'", ui.text(kit.prose().paragraph("shop", 5)), times(3, i -> review())));
    }

    private String review() {
        String person = kit.facts().person();
        return div(
                "class='row top'",
                ui.avatar(person, 38),
                div(
                        "class='col grow' style='gap:.2em'",
                        div("class=row", span("", person), ui.stars()),
                        ui.text(kit.prose().paragraph("review", 2))));
    }

    String cart() {
        String items = times(
                kit.between(2, 5),
                i -> ui.listItem(
                        ui.image(64, 64, "border-radius:var(--r)"),
                        kit.prose().line("product", 30),
                        kit.word("ui.choice"),
                        ui.dropdown(String.valueOf(kit.between(1, 5)), "width:74px")
                                + span("style='width:90px;text-align:right'", ui.price())
                                + ui.icon(kit.pick("trash", "close"), 18)));
        String sum = ui.card(
                "style='width:290px;flex-shrink:0'",
                div(
                        "class='pad col'",
                        ui.heading("h2", kit.pick("Order summary", "Summary", "Your order")),
                        line("Subtotal"),
                        line("Delivery"),
                        line("Tax"),
                        line("Total"),
                        ui.field("Coupon code"),
                        ui.button("Apply", "second"),
                        ui.button("Checkout", "wide"),
                        ui.checkbox(kit.word("ui.choice")),
                        ui.link()));
        return ui.nav(brand)
                + div(
                        "class='page col'",
                        ui.heading("h1", kit.pick("Shopping cart", "Your bag", "Your cart", "Basket")),
                        div("class='row top'", ui.card("style='flex:1'", items), sum),
                        ui.heading("h2", "You may also like"),
                        div(
                                "class=grid style='grid-template-columns:repeat(4,1fr)'",
                                times(4, i -> product(110, false, false, true))));
    }

    private String line(String name) {
        return div("class='row between'", span("", name), span("", ui.price()));
    }

    String pricing() {
        int plans = width > 1000 ? kit.between(3, 4) : 3;
        String cards = div(
                "class=grid style='grid-template-columns:repeat(%d,1fr);width:100%%'".formatted(plans),
                times(
                        plans,
                        i -> ui.card(
                                "",
                                div(
                                        "class='pad col' style='padding:22px'",
                                        ui.heading(
                                                "h2", kit.pick("Free", "Basic", "Plus", "Team", "Business", "Premium")),
                                        kit.chance(0.3) ? ui.badge() : "",
                                        span("class=big", ui.price()),
                                        ui.muted(kit.pick("per month", "per user and month", "billed yearly")),
                                        ui.button(
                                                kit.pick("Choose plan", "Get started", "Start free trial"),
                                                kit.pick("wide", "wide second")),
                                        times(
                                                kit.between(3, 6),
                                                j -> div(
                                                        "class=row",
                                                        ui.icon("check", 16, "color:#1f9d4d"),
                                                        span(
                                                                "class='small one'",
                                                                kit.prose().line("task", 26))))))));
        return ui.nav(brand)
                + div(
                        "class='page col center'",
                        ui.heading("h1", kit.pick("Plans and pricing", "Choose your plan", "Simple prices")),
                        ui.text(kit.prose().sentence("help")),
                        div("class=row", span("", "Monthly"), ui.toggle(), span("", "Yearly")),
                        cards,
                        ui.heading("h2", "Questions"),
                        times(3, i -> ui.listItem("", kit.prose().line("help", 50), "", ui.icon("plus", 18))));
    }
}
