package ai.sphinxv.training.pages.document;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;
import static ai.sphinxv.training.pages.kit.Html.tag;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Kit;
import java.util.List;

/** Letters, invoices, forms and slides. */
final class Letters {
    private final Kit kit;
    private final Parts parts;
    private final int height;
    private final String company;

    Letters(Kit kit, Parts parts, int height) {
        this.kit = kit;
        this.parts = parts;
        this.height = height;
        this.company = kit.facts().company();
    }

    /** 11 and 12 invoices, 13 letters, 14 slides, above that forms. */
    String page(int kind) {
        return switch (kind) {
            case 11, 12 -> invoice();
            case 13 -> letter();
            case 14 -> slide();
            default -> form();
        };
    }

    private String head() {
        String mark =
                "<svg width=40 height=40 data-label=figure viewBox='0 0 40 40'><circle cx=20 cy=20 r=18 fill='var(--accent)'/><path d='M%d 30L20 8L%d 30Z' fill='#fff'/></svg>"
                        .formatted(kit.between(6, 14), kit.between(26, 34));
        String name = parts.title("h2", company, "font-size:1.7em;color:var(--accent)");
        String address = tag(
                "div",
                "data-label=text style='font-size:.9em;text-align:%s'".formatted(kit.pick("left", "right")),
                kit.facts().street() + "<br>" + kit.facts().town() + "<br>"
                        + kit.facts().phone());
        return div(
                "class='row between' style='margin-bottom:1.6em'",
                div("class=row", kit.chance(0.7) ? mark : "", name),
                address);
    }

    private String address() {
        return tag(
                "div",
                "data-label=text style='margin-bottom:1.4em;width:45%'",
                kit.facts().person() + "<br>" + kit.facts().company() + "<br>"
                        + kit.facts().street() + "<br>" + kit.facts().town());
    }

    private String invoice() {
        String sign = kit.facts().currency();
        int rows = kit.between(3, 12);
        String items = times(
                rows,
                i -> tag(
                        "tr",
                        "",
                        "<td>%d</td><td>%s</td><td class=n>%d</td><td class=n>%s</td><td class=n>%s</td>"
                                .formatted(
                                        i + 1,
                                        kit.prose().line("product", 34),
                                        kit.between(1, 40),
                                        kit.facts().price(sign),
                                        kit.facts().price(sign))));
        String table = tag(
                "table",
                "data-label=table class='%s' style='margin:1em 0'"
                        .formatted(kit.pick("rules", "boxed", "headed rules", "zebra rules")),
                "<tr><th>#</th><th>%s</th><th class=n>Qty</th><th class=n>Price</th><th class=n>Amount</th></tr>"
                        .formatted(kit.pick("Item", "Description", "Service")),
                items);
        String sums = tag(
                "table",
                "data-label=table class=rules style='width:%d%%;margin-left:auto'".formatted(kit.between(32, 48)),
                times(
                        3,
                        i -> "<tr><td>%s</td><td class=n>%s</td></tr>"
                                .formatted(
                                        List.of("Subtotal", "Tax " + kit.between(5, 22) + "%", "Total due")
                                                .get(i),
                                        kit.facts().price(sign))));
        String facts = tag(
                "div",
                "data-label=text",
                times(
                        3,
                        i -> "<b>%s:</b> %s<br>"
                                .formatted(
                                        List.of("Invoice no", "Date", "Due").get(i),
                                        i == 0
                                                ? kit.facts().code()
                                                : kit.facts().date())));
        String title = parts.title(
                "h1",
                kit.pick("INVOICE", "Invoice", "Tax invoice", "Quotation", "Order confirmation", "Statement"),
                "font-size:2.2em;margin-bottom:.6em");
        return div(
                "class=sheet style='font-size:1.15em'",
                head(),
                title,
                div("class='row between' style='align-items:flex-start'", address(), facts),
                table,
                sums,
                div("class=grow"),
                kit.chance(0.7)
                        ? div(
                                "style='margin-bottom:1em' class=flow",
                                parts.title("h3", kit.pick("Payment terms", "Notes", "Terms"), ""),
                                parts.paragraph("letter", 2))
                        : "",
                parts.footer(kit.facts().email(kit.facts().person()), "Page 1 of 1"));
    }

