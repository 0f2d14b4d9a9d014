package ai.sphinxv.training.pages.document;

import ai.sphinxv.training.pages.kit.Html;
import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Sheet;

/** Pages of papers, reports, letters, invoices, slides and forms. */
public final class Documents {
    private static final String CSS = """
            *{box-sizing:border-box;margin:0;padding:0}html,body{overflow:hidden;height:100%}
            body{background:var(--paper);color:var(--ink);font-family:var(--font);font-size:var(--size);line-height:var(--line)}
            .sheet{height:100%;display:flex;flex-direction:column;padding:var(--top) var(--side) var(--bottom)}
            .cols{flex:1;min-height:0;column-fill:auto;column-gap:var(--gap);overflow:hidden}
            p,li,.cap{text-align:var(--align)}p.in{text-indent:1.2em}
            .cols>*,.flow>*{margin-bottom:var(--para)}.cols>.tight{margin-bottom:0}
            h1,h2,h3{font-family:var(--head);line-height:1.2;break-after:avoid;font-weight:var(--hw)}
            .block{break-inside:avoid}.cap{font-size:.9em;margin:.4em 0 .6em}
            table{border-collapse:collapse;font-size:.9em;width:100%}td,th{padding:var(--cell) .5em;text-align:left;vertical-align:top}
            th{font-weight:600}td.n,th.n{text-align:right}td.n{white-space:nowrap}
            .rules{border-top:1.3px solid;border-bottom:1.3px solid}.rules th{border-bottom:.8px solid}
            .boxed td,.boxed th{border:.7px solid #777}.zebra tr:nth-child(even) td{background:#eee}.headed th{background:var(--accent);color:#fff}
            ul,ol{padding-left:1.7em}li{margin-bottom:var(--li)}.refs{list-style:none;padding-left:0;font-size:.9em}.refs li{padding-left:1.6em;text-indent:-1.6em}
            pre{font-family:var(--mono);font-size:.86em;line-height:1.35;white-space:pre;padding:.6em .8em;overflow:hidden}
            .row{display:flex;align-items:center;gap:10px}.between{justify-content:space-between}.grow{flex:1;min-width:0}
            math{font-size:1.15em;font-family:var(--math)}.num{margin-left:auto}
            svg{display:block}svg text{font-family:var(--fig);fill:#222}
            """;

    private Documents() {}

    /** One page, of any kind. */
    public static Sheet sheet(Kit kit) {
        int kind = kit.between(0, 15);
        var style = Style.of(kit, kind == 14);
        var parts = new Parts(kit, style.accent());
        String body = kind < 9
                ? new Papers(kit, parts).page()
                : kind < 11 ? new Papers(kit, parts).report() : new Letters(kit, parts, style.height()).page(kind);
        String page = Html.page(":root{" + style.variables() + "}" + CSS, "data-flow", body);
        return new Sheet(page, style.width(), style.height(), 1, kit.chance(0.3) ? 0 : kit.between(85, 95), 16);
    }
}
