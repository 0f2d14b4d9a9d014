package ai.sphinxv.training.pages;

import ai.sphinxv.training.scenes.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What to make.
 *
 * @param count pictures of each domain
 * @param photos folder with {@code natural.json}
 * @param icons lucide's SVG files
 * @param heldOutIcons Material Design's SVG files
 * @param heldOutEmoji another drawing of emoji as SVG files, named by code point
 */
record PagesOptions(
        Path out,
        Split split,
        int count,
        List<Domain> domains,
        Optional<Path> photos,
        Optional<Path> icons,
        Optional<Path> heldOutIcons,
        Optional<Path> heldOutEmoji) {

    static final String USAGE = """
            usage: PagesMain out-folder train|held-out count-per-domain [options]
              --photos FOLDER          natural.json and its pictures, for backgrounds
              --icons FOLDER           SVG files of lucide-static, for training
              --held-out-icons FOLDER  SVG files of @mdi/svg, for held-out pages
              --held-out-emoji FOLDER  SVG files of @twemoji/svg, for held-out pages
              --domains A,B            only these of web-screenshot, mobile-screenshot, document, ocr, natural, multi-panel
            """;

    static PagesOptions parse(String... arguments) {
        if (arguments.length < 3) {
            throw new IllegalArgumentException(USAGE);
        }
        List<String> options = new ArrayList<>(Arrays.stream(arguments)
                .skip(3)
                .filter(option -> !option.isBlank())
                .toList());
        var domains = option(options, "--domains")
                .map(words ->
                        Arrays.stream(words.split(",")).map(Domain::of).sorted().toList())
                .orElse(List.of(Domain.values()));
        var parsed = new PagesOptions(
                Path.of(arguments[0]),
                Split.valueOf(arguments[1].toUpperCase(Locale.ROOT).replace('-', '_')),
                Integer.parseInt(arguments[2]),
                domains,
                option(options, "--photos").map(Path::of),
                option(options, "--icons").map(Path::of),
                option(options, "--held-out-icons").map(Path::of),
                option(options, "--held-out-emoji").map(Path::of));
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + options + "\n" + USAGE);
        }
        return parsed;
    }

    private static Optional<String> option(List<String> options, String name) {
        int at = options.indexOf(name);
        if (at < 0) {
            return Optional.empty();
        }
        if (at + 1 == options.size()) {
            throw new IllegalArgumentException(name + " needs a value\n" + USAGE);
        }
        options.remove(at);
        return Optional.of(options.remove(at));
    }
}
