package ai.sphinxv.training.pages.web;

import ai.sphinxv.training.pages.kit.Html;
import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Look;
import ai.sphinxv.training.pages.kit.Sheet;
import ai.sphinxv.training.pages.kit.Ui;

/** Screenshots of web pages of many kinds. */
public final class WebPages {
    private WebPages() {}

    /** One kind of page in a look of its own, cut off at the window's lower edge. */
    public static Sheet sheet(Kit kit) {
        int width = kit.chance(0.3) ? kit.pick(800, 1024, 1280, 1366) : kit.between(800, 1366);
        int height = kit.between(600, 1000);
        var look = new Look(kit, 12, 17);
        var ui = new Ui(kit, look);
        String page = Html.page(look.css(), "class='" + look.classes() + "'", body(kit, ui, width, height));
        return new Sheet(page, width, height, 1, kit.between(85, 95), 14);
    }

    private static String body(Kit kit, Ui ui, int width, int height) {
        var work = new WorkPages(kit, ui, width);
        var shop = new ShopPages(kit, ui, width);
        var forms = new FormPages(kit, ui, width);
        var reading = new ReadingPages(kit, ui, width);
        var more = new MorePages(kit, ui, width);
        String page = switch (kit.between(0, 29)) {
            case 0, 1 -> work.dashboard();
            case 2 -> work.table();
            case 3 -> work.inbox(height);
            case 4 -> work.board();
            case 5, 6 -> shop.catalogue();
            case 7 -> shop.product();
            case 8 -> shop.cart();
            case 9 -> shop.pricing();
            case 10 -> forms.login(height);
            case 11 -> forms.longForm();
            case 12, 13 -> forms.settings();
            case 14 -> reading.article();
            case 15 -> reading.results();
            case 16 -> reading.landing();
            case 17 -> reading.profile();
            case 18, 19 -> more.plain();
            case 20 -> more.videos();
            case 21 -> more.files();
            case 22 -> more.calendar();
            case 23, 24 -> more.trips();
            case 25, 26 -> work.table();
            case 27, 28 -> forms.longForm();
            default -> more.help();
        };
        return kit.chance(0.07) ? more.dialog(page) : page;
    }
}
