package ai.sphinxv.training.pages.scene;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Sheet;
import java.util.Locale;

/** Receipts, scanned flat or lying on something. */
final class Receipts {
    private Receipts() {}

    static Sheet sheet(Kit kit, String css) {
        boolean isScan = kit.chance(0.5);
        int paper = kit.between(300, 460);
        int width = isScan ? paper + kit.between(0, 60) : paper + kit.between(80, 260);
        int rows = kit.between(2, 9);
        double size = paper / kit.real(24, 31);
        double line = kit.real(1.2, 1.55);
        int lines = 22 + 2 * rows;
        int height = (int) Math.min(1300, lines * size * line + kit.between(20, 120));
        var fonts = kit.materials().fonts();
        String font = kit.chance(0.6) ? kit.pick(fonts.mono()) : kit.pick(fonts.sans());
        String ink = kit.pick("#111", "#222", "#333", "#444", "#2b3a67", "#5b5f7a", "#666");
        String look =
                "left:%dpx;top:%dpx;width:%dpx;padding:%.0fpx %.0fpx;background:%s;color:%s;font:%s %.1fpx/%.2f '%s';transform:rotate(%.2fdeg);%s"
                        .formatted(
                                (width - paper) / 2,
                                isScan ? 0 : kit.between(4, 30),
                                paper,
                                size,
                                size,
                                kit.pick("#fff", "#fefefe", "#f6f4ee", "#f1efe9"),
                                ink,
                                kit.pick("400", "400", "700"),
                                size,
                                line,
                                font,
                                isScan ? kit.real(-0.6, 0.6) : kit.real(-4, 4),
                                isScan ? "min-height:100%" : "box-shadow:0 2px 12px rgba(0,0,0,.5)");
        String ground = isScan ? div("style='position:absolute;inset:0;background:#fff'") : Ground.any(kit, 0.3);
        String content = ground
                + div(
                        "class=abs data-label=receipt style=\"" + look + "\"",
                        head(kit, size),
                        items(kit, rows),
                        sums(kit, size),
                        foot(kit, size));
        return Signs.page(kit, content, width, height);
    }

    private static String head(Kit kit, double size) {
        String name = kit.facts().company();
        boolean isUpper = kit.chance(0.7);
        return div(
                        "class=mid",
                        div(
                                "style='font-size:%.0fpx;font-weight:700'".formatted(size * 1.3),
                                isUpper ? name.toUpperCase(Locale.ROOT) : name),
                        kit.chance(0.5) ? div("", "(" + kit.facts().code() + ")") : "",
                        div("", cased(kit.facts().street(), isUpper)),
                        div("", cased(kit.facts().town(), isUpper)),
                        div(
                                "",
                                kit.pick("Tel: ", "TEL ", "Phone: ")
                                        + kit.facts().phone()),
                        kit.chance(0.5)
                                ? div(
                                        "",
                                        kit.pick("GST No: ", "VAT ", "Tax ID ")
                                                + kit.facts().code())
                                : "",
                        kit.chance(0.5)
                                ? div(
                                        "style='font-weight:700;margin:.3em'",
                                        kit.pick("TAX INVOICE", "CASH BILL", "RECEIPT", "SALES RECEIPT", "INVOICE"))
                                : "")
                + rule(kit)
                + pair(
                        kit.pick("Date", "DATE:", "Date:"),
                        kit.facts().date() + " " + kit.facts().time())
                + pair(kit.pick("Invoice No.", "Bill #", "Doc No:"), kit.facts().code())
                + pair(kit.pick("Cashier", "Served by", "CASHIER:"), kit.word("first"))
                + rule(kit);
    }

    private static String cased(String text, boolean isUpper) {
        return isUpper ? text.toUpperCase(Locale.ROOT) : text;
    }

    private static String items(Kit kit, int rows) {
        boolean isTwoLines = kit.chance(0.5);
        boolean isUpper = kit.chance(0.6);
        return times(rows, i -> {
                    String name = cased(kit.word("adj") + " " + kit.word(kit.pick("food", "item")), isUpper);
                    int count = kit.between(1, 9);
                    double price = kit.real(0.5, 60);
                    String total = kit.facts().decimal(count * price, 2);
                    return isTwoLines
                            ? div("", span("style='display:block'", name))
                                    + pair(
                                            "%d x %s"
                                                    .formatted(
                                                            count, kit.facts().decimal(price, 2)),
                                            total)
                            : pair(count + " " + name, total);
                })
                + rule(kit);
    }

    private static String sums(Kit kit, double size) {
        String sign = kit.facts().currency();
        return pair("Subtotal", kit.facts().price("$").substring(1))
                + pair("Tax " + kit.between(5, 20) + "%", kit.facts().price("$").substring(1))
                + div(
                        "class=row style='font-weight:700;font-size:%.0fpx'".formatted(size * kit.real(1, 1.4)),
                        span("", kit.pick("TOTAL", "Total", "Total:", "Amount due")),
                        span("", kit.facts().price(sign)))
                + pair(
                        kit.pick("Cash", "CASH", "Card", "VISA"),
                        kit.facts().price("$").substring(1))
                + pair("Change", kit.facts().price("$").substring(1))
                + rule(kit);
    }

    private static String foot(Kit kit, double size) {
        String barcode = kit.chance(0.5)
                ? "<div style='margin:6px auto;width:70%%;height:%.0fpx;background:repeating-linear-gradient(90deg,#000 0 2px,transparent 2px 3px,#000 3px 4px,transparent 4px 7px,#000 7px 8px,transparent 8px 10px)'></div>"
                        .formatted(size * 2.6)
                : "";
        return div(
                "class=mid",
                barcode,
                div("", kit.pick("THANK YOU", "Thank you!", "Thank you for shopping", "*** THANK YOU ***")),
                div(
                        "",
                        kit.pick(
                                "Please come again",
                                "Goods sold are not returnable",
                                "Keep this receipt",
                                "Have a nice day")),
                div("", kit.facts().domain()));
    }

    private static String rule(Kit kit) {
        return "<div style='margin:.3em 0;border-top:%s'></div>"
                .formatted(kit.pick("1px dashed", "1px solid", "2px dotted", "0"));
    }

    private static String pair(String left, String right) {
        return div("class=row", span("", left), span("", right));
    }
}
