package ai.sphinxv.training.source;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a public dataset and what its annotators said of it, whatever form they said it in: one line of JSON of what
 * {@code import} writes and {@code build} reads.
 *
 * @param source the dataset, see {@link Dataset#word}
 * @param id the picture's name there
 * @param image its file, from the folder of the dataset's pictures on
 * @param width pixels
 * @param height pixels
 * @param licence as the source words it: of the picture where it says so, else of the dataset
 */
@JsonInclude(Include.NON_EMPTY)
public record AnnotatedPicture(
        String source,
        String id,
        String image,
        PictureDomain domain,
        int width,
        int height,
        String licence,
        List<Part> parts,
        List<Caption> captions,
        List<Relation> relations,
        List<Dialogue> dialogues) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader READER = JSON.readerFor(AnnotatedPicture.class);
    private static final ObjectWriter WRITER = JSON.writerFor(AnnotatedPicture.class);

    public AnnotatedPicture {
        parts = orEmpty(parts);
        captions = orEmpty(captions);
        relations = orEmpty(relations);
        dialogues = orEmpty(dialogues);
    }

    /**
     * A place of a picture.
     *
     * @param mark in pixels: x, y of a point, or left, top, right and bottom edges of a box
     * @param label its class; empty where nobody says
     * @param text what it says, letter for letter
     * @param descriptions of it alone, in words
     * @param outline its pixels, where they are known
     */
    @JsonInclude(Include.NON_EMPTY)
    public record Part(
            double[] mark,
            String label,
            @Nullable String text,
            List<String> descriptions,
            @Nullable Outline outline) {

        public Part {
            label = label == null ? "" : label;
            descriptions = orEmpty(descriptions);
        }

        /** A box with a class. */
        public static Part of(double[] mark, String label) {
            return new Part(mark, label, null, List.of(), null);
        }

        @JsonIgnore
        public boolean isPoint() {
            return mark.length == 2;
        }
    }

    /**
     * A sentence and the parts that it speaks of.
     *
     * @param parts places in {@link #parts} in the order in which the sentence names them; none where it is about the whole
     */
    @JsonInclude(Include.NON_EMPTY)
    public record Caption(String text, List<Integer> parts) {
        public Caption {
            parts = orEmpty(parts);
        }
    }

    /**
     * How two parts are related: "riding", "left of".
     *
     * @param subject its place in {@link #parts}
     * @param object likewise
     */
    public record Relation(int subject, String predicate, int object) {}

    /**
     * Questions and answers about marks.
     *
     * @param marks as {@link Part#mark}; the words name them {@code <Region 1>} and so on, points too
     */
    public record Dialogue(SampleTask task, List<double[]> marks, List<Turn> turns) {
        public Dialogue {
            marks = orEmpty(marks);
            turns = orEmpty(turns);
        }
    }

    /** A question and its answer. */
    public record Turn(String question, String answer) {}

    /** How many things its annotators said. */
    public int annotations() {
        return parts.size() + captions.size() + relations.size() + dialogues.size();
    }

    /**
     * Reads what {@link #line} wrote.
     *
     * @throws JsonProcessingException if it is no JSON of that form
     * @throws IOException if a value is missing or means nothing; the message says which, and no more, so that it can be counted
     */
    public static AnnotatedPicture parse(String line) throws IOException {
        AnnotatedPicture picture = READER.readValue(line);
        PictureCheck.require(picture);
        return picture;
    }

    /** One line of JSON, without a line break. */
    public String line() {
        try {
            return WRITER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of plain values is always JSON", e);
        }
    }

    /** What is missing in a line is nothing. */
    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
