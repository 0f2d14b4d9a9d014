package ai.sphinxv.training.benchmark.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import ai.sphinxv.training.benchmark.metrics.Field;
import ai.sphinxv.training.benchmark.task.Item;
import ai.sphinxv.training.files.JsonFault;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model said, a line an item; each is on the disk before the next question is asked, and after a kill at any point
 * no item is asked again. Answers to another question, or of another model, are not taken for this run's.
 */
final class Predictions implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final String model;
    private final RandomAccessFile out;
    private final Map<String, Prediction> byId = new LinkedHashMap<>();

    /**
     * One line.
     *
     * @param asked {@link Item#digest}
     * @param text null if the model refused
     * @param refused why, else null
     */
    record Prediction(
            String id,
            String asked,
            @Nullable String text,
            @Nullable String refused,
            String model,
            Duration took) {

        static Prediction of(Item item, String text, String model, Duration took) {
            return new Prediction(item.id(), item.digest(), text, null, model, took);
        }

        static Prediction refused(Item item, String why, String model, Duration took) {
            return new Prediction(item.id(), item.digest(), null, why, model, took);
        }
    }

    private Predictions(Path path, String model, RandomAccessFile out) {
        this.path = path;
        this.model = model;
        this.out = out;
    }

    /** Reads what is there. A last line that a kill tore is cut off. */
    static Predictions open(Path path, String model) throws IOException {
        var predictions = new Predictions(path, model, new RandomAccessFile(path.toFile(), "rw"));
        predictions.read();
        return predictions;
    }

    private void read() throws IOException {
        byte[] bytes = new byte[Math.toIntExact(out.length())];
        out.readFully(bytes);
        String written =
                new String(bytes, ISO_8859_1); // a byte a character, so that places in it are places in the file
        int whole = written.lastIndexOf('\n') + 1;
        int number = 0;
        for (String line : written.substring(0, whole).split("\n")) {
            number++;
            if (!line.isEmpty()) {
                Prediction one = parse(new String(line.getBytes(ISO_8859_1), UTF_8), number);
                requireModel(one);
                byId.put(one.id, one);
            }
        }
        out.setLength(whole);
        out.seek(whole);
    }

    private Prediction parse(String line, int number) {
        String place = "%s: line %d".formatted(path.getFileName(), number);
        Field field;
        try {
            field = new Field(place + ": ", JSON.readTree(line));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("%s is not JSON: %s".formatted(place, JsonFault.of(e)), e);
        }
        return new Prediction(
                field.get("id").text(),
                field.get("asked").text(),
                field.find("prediction").map(Field::text).orElse(null),
                field.find("refused").map(Field::text).orElse(null),
                field.get("model").text(),
                Duration.ofMillis(field.get("ms").integer()));
    }

    private void requireModel(Prediction one) {
        if (!one.model.equals(model)) {
            throw new IllegalArgumentException(
                    "%s has answers of %s, this run asks %s: give another -Dout, or delete the file"
                            .formatted(path, one.model, model));
        }
    }

    /** What was said to that very question; nothing if it was not asked. */
    synchronized Optional<Prediction> of(Item item) {
        Prediction one = byId.get(item.id());
        if (one != null && !one.asked.equals(item.digest())) {
            throw new IllegalArgumentException(
                    "%s has the answer of %s to another question: the data changed; give another -Dout, or delete the file"
                            .formatted(path, item.id()));
        }
        return Optional.ofNullable(one);
    }

    synchronized void add(Prediction one) throws IOException {
        ObjectNode line = JSON.createObjectNode()
                .put("id", one.id)
                .put("asked", one.asked)
                .put("prediction", one.text)
                .put("model", one.model)
                .put("ms", one.took.toMillis());
        if (one.refused != null) {
            line.put("refused", one.refused);
        }
        out.write((JSON.writeValueAsString(line) + "\n").getBytes(UTF_8));
        out.getFD().sync();
        byId.put(one.id, one);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