    private String letter() {
        String body = times(kit.between(3, 6), i -> parts.paragraph("letter", kit.between(2, 4)));
        String subject = parts.title(
                "h3",
                kit.pick("Re: ", "Subject: ", "") + kit.prose().line("task", 44),
                "margin-bottom:1em;font-size:1.1em");
        return div(
                "class=sheet style='font-size:%.2fem;--para:1em'".formatted(kit.real(1.1, 1.4)),
                head(),
                address(),
                tag(
                        "div",
                        "data-label=text style='margin-bottom:1.4em;text-align:%s'"
                                .formatted(kit.pick("left", "right")),
                        kit.word("city") + ", " + kit.facts().date()),
                subject,
                div(
                        "class=flow",
                        tag("p", "data-label=text", "Dear " + kit.facts().person() + ","),
                        body,
                        kit.chance(0.3) ? parts.bullets("letter", kit.chance(0.5)) : ""),
                tag(
                        "div",
                        "data-label=text style='margin-top:1.5em'",
                        kit.pick("Yours sincerely,", "Kind regards,", "With best wishes,") + "<br><br>"
                                + kit.facts().person()),
                div("class=grow"),
                parts.footer(company + " · " + kit.facts().town(), kit.facts().domain()));
    }

    private String slide() {
        String title = parts.title(
                "h1",
                kit.prose().line(kit.pick("headline", "sciencetitle"), 44),
                "font-size:1.7em;color:%s;margin-bottom:.5em".formatted(kit.pick("inherit", "var(--accent)")));
        int wide = kit.between(240, 330);
        String figure =
                div("style='width:%dpx'".formatted(wide), parts.figure(wide, Math.min(height / 2, wide * 2 / 3)));
        String words = div(
                "class='grow'",
                kit.chance(0.7) ? parts.bullets(kit.pick("business", "help"), false) : parts.paragraph("business", 2));
        String content = switch (kit.between(0, 3)) {
            case 0 -> words;
            case 1 -> parts.table(kit.between(3, 5), kit.between(3, 5));
            case 2 -> div("class=row style='align-items:flex-start;gap:24px'", words, figure);
            default -> div("class=row style='align-items:flex-start;gap:24px'", figure, words);
        };
        return div(
                "class=sheet style='border-top:%dpx solid var(--accent)'".formatted(kit.between(0, 14)),
                title,
                div("class=grow style='overflow:hidden'", content),
                parts.footer(company, String.valueOf(kit.between(2, 40))));
    }

    private String form() {
        List<String> names = kit.words("ui.field", 14);
        String fields = times(
                names.size() / 2,
                i -> div(
                        "class=row style='margin-bottom:.9em;gap:20px'",
                        line(names.get(2 * i)),
                        kit.chance(0.7) ? line(names.get(2 * i + 1)) : ""));
        String choices = div(
                "class=row style='margin:.8em 0;flex-wrap:wrap'",
                times(
                        4,
                        i -> span(
                                "data-label=text class=row style='gap:5px'",
                                "<span style='width:.9em;height:.9em;border:1px solid'></span>",
                                span("", kit.word("ui.choice")))));
        String title = parts.title(
                "h1",
                kit.pick(
                        "Application form",
                        "Registration form",
                        "Request for a " + kit.word("work"),
                        "Claim form",
                        "Order form"),
                "font-size:1.8em;margin-bottom:.4em");
        return div(
                "class=sheet style='font-size:1.15em'",
                kit.chance(0.6) ? head() : "",
                title,
                parts.paragraph("business", 2),
                parts.title("h3", "1. " + kit.pick("Personal details", "Applicant", "Contact"), "margin:.9em 0"),
                fields,
                parts.title("h3", "2. " + kit.pick("Choices", "Options", "Services"), ""),
                choices,
                parts.table(4, 4),
                parts.paragraph("letter", 2),
                div("class=grow"),
                div("class=row style='gap:40px'", line("Date"), line("Signature")),
                parts.footer("Form " + kit.facts().code(), "Page 1 of " + kit.between(1, 4)));
    }

    private String line(String name) {
        String value = kit.chance(0.4) ? kit.facts().person() : "";
        boolean isBox = kit.chance(0.4);
        return div(
                "class=grow",
                tag("div", "data-label=text style='font-size:.85em;width:fit-content'", name),
                div(
                        "style='height:1.8em;padding:.2em .4em;%s'"
                                .formatted(isBox ? "border:.8px solid #555" : "border-bottom:.8px solid #555"),
                        value));
    }
}
