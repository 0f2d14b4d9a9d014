package ai.sphinxv.training.pages;

import java.io.IOException;
import java.util.Locale;

/**
 * Draws pictures of web pages, telephone screens, documents, signs, objects and panels, with all that lies in them.
 *
 * <p>{@code PagesMain out-folder train|held-out count-per-domain [options]}; a second run adds what is missing.
 */
public final class PagesMain {
    private PagesMain() {}

    public static void main(String[] arguments) throws IOException {
        PagesOptions options;
        try {
            options = PagesOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Locale.setDefault(Locale.ROOT); // numbers in styles have points
        PagesRun.run(options, System.out);
    }
}
