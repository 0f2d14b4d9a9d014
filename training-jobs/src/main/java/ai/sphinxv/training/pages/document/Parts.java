package ai.sphinxv.training.pages.document;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;
import static ai.sphinxv.training.pages.kit.Html.tag;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Kit;

/** What documents are made of, each labelled as PubLayNet would. */
final class Parts {
    private final Kit kit;
    private final String accent;
    private final boolean isIndented;
    private final int numbering;
    private final String tableLook;
    private int section;
    private int figure;
    private int table;
    private int formula;

    Parts(Kit kit, String accent) {
        this.kit = kit;
        this.accent = accent;
        this.isIndented = kit.chance(0.5);
        this.numbering = kit.between(0, 3);
        this.tableLook = kit.pick("rules", "rules", "rules", "boxed", "zebra rules", "headed rules", "boxed headed");
        this.section = kit.between(0, 5);
        this.figure = kit.between(0, 4);
        this.table = kit.between(0, 3);
        this.formula = kit.between(0, 9);
    }

    String title(String level, String text, String style) {
        return tag(level, "data-label=title style='" + style + "'", text);
    }

    /** A heading of a section, numbered if the paper numbers them. */
    String heading() {
        section++;
        String words = kit.chance(0.35)
                ? kit.pick(
                        "Introduction",
                        "Methods",
                        "Results",
                        "Discussion",
                        "Conclusions",
                        "Background",
                        "Materials and methods",
                        "Statistical analysis",
                        "Limitations",
                        "Related work",
                        "Experiments",
                        "Data collection")
                : kit.prose().sentence("sciencehead");
        boolean isSub = kit.chance(0.4);
        String number = switch (numbering) {
            case 0 -> isSub ? section + "." + kit.between(1, 5) + ". " : section + ". ";
            case 1 -> isSub ? section + "." + kit.between(1, 5) + " " : section + " ";
            default -> "";
        };
        String style = isSub
                ? "font-size:1em;font-style:%s".formatted(kit.pick("italic", "normal"))
                : "font-size:%s;color:%s"
                        .formatted(kit.pick("1.1em", "1.25em", "1.4em"), numbering == 3 ? "var(--accent)" : "inherit");
        return title(isSub ? "h3" : "h2", number + words, style + ";margin-top:.7em;margin-bottom:.3em");
    }

    String paragraph(String register, int sentences) {
        return tag(
                "p",
                "data-label=text" + (isIndented ? " class=in" : ""),
                kit.prose().paragraph(register, sentences));
    }

    /** A paragraph that begins with its heading in bold or italics. */
    String runIn() {
        String name = kit.prose().sentence("sciencehead") + ".";
        return tag(
                "p",
                "data-label=text",
                tag(kit.pick("b", "i"), "", name),
                " " + kit.prose().paragraph("science", kit.between(3, 5)));
    }

    String bullets(String register, boolean isNumbered) {
        int items = kit.between(3, 6);
        return tag(
                isNumbered ? "ol" : "ul",
                "data-label=list style='list-style-type:%s'"
                        .formatted(
                                isNumbered
                                        ? kit.pick("decimal", "lower-alpha", "decimal")
                                        : kit.pick("disc", "disc", "square", "circle")),
                times(items, i -> "<li>" + kit.prose().sentence(register) + "</li>"));
    }

    /** A list of references, as papers end. */
    String references(int count) {
        boolean isNumbered = kit.chance(0.7);
        int first = kit.between(1, 30);
        return tag(
                "ul",
                "class=refs data-label=list",
                times(
                        count,
                        i -> "<li>%s%s %s. %s. <i>%s</i> %d;%d:%d&ndash;%d.</li>"
                                .formatted(
                                        isNumbered ? (first + i) + ". " : "",
                                        authors(kit.between(1, 3)),
                                        kit.chance(0.5) ? "(" + kit.facts().year() + ")" : "et al",
                                        kit.prose().sentence("sciencetitle"),
                                        journal(),
                                        kit.facts().year(),
                                        kit.between(1, 90),
                                        kit.between(100, 500),
                                        kit.between(501, 900))));
    }

    String authors(int count) {
        return times(
                count,
                i -> (i > 0 ? ", " : "") + kit.word("last") + " "
                        + kit.word("first").charAt(0));
    }

    String journal() {
        return kit.pick("Journal of ", "Annals of ", "Archives of ", "Letters in ", "Advances in ", "Frontiers of ")
                + capital(kit.word("sciadj"))
                + " "
                + capital(kit.word("science"))
                + kit.pick(" Research", "", " Studies", "");
    }

