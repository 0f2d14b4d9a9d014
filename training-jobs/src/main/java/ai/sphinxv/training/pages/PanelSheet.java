package ai.sphinxv.training.pages;

import static ai.sphinxv.training.pages.kit.Html.div;

import ai.sphinxv.training.pages.kit.Html;
import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Sheet;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A figure of two to six lettered panels, each a picture made earlier.
 *
 * @param shown regions of those pictures, where they lie in this one
 */
record PanelSheet(Sheet sheet, List<FoundRegion> shown) {
    private static final int MOST_SHOWN = 60;
    private static final int MOST_TRIES = 1000;
    private static final double LEAST_SHOWN_SIDE = 9;

    /** A cell of the figure in pixels, and how its letter is drawn. */
    private record Cell(double x, double y, double width, double height) {}

    /** Figure number n: of pictures up to number n, however many there are. */
    static PanelSheet of(Kit kit, Path folder, List<DomainFile> domains, int number) {
        int gap = kit.between(4, 22);
        int width = kit.between(560, 1100);
        List<Cell> cells = cells(kit, width, gap);
        int height = (int) cells.stream()
                        .mapToDouble(cell -> cell.y + cell.height)
                        .max()
                        .orElseThrow()
                + gap;
        String style = kit.pick("(a)", "(a)", "A", "a", "(A)", "a)");
        boolean isInside = kit.chance(0.5);
        StringBuilder html = new StringBuilder();
        List<FoundRegion> shown = new ArrayList<>();
        String letterStyle = letterStyle(kit, isInside);
        for (int i = 0; i < cells.size(); i++) {
            String letter = String.valueOf((char) ('a' + i));
            String drawn = style.contains("A")
                    ? style.replace("A", letter.toUpperCase(java.util.Locale.ROOT))
                    : style.replace("a", letter);
            Cell cell = cells.get(i);
            double top = isInside ? 0 : 22;
            JsonNode picture = picture(kit, domains, number);
            var area = new Cell(cell.x, cell.y + top, cell.width, cell.height - top);
            html.append(panel(folder, picture, area, letter, kit.chance(0.6), shown));
            html.append(div(
                    "data-no-lines data-letter style='left:%.0fpx;top:%.0fpx;%s'"
                            .formatted(cell.x, cell.y, letterStyle),
                    drawn));
            html.append(div("data-label=panel data-text='%s' style='left:%.1fpx;top:%.1fpx;width:%.1fpx;height:%.1fpx'"
                    .formatted(drawn, area.x, area.y, area.width, area.height)));
        }
        String background = kit.pick("#fff", "#fff", "#fff", "#f4f4f4", "#111");
        String ink = background.equals("#111") ? "#fff" : "#111";
        String page = Html.page(
                "*{margin:0}html,body{overflow:hidden}body{background:%s;color:%s}div{position:absolute}img{position:absolute}"
                        .formatted(background, ink),
                "",
                html.toString());
        return new PanelSheet(new Sheet(page, width, height, 1, kit.between(85, 95), 14), kit.some(shown, MOST_SHOWN));
    }

    private static String letterStyle(Kit kit, boolean isInside) {
        String font = kit.pick(kit.materials().fonts().sans());
        String look = isInside
                ? kit.pick(
                        "background:#fff;color:#000;",
                        "background:#000;color:#fff;",
                        "background:rgba(255,255,255,.85);color:#111;")
                : "";
        return "z-index:2;padding:1px 5px;font:%s %dpx \"%s\";%s"
                .formatted(kit.pick("bold", "normal"), kit.between(13, 18), font, look);
    }

    private static List<Cell> cells(Kit kit, int width, int gap) {
        int panels = kit.between(2, 6);
        int columns = panels <= 3 && kit.chance(0.6) ? panels : kit.pick(2, 2, 3);
        if (panels <= 3 && kit.chance(0.2)) {
            columns = 1;
        }
        List<Cell> cells = new ArrayList<>();
        double y = gap;
        for (int first = 0; first < panels; first += columns) {
            int inRow = Math.min(columns, panels - first);
            double tall = Math.min(520, (width / (double) inRow) * kit.real(0.6, 1.1));
            double x = gap;
            double left = width - gap * (inRow + 1.0);
            for (int i = 0; i < inRow; i++) {
                double w =
                        i == inRow - 1 ? width - gap - x : left / inRow * (kit.chance(0.3) ? kit.real(0.75, 1.25) : 1);
                cells.add(new Cell(x, y, w, tall));
                x += w + gap;
            }
            y += tall + gap;
        }
        return cells;
    }

    private static JsonNode picture(Kit kit, List<DomainFile> domains, int number) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<JsonNode> entry = kit.pick(domains).entry(kit.between(0, number));
            if (entry.isPresent()) {
                return entry.get();
            }
        }
        throw new IllegalStateException("panels show pictures of the other domains: make those first");
    }

    /** The picture fitted into its cell, or cut to fill it from its upper left corner. */
    private static String panel(
            Path folder, JsonNode picture, Cell cell, String letter, boolean isFilled, List<FoundRegion> shown) {
        double width = picture.get("width").doubleValue();
        double height = picture.get("height").doubleValue();
        double across = cell.width / width;
        double down = cell.height / height;
        double factor = isFilled ? Math.max(across, down) : Math.min(across, down);
        double dx = isFilled ? 0 : (cell.width - factor * width) / 2;
        double dy = isFilled ? 0 : (cell.height - factor * height) / 2;
        for (JsonNode region : picture.get("regions")) {
            FoundRegion moved = read(region).in(letter, cell.x + dx, cell.y + dy, factor);
            if (isWhole(moved, cell)) {
                shown.add(moved);
            }
        }
        String url = folder.resolve(picture.get("image").textValue())
                .toAbsolutePath()
                .toUri()
                .toString();
        return div(
                "style='left:%.1fpx;top:%.1fpx;width:%.1fpx;height:%.1fpx;overflow:hidden'"
                        .formatted(cell.x, cell.y, cell.width, cell.height),
                "<img src='%s' style='left:%.1fpx;top:%.1fpx;width:%.1fpx;height:%.1fpx'>"
                        .formatted(url, dx, dy, factor * width, factor * height));
    }

    private static boolean isWhole(FoundRegion region, Cell cell) {
        boolean isLetterFree = region.x() > cell.x + 34 || region.y() > cell.y + 26;
        return region.x() >= cell.x - 0.5
                && region.y() >= cell.y - 0.5
                && region.x() + region.width() <= cell.x + cell.width + 0.5
                && region.y() + region.height() <= cell.y + cell.height + 0.5
                && Math.min(region.width(), region.height()) >= LEAST_SHOWN_SIDE
                && isLetterFree;
    }

    private static FoundRegion read(JsonNode region) {
        JsonNode box = region.get("box");
        var attributes = new java.util.LinkedHashMap<String, String>();
        region.path("attributes")
                .properties()
                .forEach(one -> attributes.put(one.getKey(), one.getValue().asText()));
        return new FoundRegion(
                region.get("label").textValue(),
                region.path("text").textValue(),
                box.get(0).doubleValue(),
                box.get(1).doubleValue(),
                box.get(2).doubleValue(),
                box.get(3).doubleValue(),
                attributes,
                null);
    }
}
