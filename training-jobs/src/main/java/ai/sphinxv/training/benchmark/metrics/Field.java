package ai.sphinxv.training.benchmark.metrics;

import ai.sphinxv.training.files.JsonFault;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A value of an input file and where it stands there. Whoever asks it for something that it is not is told so:
 * {@code X.json: items[3].answer: text is needed, this is 7}.
 */
public record Field(String place, JsonNode value) {
    private static final int SHOWN = 60;

    /** What says one thing twice, or goes on after its end, is damaged: half of it would be passed over. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The whole of a file. */
    public static Field read(Path file) throws IOException {
        var name = String.valueOf(file.getFileName());
        try {
            JsonNode value = JSON.readTree(file.toFile());
            if (value.isMissingNode()) {
                throw new IllegalArgumentException(name + " is empty");
            }
            return new Field(name + ": ", value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("%s is not JSON: %s".formatted(name, JsonFault.of(e)), e);
        }
    }

    /** Each line of a file that has a value a line; blank lines are passed over. */
    public static List<Field> lines(Path file) throws IOException {
        var name = String.valueOf(file.getFileName());
        var values = new ArrayList<Field>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank()) {
                String place = "%s: line %d".formatted(name, number);
                try {
                    values.add(new Field(place + ": ", JSON.readTree(line)));
                } catch (JsonProcessingException e) {
                    throw new IllegalArgumentException("%s is not JSON: %s".formatted(place, JsonFault.of(e)), e);
                }
            }
        }
        return values;
    }

    public boolean has(String name) {
        return value.has(name);
    }

    public boolean isList() {
        return value.isArray();
    }

    public boolean isObject() {
        return value.isObject();
    }

    /** The part of that name, which has to be there. */
    public Field get(String name) {
        JsonNode part = value.get(name);
        if (part == null) {
            throw wrong("an object with \"%s\"".formatted(name));
        }
        return part(name, part);
    }

    /** The part of that name; none where it is missing or null. */
    public Optional<Field> find(String name) {
        return Optional.ofNullable(value.get(name))
                .filter(part -> !part.isNull())
                .map(part -> part(name, part));
    }

    public List<Field> list() {
        if (!isList()) {
            throw wrong("a list");
        }
        return IntStream.range(0, value.size())
                .mapToObj(i -> new Field("%s[%d]".formatted(place, i), value.get(i)))
                .toList();
    }

    /** The same, of so many. */
    public List<Field> list(int size) {
        List<Field> list = list();
        if (list.size() != size) {
            throw wrong("a list of " + size);
        }
        return list;
    }

    /** Each part by its name, in the file's order. */
    public Map<String, Field> parts() {
        if (!isObject()) {
            throw wrong("an object");
        }
        var parts = new LinkedHashMap<String, Field>();
        value.properties().forEach(part -> parts.put(part.getKey(), part(part.getKey(), part.getValue())));
        return parts;
    }

    public String text() {
        if (!value.isTextual()) {
            throw wrong("text");
        }
        return value.textValue();
    }

    public List<String> texts() {
        return list().stream().map(Field::text).toList();
    }

    public double number() {
        if (!value.isNumber()) {
            throw wrong("a number");
        }
        return value.doubleValue();
    }

    public double[] numbers() {
        return list().stream().mapToDouble(Field::number).toArray();
    }

    public int integer() {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong("a whole number");
        }
        return value.intValue();
    }

    public IllegalArgumentException wrong(String needed) {
        String shown = value.toString();
        String cut = shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown;
        return new IllegalArgumentException(
                "%s%s is needed, this is %s".formatted(isWhole() ? place : place + ": ", needed, cut));
    }

    private Field part(String name, JsonNode part) {
        return new Field(isWhole() ? place + name : place + "." + name, part);
    }

    private boolean isWhole() {
        return place.endsWith(": ");
    }
}
