package ai.sphinxv.training.pages.document;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Kit;

/** Pages of scientific papers and of reports. */
final class Papers {
    private static final int ENOUGH = 30;

    private final Kit kit;
    private final Parts parts;
    private final boolean isWide;

    Papers(Kit kit, Parts parts) {
        this.kit = kit;
        this.parts = parts;
        this.isWide = kit.chance(0.38);
    }

    /** A first page, a page of text with figures and tables, or a page of references. */
    String page() {
        String number = String.valueOf(kit.between(1, 980));
        String header = kit.chance(0.85)
                ? kit.chance(0.6)
                        ? parts.header(parts.journal() + " " + kit.facts().year(), number)
                        : parts.header(parts.authors(1) + " et al.", "")
                : "";
        String footer = kit.chance(0.7)
                ? kit.chance(0.5)
                        ? parts.footer(
                                "https://doi.example/10." + kit.between(1000, 9999) + "/"
                                        + kit.facts().code(),
                                "Page " + number + " of 12")
                        : parts.footer("", number)
                : "";
        int kind = kit.between(0, 9);
        String content = kind < 3
                ? front() + columns(kind == 0 ? "" : parts.heading(), false)
                : kind < 9 ? top() + columns("", false) : columns("", true);
        String sheet = div("class=sheet", header, margin(kind < 3, content), footer);
        return kit.chance(0.05) ? numbered(sheet) : sheet;
    }

    /** The content beside a narrow column of small print, as some journals begin. */
    private String margin(boolean isFirst, String content) {
        if (!isFirst || !isWide || !kit.chance(0.5)) {
            return content;
        }
        String small = div(
                "style='width:20%;font-size:.75em;flex-shrink:0' class=flow",
                "<p data-label=text>Received " + kit.facts().date()
                        + "</p><p data-label=text style='margin:1em 0'>Citation: "
                        + parts.authors(2) + ". " + kit.prose().sentence("sciencetitle")
                        + "</p><p data-label=text>Copyright: "
                        + kit.facts().year() + " by the authors.</p>");
        return div(
                "style='display:flex;gap:18px;flex:1;min-height:0;align-items:flex-end'",
                small,
                div("style='flex:1;min-width:0;height:100%;display:flex;flex-direction:column'", content));
    }

    /** With numbers of lines in the margin, as manuscripts have them. */
    private String numbered(String sheet) {
        return sheet
                + div(
                        "data-no-lines style='position:absolute;left:8px;top:60px;font-size:8px;line-height:2.4;color:#666'",
                        times(ENOUGH, i -> "<div>" + (5 * i + 5) + "</div>"));
    }

    private String front() {
        String align = kit.pick("left", "center");
        String title = parts.title(
                "h1",
                kit.prose().sentence("sciencetitle"),
                "font-size:%.1fem;text-align:%s;margin:.5em 0".formatted(kit.real(1.7, 2.6), align));
        String authors = div(
                "data-label=text style='text-align:%s;margin:.3em 0'".formatted(align),
                times(
                        kit.between(2, 7),
                        i -> (i > 0 ? ", " : "") + kit.facts().person() + "<sup data-no-lines>" + kit.between(1, 3)
                                + "</sup>"));
        String where = div(
                "data-label=text style='text-align:%s;font-size:.85em;margin-bottom:.8em'".formatted(align),
                "Department of " + kit.word("sciadj") + " " + kit.word("science") + ", University of "
                        + kit.word("city") + ", " + kit.word("city"));
        String look = kit.pick(
                "border:.8px solid #888;padding:.8em",
                "background:color-mix(in srgb,var(--accent) 9%,white);padding:.8em",
                "margin:0 4%",
                "border-top:1px solid;border-bottom:1px solid;padding:.6em 0");
        String summary = div(
                "style='%s;margin-bottom:1em' class=flow".formatted(look),
                kit.chance(0.75)
                        ? parts.title("h3", kit.pick("Abstract", "ABSTRACT", "Summary"), "margin-bottom:.3em")
                        : "",
                parts.paragraph("science", kit.between(4, 8)),
                kit.chance(0.6)
                        ? div(
                                "data-label=text",
                                "<b>Keywords:</b> "
                                        + times(kit.between(3, 6), i -> (i > 0 ? "; " : "") + kit.word("science")))
                        : "");
        return (kit.chance(0.3)
                        ? div(
                                "data-label=text style='font-size:.85em;font-weight:700;color:var(--accent)'",
                                kit.pick("RESEARCH ARTICLE", "Original Article", "Review", "Open Access"))
                        : "")
                + title
                + authors
                + where
                + summary;
    }