    String figure(int width, int height) {
        figure++;
        String drawing = new Figures(kit, accent).any(width, height);
        String caption = "<b>%s %d%s</b> %s"
                .formatted(
                        kit.pick("Figure", "Figure", "Fig."),
                        figure,
                        kit.pick(".", ":", "."),
                        kit.prose().paragraph("science", kit.between(1, 2)));
        return div(
                "class=block",
                div(
                        "data-label=figure data-no-lines style='width:%dpx;height:%dpx;margin:0 auto;max-width:100%%'"
                                .formatted(width, height),
                        drawing),
                div("class=cap data-label=text", caption));
    }

    String table(int columns, int rows) {
        table++;
        String caption = "<b>Table %d%s</b> %s"
                .formatted(table, kit.pick(".", ":", ""), kit.prose().sentence(kit.pick("science", "sciencetitle")));
        String note = kit.chance(0.3)
                ? div(
                        "class=cap data-label=text style='font-size:.8em'",
                        "Values are means; n = " + kit.between(8, 400) + " per group.")
                : "";
        return div("class=block", div("class=cap data-label=text", caption), bareTable(columns, rows), note);
    }

    private String bareTable(int columns, int rows) {
        String head = tag(
                "tr",
                "",
                times(
                        columns,
                        c -> tag(
                                "th",
                                c == 0 ? "" : "class=n",
                                capital(
                                        c == 0
                                                ? kit.word("science")
                                                : kit.chance(0.3)
                                                        ? kit.pick(
                                                                "n (%)",
                                                                "p value", "95% CI", "Mean (SD)", "Total", "OR")
                                                        : kit.word("sciadj")))));
        int kind = kit.between(0, 3);
        String body = times(
                rows,
                r -> tag(
                        "tr",
                        "",
                        times(
                                columns,
                                c -> tag(
                                        "td",
                                        c == 0 ? "" : "class=n",
                                        c == 0
                                                ? capital(kit.word("sciadj")) + " " + kit.word("science")
                                                : number(kind)))));
        return tag("table", "class='%s' data-label=table".formatted(tableLook), head, body);
    }

    private String number(int kind) {
        return switch (kind) {
            case 0 -> kit.facts().decimal(kit.real(0, 100), 1);
            case 1 -> kit.facts().decimal(kit.real(0, 1), 3);
            case 2 -> kit.between(1, 300) + " (" + kit.facts().decimal(kit.real(0, 100), 1) + ")";
            default ->
                kit.facts().decimal(kit.real(0, 50), 2) + " ± " + kit.facts().decimal(kit.real(0, 9), 2);
        };
    }

    String formula() {
        formula++;
        return div(
                "class='row block' style='justify-content:center;margin:.7em 0'",
                span("data-label=formula", Formulas.any(kit)),
                kit.chance(0.7) ? span("class=num", "(" + formula + ")") : "");
    }

    String code() {
        return tag(
                "pre",
                "data-label=code style='%s'"
                        .formatted(kit.pick(
                                "background:#f3f3f3",
                                "border:1px solid #bbb",
                                "",
                                "background:#f7f5ee;border-left:3px solid var(--accent)",
                                "background:#23262e;color:#e8e8e8")),
                Listings.any(kit));
    }

    String header(String left, String right) {
        String rule = kit.pick("border-bottom:.8px solid;", "border-bottom:1.5px solid var(--accent);", "", "");
        String look = "font-size:.85em;padding-bottom:3px;margin-bottom:%dpx;%s%s"
                .formatted(kit.between(8, 22), rule, kit.pick("font-style:italic;", "", "color:#666;"));
        return right.isEmpty()
                ? div("style='text-align:center;%s'".formatted(look), span("data-label='page header'", left))
                : div(
                        "class='row between' style='%s'".formatted(look),
                        span("data-label='page header'", left),
                        span("data-label='page header'", right));
    }

    String footer(String left, String right) {
        String look = "font-size:.82em;margin-top:10px;%s%s"
                .formatted(kit.pick("border-top:.8px solid;padding-top:3px;", "", ""), kit.pick("color:#666;", "", ""));
        return left.isEmpty()
                ? div("style='text-align:center;%s'".formatted(look), span("data-label='page footer'", right))
                : div(
                        "class='row between' style='%s'".formatted(look),
                        span("data-label='page footer'", left),
                        span("data-label='page footer'", right));
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1);
    }
}
