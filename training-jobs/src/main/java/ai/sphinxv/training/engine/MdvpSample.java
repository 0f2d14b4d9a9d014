package ai.sphinxv.training.engine;

import ai.sphinxv.runtime.bundle.Sha256;
import ai.sphinxv.training.source.AnnotatedPicture;
import ai.sphinxv.training.source.AnnotatedPicture.Turn;
import ai.sphinxv.training.source.SampleTask;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A sample as the published data has it (reference-model 6): {@code image}, {@code conversations}, and {@code points} [x, y]
 * or {@code bbox} [x, y, width, height] in pixels; beside these what it is and where it comes from.
 *
 * @param marks all points, or all boxes (left, top, right, bottom), one to ten
 * @param group the picture, whatever it is called and however often it is there: decides the split
 */
record MdvpSample(
        AnnotatedPicture picture, String group, int stage, SampleTask task, List<double[]> marks, List<Turn> turns) {
    /** Most marks of a question (paper 4). */
    static final int MOST_MARKS = 10;

    private static final JsonFactory JSON = new JsonFactory();

    /** Where the id begins and ends in a line. */
    private static final int ID_FROM = "{\"id\":\"".length();

    private static final int ID_TO = ID_FROM + 64;

    /** What questions call the marks: point or region. */
    boolean isPoints() {
        return marks.getFirst().length == 2;
    }

    /** One line of JSON, which begins with the id: the SHA-256 of picture, stage, marks and words. */
    String line(String split) {
        String asked = asked();
        String id = Sha256.of((group + "\n" + stage + "\n" + asked).getBytes(StandardCharsets.UTF_8));
        var line = new StringWriter(asked.length() + 400);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("image", picture.image());
            json.writeNumberField("width", picture.width());
            json.writeNumberField("height", picture.height());
            json.writeStringField("domain", picture.domain().word());
            json.writeStringField("source", picture.source());
            json.writeStringField("license", picture.licence());
            json.writeNumberField("stage", stage);
            json.writeStringField("task", task.word());
            json.writeStringField("split", split);
            json.writeRaw(",");
            json.writeRaw(asked);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("in memory nothing fails", e);
        }
        return line.toString();
    }

    /** Of a line that {@link #line} wrote. */
    static String id(String line) {
        return line.substring(ID_FROM, ID_TO);
    }

    /** The fields that say what is asked and answered. */
    private String asked() {
        var fields = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(fields)) {
            json.writeStartObject();
            json.writeArrayFieldStart("conversations");
            for (Turn turn : turns) {
                message(json, "human", turn.question());
                message(json, "gpt", turn.answer());
            }
            json.writeEndArray();
            json.writeArrayFieldStart(isPoints() ? "points" : "bbox");
            for (double[] mark : marks) {
                json.writeStartArray();
                for (int i = 0; i < mark.length; i++) {
                    number(json, i < 2 ? mark[i] : mark[i] - mark[i - 2]);
                }
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("in memory nothing fails", e);
        }
        return fields.toString().substring(1, fields.getBuffer().length() - 1);
    }

    private static void message(JsonGenerator json, String from, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField("from", from);
        json.writeStringField("value", value);
        json.writeEndObject();
    }

    /** To hundredths, whole numbers without a point. */
    private static void number(JsonGenerator json, double value) throws IOException {
        double rounded = Math.round(100 * value) / 100.0;
        if (rounded == Math.rint(rounded)) {
            json.writeNumber((long) rounded);
        } else {
            json.writeNumber(rounded);
        }
    }
}