    private String top() {
        if (!kit.chance(0.35)) {
            return "";
        }
        return kit.chance(0.5)
                ? div("style='margin-bottom:1em'", parts.figure(kit.between(340, 480), kit.between(150, 300)))
                : div("style='margin-bottom:1em'", parts.table(kit.between(4, 8), kit.between(4, 12)));
    }

    private String columns(String first, boolean isEnd) {
        StringBuilder content = new StringBuilder(first);
        for (int i = 0; i < ENOUGH; i++) {
            content.append(piece(isEnd && i > 1));
        }
        return div("class=cols style='column-count:%d'".formatted(isWide ? 1 : 2), content.toString());
    }

    private String piece(boolean isEnd) {
        int wide = isWide ? kit.between(260, 420) : kit.between(190, 235);
        if (isEnd) {
            return parts.references(kit.between(8, 20));
        }
        return switch (kit.between(0, 21)) {
            case 0, 1, 2, 3 -> parts.heading() + parts.paragraph("science", kit.between(3, 7));
            case 4, 5 -> parts.figure(wide, wide * kit.between(50, 90) / 100);
            case 6, 7 -> parts.table(isWide ? kit.between(4, 7) : kit.between(3, 4), kit.between(4, 10));
            case 8 -> parts.formula() + parts.paragraph("science", 2);
            case 9, 14 -> parts.bullets("science", kit.chance(0.4));
            case 11 -> parts.runIn();
            case 12 ->
                isWide
                        ? parts.figure(kit.between(360, 480), kit.between(240, 420))
                        : parts.figure(wide, wide * kit.between(90, 140) / 100);
            case 13 -> parts.bullets("science", kit.chance(0.3)) + parts.paragraph("science", 3);
            case 10, 15 -> kit.chance(0.4) ? parts.code() : parts.formula();
            default -> parts.paragraph("science", kit.between(3, 8));
        };
    }

    /** A page of a report or a manual: one column, larger headings, figures, lists. */
    String report() {
        String register = kit.pick("business", "help", "news");
        StringBuilder content = new StringBuilder();
        if (kit.chance(0.5)) {
            content.append(parts.title(
                    "h1",
                    kit.prose().sentence("headline"),
                    "font-size:%.1fem;color:%s;margin:.6em 0"
                            .formatted(kit.real(1.8, 3), kit.pick("inherit", "var(--accent)"))));
        }
        for (int i = 0; i < ENOUGH / 2; i++) {
            content.append(
                    switch (kit.between(0, 11)) {
                        case 0, 1, 2 ->
                            parts.title("h2", kit.prose().line("headline", 40), "font-size:1.3em;margin:.8em 0 .3em");
                        case 3 -> parts.figure(kit.between(280, 420), kit.between(140, 240));
                        case 4 -> parts.table(kit.between(3, 6), kit.between(3, 8));
                        case 5, 6 -> parts.bullets(register, kit.chance(0.4));
                        case 7 -> kit.chance(0.5) ? parts.code() : parts.paragraph(register, 3);
                        default -> parts.paragraph(register, kit.between(2, 6));
                    });
        }
        String header = kit.chance(0.5)
                ? parts.header(
                        kit.facts().company(), kit.chance(0.5) ? kit.facts().date() : "")
                : "";
        return div(
                "class=sheet",
                header,
                div("class=cols style='column-count:1;--para:.8em'", content.toString()),
                parts.footer(kit.facts().company(), "Page " + kit.between(1, 60)));
    }
}
