package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Part;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words in the wild as a polygon and a text a line, one file a picture, as the robust-reading challenges have them. The files
 * do not say how large the picture is, so that has to be there.
 */
final class SpottingReader {
    private static final String ILLEGIBLE = "###";
    private static final String LABEL = "text";

    /** How a line is written; {@code prefix} is what the file's name has before the picture's. */
    enum Grammar {
        /** {@code 38, 43, 920, 215, "Tiredness"} or with spaces: left, top, right, bottom. */
        ICDAR13("gt_"),
        /** {@code 377,117,463,117,465,130,378,130,Genaxis Theatre}. */
        ICDAR15("gt_"),
        /** {@code 86,105,150,105,150,117,88,118,Latin,Text}. */
        MLT("gt_"),
        /** {@code 1,2,...,28,####text}: 14 corners. */
        CTW1500(""),
        /** {@code x: [[1 2 3]], y: [[1 2 3]], ornt: [u'c'], transcriptions: [u'text']}. */
        TOTAL_TEXT("poly_gt_");

        private final String prefix;

        Grammar(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final Pattern NUMBERS = Pattern.compile("\\s*(-?\\d+(?:\\.\\d+)?)\\s*(?:,|\\s)");
    private static final Pattern TOTAL = Pattern.compile(
            "x:\\s*\\[\\[([-+.\\d\\s]*)\\]\\],\\s*y:\\s*\\[\\[([-+.\\d\\s]*)\\]\\].*transcriptions:\\s*\\[u?(['\"])(.*)\\3\\]");

    private SpottingReader() {}

    static void readFolder(Dataset dataset, Grammar grammar, Path folder, Intake intake) throws IOException {
        for (Path file : FolderFiles.of(folder, ".txt")) {
            List<String> lines = lines(grammar, file);
            intake.read(lines.size());
            String stem = FolderFiles.stem(file);
            String name = stem.startsWith(grammar.prefix) ? stem.substring(grammar.prefix.length()) : stem;
            Optional<String> image = intake.named(name);
            Optional<Dimension> size = image.isPresent() ? intake.size(image.get()) : Optional.empty();
            if (size.isEmpty()) {
                intake.drop("its picture is not there", lines.size());
                continue;
            }
            var parts = new ArrayList<Part>();
            for (String line : lines) {
                Part part = part(grammar, line);
                if (part == null) {
                    intake.drop("the line cannot be read", 1);
                } else if (ILLEGIBLE.equals(part.text()) || "#".equals(part.text())) {
                    intake.drop("its source says not to count it", 1);
                } else {
                    parts.add(part);
                }
            }
            intake.accept(dataset.picture(
                    name, image.get(), size.get().width, size.get().height, parts, List.of(), List.of()));
        }
    }

    /** NumPy, which wrote Total-Text's, breaks long lists over lines. */
    private static List<String> lines(Grammar grammar, Path file) throws IOException {
        var lines = new ArrayList<String>();
        for (String line : FolderFiles.lines(file)) {
            String words = line.replace("\ufeff", "");
            if (grammar == Grammar.TOTAL_TEXT
                    && !lines.isEmpty()
                    && !words.strip().startsWith("x:")) {
                lines.add(lines.removeLast() + " " + words.strip());
            } else if (!words.isBlank()) {
                lines.add(words);
            }
        }
        return lines;
    }

    static @Nullable Part part(Grammar grammar, String line) {
        return switch (grammar) {
            case ICDAR13 -> part(line, 4, 0);
            case ICDAR15 -> part(line, 8, 0);
            case MLT -> part(line, 8, 1);
            case CTW1500 -> part(line.replace("####", ""), 28, 0);
            case TOTAL_TEXT -> totalText(line);
        };
    }

    /** So many numbers, so many words between commas, and the text, which may have commas of its own. */
    private static @Nullable Part part(String line, int numbers, int words) {
        double[] polygon = new double[numbers];
        Matcher number = NUMBERS.matcher(line);
        int at = 0;
        for (int i = 0; i < numbers; i++) {
            if (!number.find(at) || number.start() != at) {
                return null;
            }
            polygon[i] = Double.parseDouble(number.group(1));
            at = number.end();
        }
        String[] rest = line.substring(at).split(",", words + 1);
        if (rest.length <= words) {
            return null;
        }
        String text = rest[words].strip();
        return part(
                polygon,
                text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                        ? text.substring(1, text.length() - 1)
                        : text);
    }

    private static @Nullable Part totalText(String line) {
        Matcher found = TOTAL.matcher(line);
        if (!found.find()) {
            return null;
        }
        String[] x = found.group(1).strip().split("\\s+");
        String[] y = found.group(2).strip().split("\\s+");
        if (x.length != y.length || x.length < 3) {
            return null;
        }
        double[] polygon = new double[2 * x.length];
        try {
            for (int i = 0; i < x.length; i++) {
                polygon[2 * i] = Double.parseDouble(x[i]);
                polygon[2 * i + 1] = Double.parseDouble(y[i]);
            }
        } catch (NumberFormatException e) {
            return null;
        }
        return part(polygon, found.group(4));
    }

    private static Part part(double[] polygon, String text) {
        Outline outline = polygon.length > 4 ? new Outline(List.of(Numbers.rounded(polygon)), new int[0]) : null;
        return new Part(Numbers.around(polygon), LABEL, text, List.of(), outline);
    }
}
