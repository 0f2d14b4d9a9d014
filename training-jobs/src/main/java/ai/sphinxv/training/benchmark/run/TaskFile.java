package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.training.benchmark.metrics.Field;
import ai.sphinxv.training.benchmark.metrics.Part;
import ai.sphinxv.training.benchmark.run.Outcome.Measured;
import ai.sphinxv.training.files.WholeFile;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A task's figures as JSON: both modes, and what each item adds to each figure, by which two runs are compared.
 *
 * @param parts of a figure, by the item's id
 */
record TaskFile(String task, String model, Map<String, Map<String, Part>> parts) {
    private static final String END = ".report.json";

    static void write(Path folder, Measured measured) throws IOException {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("task", measured.task().name())
                .put("title", measured.task().title())
                .put("model", measured.model())
                .put("items", measured.answers().size())
                .put("ofAll", measured.ofAll())
                .put("refused", measured.refused());
        measured.scored().notes().forEach(json.putArray("notes")::add);
        json.set("paper", measured.scored().paper());
        json.set("strict", measured.scored().strict());
        ObjectNode parts = json.putObject("parts");
        measured.scored().items().forEach((figure, items) -> {
            ObjectNode byId = parts.putObject(figure);
            items.forEach((id, part) -> byId.putArray(id).add(part.above()).add(part.below()));
        });
        WholeFile.write(
                folder.resolve(measured.task().name() + END),
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    /** All of a run, by the task's name. */
    static Map<String, TaskFile> readAll(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("%s is no folder of an earlier run".formatted(folder));
        }
        var files = new LinkedHashMap<String, TaskFile>();
        try (Stream<Path> paths = Files.list(folder)) {
            List<Path> reports =
                    paths.filter(path -> path.toString().endsWith(END)).sorted().toList();
            for (Path report : reports) {
                TaskFile file = read(report);
                files.put(file.task, file);
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("%s has no reports of a run: no file *%s".formatted(folder, END));
        }
        return files;
    }

    private static TaskFile read(Path report) throws IOException {
        Field json = Field.read(report);
        var parts = new LinkedHashMap<String, Map<String, Part>>();
        json.get("parts").parts().forEach((figure, items) -> {
            var byId = new LinkedHashMap<String, Part>();
            items.parts()
                    .forEach((id, part) -> byId.put(
                            id,
                            new Part(
                                    part.list(2).get(0).number(),
                                    part.list(2).get(1).number())));
            parts.put(figure, byId);
        });
        return new TaskFile(json.get("task").text(), json.get("model").text(), parts);
    }
}
