package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Part;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Open Images, a folder with class-descriptions.csv (two columns, no header) and annotation files whose header says what
 * they hold: boxes (ImageID, LabelName, XMin, XMax, YMin, YMax, IsGroupOf) or points (ImageId, X, Y, Label, EstimatedYesNo),
 * in shares of the picture, which therefore has to be there as ImageID.jpg.
 */
final class OpenImages {
    private static final String NAMES = "class-descriptions.csv";

    private OpenImages() {}

    static void read(Path folder, Intake intake) throws IOException {
        Map<String, String> names = names(folder.resolve(NAMES));
        try (var groups = new DiskGroups(intake.scratch())) {
            for (Path file : FolderFiles.of(folder, ".csv")) {
                if (!file.endsWith(NAMES)) {
                    rows(file, intake, groups);
                }
            }
            groups.forEach((id, items) -> picture(id, items, names, intake));
        }
    }

    private static Map<String, String> names(Path file) throws IOException {
        var names = new HashMap<String, String>();
        try (var lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int comma = line.indexOf(',');
                if (comma > 0) {
                    String name = line.substring(comma + 1).strip();
                    names.put(line.substring(0, comma), name.replaceAll("^\"|\"$", ""));
                }
            }
        }
        return names;
    }

    private static void rows(Path file, Intake intake, DiskGroups groups) throws IOException {
        try (var lines = Files.newBufferedReader(file)) {
            String header = lines.readLine();
            List<String> columns = header == null ? List.of() : Arrays.asList(header.split(",", -1));
            boolean isPoints = columns.contains("EstimatedYesNo");
            List<String> wanted = isPoints
                    ? List.of("ImageId", "Label", "X", "Y", "EstimatedYesNo")
                    : List.of("ImageID", "LabelName", "XMin", "YMin", "XMax", "YMax", "IsGroupOf");
            if (!columns.containsAll(wanted)) {
                throw new IOException("%s needs the columns %s, it has %s".formatted(file, wanted, columns));
            }
            int[] at = wanted.stream().mapToInt(columns::indexOf).toArray();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                intake.read(1);
                if (cells.length < columns.size()) {
                    intake.drop("the line cannot be read", 1);
                    continue;
                }
                var row = new StringBuilder();
                Arrays.stream(at).forEach(column -> row.append(cells[column]).append(','));
                groups.add(cells[at[0]], at.length, row.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void picture(String id, List<DiskGroups.Item> items, Map<String, String> names, Intake intake)
            throws IOException {
        Optional<String> image = intake.named(id);
        Optional<Dimension> size = image.isPresent() ? intake.size(image.get()) : Optional.empty();
        if (size.isEmpty()) {
            intake.drop("its picture is not there", items.size());
            return;
        }
        var parts = new ArrayList<Part>();
        for (DiskGroups.Item item : items) {
            String[] row = new String(item.json(), StandardCharsets.UTF_8).split(",", -1);
            String last = row[item.kind() - 1];
            if (last.equals("1") || last.equals("no") || last.equals("unsure")) {
                intake.drop("its source says not to count it", 1); // a group in one box; a label that people deny
                continue;
            }
            double[] mark = mark(row, item.kind() == 5 ? 2 : 4, size.get());
            if (mark == null) {
                intake.drop("the line cannot be read", 1);
            } else {
                parts.add(Part.of(mark, names.getOrDefault(row[1], "")));
            }
        }
        intake.accept(Dataset.OPENIMAGES.picture(
                id, image.get(), size.get().width, size.get().height, parts, List.of(), List.of()));
    }

    private static double @Nullable [] mark(String[] row, int numbers, Dimension size) {
        try {
            double[] shares = Arrays.stream(row)
                    .skip(2)
                    .limit(numbers)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return Numbers.scaled(shares, size.width, size.height);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
