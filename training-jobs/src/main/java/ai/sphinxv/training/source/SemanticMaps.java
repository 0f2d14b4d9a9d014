package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Part;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Semantic maps, a folder with names.txt ("number TAB name" a line) and a PNG a picture, anywhere in it, whose values are
 * these numbers: ADE20K's annotations, Cityscapes' labelIds, VOC's SegmentationClass. Each class of a picture becomes a part
 * with a pixel of it as mark and its pixels as outline, from which points are drawn (paper 3.2); numbers without a name,
 * such as 255, are no class.
 */
final class SemanticMaps {
    private static final List<String> ENDINGS = List.of("_gtFine_labelIds", "");
    private static final List<String> PICTURE_ENDINGS = List.of("_leftImg8bit", "");

    private SemanticMaps() {}

    static void read(Dataset dataset, Path folder, Intake intake) throws IOException {
        Map<Integer, String> names = names(folder.resolve("names.txt"));
        for (Path file : FolderFiles.of(folder, ".png")) {
            Raster map = map(file);
            var parts = new ArrayList<Part>();
            for (var one : runs(map).entrySet()) {
                String name = names.get(one.getKey());
                if (name != null) {
                    intake.read(1);
                    parts.add(part(name, one.getValue(), map.getHeight()));
                }
            }
            String stem = FolderFiles.stem(file);
            intake.accept(dataset.picture(
                    stem, image(stem, intake), map.getWidth(), map.getHeight(), parts, List.of(), List.of()));
        }
    }

    /** Of a palette the numbers, not the colours; half a map is none. */
    private static Raster map(Path file) throws IOException {
        try (var in = ImageIO.createImageInputStream(file.toFile())) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("it is no picture");
            }
            ImageReader reader = readers.next();
            try {
                reader.addIIOReadWarningListener((source, warning) -> {
                    throw new IllegalArgumentException(warning);
                });
                reader.setInput(in);
                Raster map = reader.read(0).getRaster();
                if (map.getNumBands() != 1) {
                    throw new IOException("it has colours, not a number a pixel");
                }
                return map;
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) { // libraries throw nearly anything
            throw new IOException("%s is no map of classes: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static String image(String stem, Intake intake) {
        for (int i = 0; i < ENDINGS.size(); i++) {
            if (stem.endsWith(ENDINGS.get(i))) {
                String name = stem.substring(0, stem.length() - ENDINGS.get(i).length()) + PICTURE_ENDINGS.get(i);
                return intake.named(name).orElse(name + ".jpg");
            }
        }
        throw new IllegalStateException("every name ends with nothing");
    }

    private static Map<Integer, String> names(Path file) throws IOException {
        var names = new HashMap<Integer, String>();
        for (String line : FolderFiles.lines(file)) {
            String[] cells = line.split("\t", 2);
            if (cells.length == 2 && cells[0].strip().matches("\\d{1,6}")) {
                names.put(Integer.parseInt(cells[0].strip()), cells[1].strip());
            }
        }
        if (names.isEmpty()) {
            throw new IOException("%s has no line 'number TAB name'".formatted(file));
        }
        return names;
    }

    /** Of each number its runs, column by column. */
    private static Map<Integer, List<Integer>> runs(Raster map) {
        Map<Integer, List<Integer>> runs = new TreeMap<>();
        Map<Integer, Integer> ends = new HashMap<>();
        int height = map.getHeight();
        int[] column = new int[height];
        for (int x = 0; x < map.getWidth(); x++) {
            map.getSamples(x, 0, 1, height, 0, column);
            for (int from = 0; from < height; ) {
                int to = from + 1;
                while (to < height && column[to] == column[from]) {
                    to++;
                }
                List<Integer> own = runs.computeIfAbsent(column[from], any -> new ArrayList<>());
                int start = x * height + from;
                own.add(start - ends.getOrDefault(column[from], 0));
                own.add(to - from);
                ends.put(column[from], x * height + to);
                from = to;
            }
        }
        return runs;
    }

    private static Part part(String name, List<Integer> runs, int height) {
        int[] all = runs.stream().mapToInt(Integer::intValue).toArray();
        double[] mark = {all[0] / height + 0.5, all[0] % height + 0.5};
        return new Part(mark, name, null, List.of(), new Outline(List.of(), all));
    }
}
