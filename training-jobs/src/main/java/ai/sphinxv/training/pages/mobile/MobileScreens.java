package ai.sphinxv.training.pages.mobile;

import ai.sphinxv.training.pages.kit.Html;
import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Look;
import ai.sphinxv.training.pages.kit.Sheet;
import ai.sphinxv.training.pages.kit.Ui;

/** Screenshots of telephone apps of many kinds. */
public final class MobileScreens {
    private MobileScreens() {}

    /** One screen in a look of its own, in one to two pixels per CSS pixel. */
    public static Sheet sheet(Kit kit) {
        int width = kit.chance(0.5) ? kit.pick(360, 375, 390, 393, 412, 430) : kit.between(360, 430);
        int height = kit.between(640, 930);
        double scale = kit.pick(1.0, 1.25, 1.5, 1.5, 2.0);
        var look = new Look(kit, 14, 17);
        var ui = new Ui(kit, look);
        var frame = new Frame(kit, ui, width, height);
        String css = look.css()
                + "body{display:flex;flex-direction:column}.main{flex:1;min-height:0;overflow:hidden;position:relative}.tile{text-align:center;display:flex;flex-direction:column;align-items:center;gap:.3em}.item{min-height:52px}";
        String page = Html.page(css, "class='" + look.classes() + "'", body(kit, ui, frame, width, height));
        return new Sheet(page, width, height, scale, kit.between(85, 95), 12);
    }

    private static String body(Kit kit, Ui ui, Frame frame, int width, int height) {
        var lists = new ListScreens(kit, ui, frame, height);
        var others = new OtherScreens(kit, ui, frame, width, height);
        var more = new MoreScreens(kit, ui, frame);
        String screen = switch (kit.between(0, 20)) {
            case 0, 1 -> lists.list();
            case 2, 3 -> lists.settings();
            case 4 -> lists.chat();
            case 5 -> lists.feed();
            case 6, 7 -> others.shop(height);
            case 8 -> others.profile();
            case 9 -> others.player();
            case 10 -> others.onboarding();
            case 11 -> others.login();
            case 12 -> others.home();
            case 13 -> others.product();
            case 14 -> more.map();
            case 15 -> more.article();
            case 16, 17 -> more.form();
            case 18 -> more.gallery();
            case 19 -> more.weather();
            default -> more.order();
        };
        return kit.chance(0.08) ? more.dialog(screen) : screen;
    }
}
