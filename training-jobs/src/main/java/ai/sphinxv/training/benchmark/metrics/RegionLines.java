package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer of lines {@code Region 1: ...} says of each region, as Draw-and-Understand's scripts take it apart
 * (metrics.md 1.3, 2.7, 3.1), each in its own way. All lose something; what, extract-edge.json has in 25 cases.
 */
final class RegionLines {
    // As in Python: digits of any script, and a dot stops at \n only.
    private static final Pattern READING = Pattern.compile("(?Ud)Region \\d+: .*?\\((.*?)\\)\n|Region \\d+: (.*?)\n");
    private static final Pattern CAPTION = Pattern.compile("(?Ud)Region \\d+: (.*?)\n");
    private static final String COLON = ": ";

    private RegionLines() {}

    /** ROC_eval.py, both sides: a last region that says nothing vanishes, and so does what follows a second colon. */
    static List<String> names(String text) {
        return afterColon(PythonText.strip(text));
    }

    /**
     * OCR_eval.py, the answer: what stands in brackets at a line's end, else the line; a last line without a line break
     * is lost, and nothing reads as BLANK.
     */
    static List<String> readings(String answer) {
        return READING.matcher(answer)
                .results()
                .map(line -> line.group(1) != null ? line.group(1) : line.group(2))
                .map(reading -> reading.isEmpty() ? "BLANK" : reading)
                .toList();
    }

    /** OCR_eval.py, the annotation. */
    static List<String> annotated(String annotation) {
        return afterColon(annotation);
    }

    /** transfer_to_cococap_format.py: a last line without a line break is lost. */
    static List<String> captions(String answer) {
        Matcher lines = CAPTION.matcher(answer);
        return lines.results().map(line -> line.group(1)).toList();
    }

    /** extract-edge.json: texts in, all four readings out. */
    static ArrayNode score(Field input) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Field item : input.list()) {
            String text = item.get("text").text();
            json.addObject()
                    .put("text", text)
                    .putPOJO("rocExtract", names(text))
                    .putPOJO("ocrExtractPrediction", readings(text))
                    .putPOJO("ocrExtractAnnotation", annotated(text))
                    .putPOJO("captionExtract", captions(text));
        }
        return json;
    }

    private static List<String> afterColon(String text) {
        var parts = new ArrayList<String>();
        for (String line : text.split("\n", -1)) {
            String[] around = line.split(COLON, -1);
            if (around.length > 1) {
                parts.add(around[1]);
            }
        }
        return parts;
    }
}
