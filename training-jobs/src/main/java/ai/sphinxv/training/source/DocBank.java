package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Part;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * DocBank, a folder with a text file a page: token, left, top, right, bottom in thousandths of the page, three colours, font
 * and label, by tabs. Tokens of one label that follow one another are one block. The page is STEM_ori.jpg or STEM.jpg.
 */
final class DocBank {
    private static final int CELLS = 10;

    private DocBank() {}

    /** A block that grows token by token. */
    private static final class Block {
        private final String label;
        private final StringBuilder text = new StringBuilder();
        private final double[] box;

        private Block(String label, double[] box) {
            this.label = label;
            this.box = box;
        }

        private void add(String token, double[] box) {
            text.append(text.isEmpty() ? "" : " ").append(token);
            this.box[0] = Math.min(this.box[0], box[0]);
            this.box[1] = Math.min(this.box[1], box[1]);
            this.box[2] = Math.max(this.box[2], box[2]);
            this.box[3] = Math.max(this.box[3], box[3]);
        }
    }

    static void read(Path folder, Intake intake) throws IOException {
        for (Path file : FolderFiles.of(folder, ".txt")) {
            List<Block> blocks = blocks(file);
            intake.read(blocks.size());
            String stem = FolderFiles.stem(file);
            Optional<String> image = intake.named(stem + "_ori").or(() -> intake.named(stem));
            Optional<Dimension> size = image.isPresent() ? intake.size(image.get()) : Optional.empty();
            if (size.isEmpty()) {
                intake.drop("its picture is not there", blocks.size());
                continue;
            }
            var parts = new ArrayList<Part>();
            for (Block block : blocks) {
                double[] box = Numbers.scaled(block.box, size.get().width / 1000.0, size.get().height / 1000.0);
                String text = block.text.toString();
                parts.add(new Part(box, block.label, text.isEmpty() ? null : text, List.of(), null));
            }
            intake.accept(Dataset.DOCBANK.picture(
                    stem, image.get(), size.get().width, size.get().height, parts, List.of(), List.of()));
        }
    }

    private static List<Block> blocks(Path file) throws IOException {
        var blocks = new ArrayList<Block>();
        for (String line : FolderFiles.lines(file)) {
            String[] cells = line.split("\t", -1);
            if (cells.length < CELLS) {
                throw new IOException("%s is no page of DocBank: '%s' has %d cells, not %d"
                        .formatted(file, line, cells.length, CELLS));
            }
            double[] box = new double[4];
            for (int i = 0; i < 4; i++) {
                box[i] = Double.parseDouble(cells[i + 1]);
            }
            String label = cells[CELLS - 1].strip();
            if (blocks.isEmpty() || !blocks.getLast().label.equals(label)) {
                blocks.add(new Block(label, box.clone()));
            }
            blocks.getLast()
                    .add(cells[0].startsWith("##LTLine") || cells[0].startsWith("##LTFigure") ? "" : cells[0], box);
        }
        return blocks;
    }
}
