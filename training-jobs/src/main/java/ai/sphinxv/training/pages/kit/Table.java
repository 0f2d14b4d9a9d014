package ai.sphinxv.training.pages.kit;

import static ai.sphinxv.training.pages.kit.Html.times;

import java.util.List;

/** Tables of a user interface. */
final class Table {
    private final Kit kit;
    private final Ui ui;

    Table(Kit kit, Ui ui) {
        this.kit = kit;
        this.ui = ui;
    }

    /** Rows of facts in columns that fit together. */
    String of(int rows, int columns) {
        List<String> names = kit.words("ui.column", columns);
        boolean isTicked = kit.chance(0.2);
        boolean isEndIcon = kit.chance(0.25);
        String head = times(columns, c -> Html.tag("th", isNumber(names.get(c)) ? "class=n" : "", names.get(c)));
        String body = times(
                rows,
                r -> Html.tag(
                        "tr",
                        "",
                        isTicked ? Html.tag("td", "", ui.checkbox("")) : "",
                        times(
                                columns,
                                c -> Html.tag("td", isNumber(names.get(c)) ? "class=n" : "", cell(names.get(c)))),
                        isEndIcon
                                ? Html.tag(
                                        "td",
                                        "",
                                        ui.icon(
                                                kit.pick("pencil", "trash", "more"),
                                                ui.look().size() + 2))
                                : ""));
        return Html.tag(
                "table",
                "data-label=table",
                Html.tag("tr", "", isTicked ? "<th></th>" : "", head, isEndIcon ? "<th></th>" : ""),
                body);
    }

    private static boolean isNumber(String column) {
        return List.of("Amount", "Price", "Total", "Quantity", "Stock", "Score", "Rank", "Size")
                .contains(column);
    }

    private String cell(String column) {
        Facts facts = kit.facts();
        return switch (column) {
            case "Amount", "Price", "Total" -> ui.price();
            case "Quantity", "Stock", "Rank" -> String.valueOf(kit.between(1, 400));
            case "Size" -> facts.decimal(kit.real(0.1, 900), 1) + kit.pick(" KB", " MB");
            case "Score", "Rating" -> facts.decimal(kit.real(1, 10), 1);
            case "Status", "Priority" -> ui.badge();
            case "Date", "Due date", "Modified", "Started" -> facts.date();
            case "Order", "Invoice" -> kit.chance(0.5) ? ui.link(facts.code()) : facts.code();
            case "Product", "Category", "Type" -> kit.prose().line("product", 24);
            case "Email" -> facts.email(facts.person());
            case "City", "Country" -> kit.word("city");
            case "Duration" -> kit.between(1, 59) + " min";
            case "Role" -> Facts.capital(kit.word("people"));
            default -> facts.person();
        };
    }
}
