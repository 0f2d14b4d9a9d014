package ai.sphinxv.runtime.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every constant of a SPHINX-V model. Three ship with this library: {@code nano} (small enough to train on two cores),
 * {@code paper} (the seed paper's two experts and skip token) and {@code published} (the released checkpoint, which has
 * four vision towers; reference-model 0 and 9). A bundle carries its own in the manifest.
 *
 * @param queries the Q-Former branch, which gives each view extra tokens; only the published model has it
 * @param regions how a marked region itself is seen, beside the views; only small models have it
 * @param reader how the words in a marked region are read; only small models have it
 * @param objects how the object expert's finding is told in words; only small models have it
 */
public record ModelConfig(
        String name,
        Image image,
        List<Expert> experts,
        @Nullable QFormer queries,
        Prompts prompts,
        @Nullable Regions regions,
        @Nullable Reader reader,
        @Nullable Objects objects,
        Language language,
        Template template) {

    /** Views of the padded square: the whole of it, then its top left, top right, bottom left and bottom right quarter. */
    public static final int VIEWS = 5;

    public ModelConfig {
        experts = List.copyOf(experts);
        if (experts.isEmpty()) {
            throw new IllegalArgumentException("a model needs at least one visual expert");
        }
        int classes = objectExpert(experts).map(Expert.NanoDet::classes).orElse(0);
        if (objects != null && objects.names().size() != classes) {
            throw new IllegalArgumentException("the object expert has %d classes, the config names %d"
                    .formatted(classes, objects.names().size()));
        }
    }

    /**
     * How a picture becomes the model's input (reference-model 4).
     *
     * @param size side of the padded square in pixels; each view has half of it
     * @param grid cells in each direction that an expert gives for a view
     * @param padding where the picture lies in its square
     * @param fill red, green and blue (0 to 255) of the padding
     * @param mean per channel, subtracted from pixels in 0..1
     * @param std per channel, divides what is left
     * @param skipToken whether a quarter that is padding only is replaced by one learned token (paper, appendix A)
     */
    public record Image(
            int size,
            int grid,
            Padding padding,
            List<Integer> fill,
            List<Double> mean,
            List<Double> std,
            boolean skipToken) {
        public Image {
            fill = List.copyOf(fill);
            mean = List.copyOf(mean);
            std = List.copyOf(std);
        }

        public int viewSize() {
            return size / 2;
        }

        /** Rows that each expert gives for a view: the view as a whole, then the grid's cells row by row. */
        public int rows() {
            return grid * grid + 1;
        }
    }

    /** Where a picture lies in its padded square. */
    public enum Padding {
        /** In the middle, as the released code has it; no quarter of the square is then ever all padding. */
        AROUND,
        /** At the top left, so that a picture twice as wide as high leaves two quarters empty (paper, appendix A). */
        AFTER
    }

    /** BLIP-2's EVA vision transformer and the Q-Former on it (reference-model 1.1). */
    public record QFormer(
            String name,
            int patch,
            int imageWidth,
            int imageLayers,
            int imageHeads,
            int imageHidden,
            int queries,
            int width,
            int layers,
            int heads,
            int hidden) {}

    /**
     * The visual prompt encoder (paper 4 and appendix A).
     *
     * @param slots marks that one question can have
     * @param frequencies random Fourier frequencies; a position code has twice as many numbers
     * @param width numbers of an encoded mark before the projection
     * @param slotEmbedding whether each slot adds a learned vector of its own, which binds {@code <Region i>} to it
     * @param inText whether a token of the text that is about a mark, from the end of {@code <Region i>} to the end of its
     *     line, carries the mark's embedding too; a language model that was pretrained on little cannot look tags up by itself
     * @param told how much of it the words after a tag carry that experts told, 0 to 1: enough to know whose they are, too
     *     little to hide what they are
     * @param bfloat16 whether each step is rounded to a 16-bit brain float, as the released code computes it: for parity with
     *     it bit by bit. The codes keep 193 of a thousand places apart then (reference-model 1.2), so it is off unless asked
     *     for
     */
    public record Prompts(
            int slots,
            int frequencies,
            int width,
            Encoding encoding,
            boolean slotEmbedding,
            boolean inText,
            double told,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean bfloat16) {

        public Prompts {
            if (bfloat16 && encoding != Encoding.RELEASED) {
                throw new IllegalArgumentException(
                        "only the released prompt encoder is known in brain floats, not the encoding " + encoding);
            }
        }

        /** In 32-bit floats. */
        public Prompts(
                int slots,
                int frequencies,
                int width,
                Encoding encoding,
                boolean slotEmbedding,
                boolean inText,
                double told) {
            this(slots, frequencies, width, encoding, slotEmbedding, inText, told, false);
        }

        /** The same in brain floats. */
        public Prompts inBfloat16() {
            return new Prompts(slots, frequencies, width, encoding, slotEmbedding, inText, told, true);
        }
    }

    /** How a mark's position codes are put together. */
    public enum Encoding {
        /** The released code: corners of a box joined, a point through one linear layer, shifted codes. */
        RELEASED,
        /** The paper's appendix A: codes of the corners summed, three learned embeddings, MLP. */
        PAPER,
        /** Codes of centre, top left and bottom right joined for both kinds, three learned embeddings, MLP. */
        CENTRED
    }

    /**
     * The region expert: a small residual network that sees each mark twice, cut from the picture as it was uploaded: what
     * the mark covers, and that with its surroundings. An exact cut tells a heading from a paragraph where views of the
     * whole picture are too coarse.
     *
     * @param name prefix of its weights in a checkpoint
     * @param crop pixels of a cut's side
     * @param widths channels of each stage; each stage halves the map
     * @param depths residual blocks of each stage
     */
    public record Regions(String name, int crop, List<Integer> widths, List<Integer> depths) {
        /** Cuts of each mark. */
        public static final int CUTS = 2;

        public Regions {
            widths = List.copyOf(widths);
            depths = List.copyOf(depths);
        }

        /** Features of a mark: those of every cell of both cuts. */
        public int features() {
            int side = crop >> widths.size();
            return CUTS * side * side * widths.getLast();
        }
    }

    /**
     * The text expert: what a marked region says is read by a network of its own and given to the language model in
     * words, before the first question.
     *
     * @param role what stands before the readings in the conversation, as a speaker's name does
     * @param confidence least mean probability of a reading's characters at which it is given
     * @param longest characters of a reading that are given where many are marked; a longer one ends with an ellipsis
     * @param bias logits that a token gains by which an answer repeats a reading, 0 to leave all to the language model
     * @param sure least probability of every character at which a reading stands; below, a second network is asked. 0 of a
     *     model that has one network
     */
    public record Reader(String role, double confidence, int longest, double bias, double sure) {
        private static final int SHARED_BY = 5;

        /** Where few are marked each may be longer: together they take no more room than those of five. */
        public Reader forMarks(int marks) {
            int each = Math.max(longest, SHARED_BY * longest / Math.max(1, marks));
            return new Reader(role, confidence, each, bias, sure);
        }
    }

    /**
     * The object expert's likeliest class of what is marked is given to the language model in words, as readings are.
     *
     * @param role what stands before the names in the conversation, as a speaker's name does
     * @param confidence least likelihood at which a name is given, 0 to 1
     * @param bias logits that a name's tokens gain if the expert is all sure, none at its limit and in proportion between; 0 to
     *     leave all to the language model
     * @param names of the expert's classes, in their order
     */
    public record Objects(String role, double confidence, double bias, List<String> names) {
        public Objects {
            names = List.copyOf(names);
        }
    }

    /**
     * A LLaMA decoder.
     *
     * @param maxTokens positions, the image and prompts included
     * @param interleavedRotary whether rotary pairs are neighbours (Meta's checkpoints) or half a head apart
     */
    public record Language(
            int width,
            int layers,
            int heads,
            int kvHeads,
            int hidden,
            int vocabulary,
            int maxTokens,
            double eps,
            double theta,
            boolean interleavedRotary) {
        public int headWidth() {
            return width / heads;
        }
    }

    /**
     * The conversation's text (reference-model 3.1): {@code system + "\n\n" + separator}, then for each message
     * {@code " " + role + ": " + text + "\n" + separator}.
     */
    public record Template(String system, String human, String assistant, String separator) {
        /** What ends an answer. */
        public String stop() {
            return "\n" + separator;
        }
    }

    /** The same model with its prompt encoder in brain floats. */
    public ModelConfig withBfloat16Prompts() {
        return new ModelConfig(
                name, image, experts, queries, prompts.inBfloat16(), regions, reader, objects, language, template);
    }

    /** Features of all experts together. */
    public int visualWidth() {
        return experts.stream().mapToInt(Expert::width).sum();
    }

    /** Classes that the object expert scores, 0 if the model has none. */
    public int objectClasses() {
        return objectExpert(experts).map(Expert.NanoDet::classes).orElse(0);
    }

    /** Features from which the object expert scores classes, 0 if the model has none. */
    public int objectFeatures() {
        return objectExpert(experts).map(Expert.NanoDet::width).orElse(0);
    }

    /**
     * Numbers that the object expert has for each cell of its map: class scores of the whole square, then of its
     * quarters, features of the whole, then of the quarters.
     */
    public int objectChannels() {
        return 2 * (objectClasses() + objectFeatures());
    }

    private static Optional<Expert.NanoDet> objectExpert(List<Expert> experts) {
        return experts.stream()
                .filter(Expert.NanoDet.class::isInstance)
                .map(Expert.NanoDet.class::cast)
                .findFirst();
    }

    /** Cells of a side of the object expert's map, which covers the padded square. */
    public int objectGrid() {
        return image.viewSize() / 8;
    }

    /** All cells of that map. */
    public int objectCells() {
        return objectGrid() * objectGrid();
    }

    /** Tokens of one view: start, the Q-Former's, the experts' rows, end. */
    public int viewTokens() {
        return (queries == null ? 0 : queries.queries()) + image.rows() + 2;
    }

    public int imageTokens() {
        return VIEWS * viewTokens();
    }

    /** Start, one for each slot, end. */
    public int promptTokens() {
        return prompts.slots() + 2;
    }

    /** Image and prompt tokens, which stand between BOS and the text. */
    public int prefixTokens() {
        return imageTokens() + promptTokens();
    }

    /** The config of that name that ships with this library: nano, paper or published. */
    public static ModelConfig named(String name) {
        try (var json = ModelConfig.class.getResourceAsStream(name + ".json")) {
            if (json == null) {
                throw new IllegalArgumentException(
                        "no model config \"" + name + "\": there are nano, paper, published");
            }
            return new ObjectMapper().readValue(json, ModelConfig.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
