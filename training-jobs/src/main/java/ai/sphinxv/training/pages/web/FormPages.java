package ai.sphinxv.training.pages.web;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Ui;
import java.util.List;

/** Pages to fill in: sign in, long forms, settings. */
final class FormPages {
    private final Kit kit;
    private final Ui ui;
    private final int width;
    private final String brand;

    FormPages(Kit kit, Ui ui, int width) {
        this.kit = kit;
        this.ui = ui;
        this.width = width;
        this.brand = kit.facts().brand();
    }

    String login(int height) {
        boolean isNew = kit.chance(0.4);
        String form = div(
                "class='pad col' style='padding:28px'",
                kit.chance(0.7) ? ui.logo(brand) : "",
                ui.heading(
                        "h1",
                        isNew
                                ? kit.pick("Create your account", "Sign up", "Join " + brand)
                                : kit.pick("Welcome back", "Sign in", "Log in to " + brand)),
                kit.chance(0.5) ? ui.text(kit.prose().sentence("help")) : "",
                isNew ? ui.field("Full name") : "",
                ui.field(kit.pick("Email", "Username", "Email address")),
                ui.field("Password"),
                div("class='row between'", ui.checkbox("Remember me"), ui.link("Forgot password?")),
                ui.button(isNew ? "Create account" : kit.pick("Sign in", "Log in"), "wide"),
                kit.chance(0.6)
                        ? div(
                                "class='col'",
                                div("class='muted small center'", "or"),
                                ui.button("Continue with " + kit.facts().brand(), "second wide"),
                                ui.button("Continue with email", "second wide"))
                        : "",
                div(
                        "class='row small' style='justify-content:center'",
                        span("class=muted", isNew ? "Already a member?" : "New here?"),
                        ui.link(isNew ? "Sign in" : "Create an account")));
        String card = ui.card("style='width:%dpx;flex-shrink:0'".formatted(kit.between(340, 440)), form);
        if (width > 950 && kit.chance(0.5)) {
            String picture = ui.image(0, height, "width:50%");
            String half = div("class='row' style='width:50%;justify-content:center'", card);
            return div("class='row fill' style='gap:0'", kit.chance(0.5) ? picture + half : half + picture);
        }
        return (kit.chance(0.4) ? ui.nav(brand) : "")
                + div("class='row' style='justify-content:center;min-height:90%'", card);
    }

    String longForm() {
        List<String> names = kit.words("ui.field", 10);
        List<String> choices = kit.words("ui.choice", 9);
        int columns = kit.pick(1, 2, 2);
        String fields = div(
                "class=grid style='grid-template-columns:repeat(%d,1fr)'".formatted(columns),
                times(kit.between(5, 10), i -> ui.field(names.get(i))));
        String form = div(
                "class='col grow'",
                ui.heading(
                        "h1",
                        kit.pick(
                                "Contact us",
                                "New request",
                                "Shipping details",
                                "Book a visit",
                                "Application",
                                "Edit profile",
                                "New customer",
                                "Registration")),
                ui.text(kit.prose().paragraph("help", 2)),
                fields,
                div("class=row", ui.dropdown(choices.get(0), "flex:1"), ui.dropdown(choices.get(1), "flex:1")),
                ui.heading("h3", kit.word("ui.column")),
                div(kit.pick("class='row wrap'", "class=col"), ui.radios(choices.subList(2, 5))),
                div(
                        "class='field' data-label='text field' style='height:%dpx;align-items:flex-start'"
                                .formatted(kit.between(70, 120)),
                        span(kit.chance(0.5) ? "class=hint" : "", kit.prose().line("chat", 46))),
                kit.chance(0.7) ? div("class=row", ui.muted(kit.word("ui.column")), ui.slider()) : "",
                ui.checkbox(choices.get(6)),
                ui.checkbox(choices.get(7)),
                div(
                        "class=row",
                        ui.button(kit.pick("Submit", "Send", "Continue", "Save"), ""),
                        ui.button(kit.pick("Cancel", "Back", "Reset"), "second")));
        String steps = kit.chance(0.4) ? div("class=row", ui.progress(), ui.muted("Step 2 of 4")) : "";
        String aside = width > 900 && kit.chance(0.6)
                ? ui.card(
                        "style='width:260px;flex-shrink:0'",
                        ui.image(0, 130, ""),
                        div(
                                "class='pad col'",
                                ui.heading("h3", kit.prose().line("product", 24)),
                                ui.text(kit.prose().paragraph("help", 2)),
                                ui.link()))
                : "";
        return ui.nav(brand)
                + div(
                        "class='page col' style='max-width:1000px;margin:auto'",
                        steps,
                        div("class='row top' style='gap:calc(var(--gap)*2)'", form, aside));
    }

    String settings() {
        List<String> names = kit.words("ui.setting", 14);
        List<String> links = kit.words("ui.side", 7);
        int on = kit.between(0, 6);
        boolean isIcon = kit.chance(0.5);
        String menu = ui.card(
                "style='width:210px;flex-shrink:0'",
                times(
                        7,
                        i -> ui.listItem(
                                isIcon ? ui.anyIcon(18) : "",
                                links.get(i),
                                "",
                                i == on ? ui.icon("right arrow", 16) : "")));
        boolean isTold = kit.chance(0.6);
        int half = kit.between(3, 6);
        String first = section(names.subList(0, half), isTold);
        String second = section(names.subList(half, half + kit.between(3, 6)), isTold);
        String account = div(
                "class=row",
                ui.avatar(kit.facts().person(), 64),
                div(
                        "class='col' style='gap:.1em'",
                        ui.heading("h3", kit.facts().person()),
                        ui.muted(kit.facts().email(kit.facts().person()))),
                div("class=grow"),
                ui.button(kit.pick("Upload", "Edit", "Change password"), "second"),
                ui.button("Remove", "danger"));
        String main = div(
                "class='col grow'",
                ui.heading("h1", kit.pick("Settings", "Preferences", "Account settings", "Options")),
                kit.chance(0.5) ? ui.tabs() : "",
                kit.chance(0.5) ? account : "",
                first,
                second,
                div("class=row", ui.button("Save changes", ""), ui.button("Cancel", "second")));
        return ui.nav(brand)
                + div("class='page row top' style='gap:calc(var(--gap)*2)'", kit.chance(0.65) ? menu + main : main);
    }

    private String section(List<String> names, boolean isTold) {
        return ui.card(
                "",
                div("class=pad style='padding-bottom:0'", ui.heading("h3", kit.word("ui.side"))),
                times(
                        names.size(),
                        i -> ui.listItem("", names.get(i), isTold ? kit.prose().line("help", 60) : "", control())));
    }

    private String control() {
        return switch (kit.between(0, 9)) {
            case 0, 1, 2 -> ui.toggle();
            case 3 -> ui.checkbox("");
            case 4 -> ui.dropdown(kit.word("ui.choice"), "width:160px");
            case 5, 8, 9 -> div("class=row style='width:180px'", ui.slider());
            case 6 -> ui.button(kit.word("ui.button"), "second");
            default -> ui.link(kit.pick("Change", "Edit", "Manage"));
        };
    }
}
