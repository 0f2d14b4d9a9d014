package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.training.benchmark.task.Answered;
import ai.sphinxv.training.benchmark.task.Answered.Review;
import ai.sphinxv.training.benchmark.task.Task;
import ai.sphinxv.training.files.WholeFile;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a judge wrote, word for word, an item a line (metrics.md 6.5). */
final class ReviewFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String END = ".reviews.jsonl";

    private ReviewFile() {}

    static void write(Path folder, Task task, List<Answered> judged) throws IOException {
        var lines = new StringBuilder();
        for (Answered one : judged) {
            Review review = one.review();
            if (review != null) {
                ObjectNode line = JSON.createObjectNode()
                        .put("id", one.item().id())
                        .put("judge", review.judge())
                        .put("review", review.text());
                if (review.swapped() != null) {
                    line.put("swapped", review.swapped());
                }
                lines.append(line).append('\n');
            }
        }
        WholeFile.write(folder.resolve(task.name() + END), lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
