package ai.sphinxv.runtime.bundle;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * One of the mixed visual experts (paper 4, Vision Encoder). Each reads a view and gives one row of {@link #width}
 * features for the view as a whole and for each cell of its grid; the rows of all experts are joined on the channels.
 * The networks themselves are in onnx-export; these are their sizes.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Expert.ClipVit.class, name = "clip-vit"),
    @JsonSubTypes.Type(value = Expert.ConvNext.class, name = "convnext"),
    @JsonSubTypes.Type(value = Expert.DinoVit.class, name = "dino-vit"),
    @JsonSubTypes.Type(value = Expert.ResidualConv.class, name = "residual-conv"),
    @JsonSubTypes.Type(value = Expert.NanoDet.class, name = "nanodet"),
    @JsonSubTypes.Type(value = Expert.GridCode.class, name = "grid-code")
})
public sealed interface Expert {

    /** Prefix of its weights in a checkpoint, for instance {@code dinov2_vitg14}. */
    String name();

    /** Features that it gives for each cell. */
    int width();

    /** OpenAI's CLIP vision transformer, all tokens after the last norm, exact GELU (reference-model 1.1). */
    record ClipVit(String name, int patch, int width, int layers, int heads, int hidden) implements Expert {}

    /**
     * ConvNeXt trunk with the head's norm at every cell; the mean over the cells stands for the view.
     *
     * @param inputSize pixels to which the view is resized (nearest) before the stem
     * @param depths blocks of each stage; the first stage sees one cell for 4x4 pixels, each later one halves
     * @param widths channels of each stage
     * @param upsample how many times the last map is repeated in each direction to fill the grid
     */
    record ConvNext(String name, int inputSize, List<Integer> depths, List<Integer> widths, int upsample)
            implements Expert {
        public ConvNext {
            depths = List.copyOf(depths);
            widths = List.copyOf(widths);
        }

        @Override
        public int width() {
            return widths.getLast();
        }
    }

    /**
     * DINOv2 without registers: SwiGLU, LayerScale, position table baked for the grid.
     *
     * @param mean per channel, subtracted from pixels in 0..1 (DINOv2 has ImageNet's, not CLIP's)
     * @param std per channel
     */
    record DinoVit(
            String name, int patch, int width, int layers, int heads, int hidden, List<Double> mean, List<Double> std)
            implements Expert {
        public DinoVit {
            mean = List.copyOf(mean);
            std = List.copyOf(std);
        }
    }

    /**
     * A plain residual network of 3x3 convolutions for pixels' colours and small shapes, which learns from nothing on
     * two cores; only small models that train their own experts have it.
     *
     * @param widths channels of each stage; each stage halves the map, so the last has view size / 2^stages cells a side
     * @param depths residual blocks of each stage
     */
    record ResidualConv(String name, List<Integer> widths, List<Integer> depths) implements Expert {
        public ResidualConv {
            widths = List.copyOf(widths);
            depths = List.copyOf(depths);
        }

        @Override
        public int width() {
            return widths.getLast();
        }
    }

    /**
     * NanoDet with a CSP backbone, an object detector that comes trained on COCO and stays frozen. It reads pixels
     * normalised as ImageNet's. Its rows are what its head sees at stride 32; beside them it gives each place's class
     * scores, which are pooled over what a mark covers.
     *
     * @param classes that its head scores
     */
    record NanoDet(String name, int classes) implements Expert {
        @Override
        public int width() {
            return 128;
        }
    }

    /**
     * Where each cell lies: the prompt encoder's own position code of its centre in the padded square, as Segment
     * Anything gives its image embeddings. It lets a small language model that was never pretrained on images find the
     * cells under a mark; the published model has none.
     */
    record GridCode(String name, int width) implements Expert {}
}
