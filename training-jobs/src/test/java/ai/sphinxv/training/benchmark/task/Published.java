package ai.sphinxv.training.benchmark.task;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;

/** A folder with files in the layouts in which benchmarks are published, written for a test. */
public record Published(Path folder) {

    public DataFolder data() {
        return new DataFolder(folder, folder.resolve("pictures"));
    }

    /** A black picture of 100x50 pixels. */
    public Published picture(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        ImageIO.write(new BufferedImage(100, 50, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        return this;
    }

    public Published file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
        return this;
    }

    /** An item of Draw-and-Understand's files with one box. */
    public static String region(int id, String picture, String box, String answer) {
        return """
            {"image_name": "%s", "question_id": %d, "dataset_name": "LVIS", "bbox": [%s],
             "question": "Please identify the labels of each marked region in the image.", "gt_answers": "%s"}
            """.formatted(picture, id, box, answer);
    }
}
