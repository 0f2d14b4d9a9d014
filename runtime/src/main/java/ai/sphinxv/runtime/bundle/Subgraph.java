package ai.sphinxv.runtime.bundle;

/**
 * The networks of a bundle, one .onnx file each, and the names of their inputs and outputs. The exporter writes these
 * names and the runtime asks for them. In shapes, B is the batch, S the side of the padded square or the length of a
 * sequence, N the slots for marks, H the width and V the vocabulary of the language model.
 */
public enum Subgraph {
    /**
     * {@link #IMAGE} [B,3,S,S] and {@link #VISIBLE} [B,5] to {@link #IMAGE_EMBEDS} [B, 5 * view tokens, H]; where the model
     * has an object expert also to {@link #OBJECT_MAP} [B, object channels, cells].
     */
    VISION_ENCODER("vision_encoder.onnx"),

    /**
     * {@link #CORNERS} [B,N,4], {@link #IS_BOX} and {@link #IS_VALID} [B,N,1] to {@link #PROMPT_EMBEDS} [B,N+2,H]; where the
     * model looks at regions also from {@link #REGION_CUTS} [B,K,2,3,crop,crop] of the first K slots, which hold all marks,
     * and, with an object expert, from {@link #OBJECTS} [B,K,object channels].
     */
    PROMPT_ENCODER("prompt_encoder.onnx"),

    /**
     * {@link #INPUTS_EMBEDS} [B,S,H], {@link #SEQLENS_K} [B] and {@link #TOTAL_SEQUENCE_LENGTH} (scalar) with each
     * layer's past [B, key heads, max tokens, head width] to {@link #LOGITS} [B,1,V] of the last position and each
     * layer's present, which shares the past's memory.
     */
    LLM_DECODER("llm_decoder.onnx");

    public static final String IMAGE = "image";
    public static final String VISIBLE = "visible";
    public static final String IMAGE_EMBEDS = "image_embeds";

    /** What the object expert finds in each cell of the padded square. */
    public static final String OBJECT_MAP = "object_map";

    public static final String CORNERS = "corners";
    public static final String IS_BOX = "is_box";
    public static final String IS_VALID = "is_valid";
    /** Normalised pixels of each mark, and of it with its surroundings. */
    public static final String REGION_CUTS = "region_cuts";
    /** What the object expert finds under each mark. */
    public static final String OBJECTS = "objects";

    public static final String PROMPT_EMBEDS = "prompt_embeds";

    public static final String INPUTS_EMBEDS = "inputs_embeds";
    /** 32-bit integers: the length of each sequence, this run's tokens included, less one. */
    public static final String SEQLENS_K = "seqlens_k";
    /** A 32-bit integer: the length of the longest sequence, this run's tokens included. */
    public static final String TOTAL_SEQUENCE_LENGTH = "total_sequence_length";

    public static final String LOGITS = "logits";

    private final String file;

    Subgraph(String file) {
        this.file = file;
    }

    /** Name of its file in a bundle. */
    public String file() {
        return file;
    }

    /** Name of the file beside it that holds its weights. */
    public String weights() {
        return file + ".data";
    }

    public static String pastKey(int layer) {
        return "past." + layer + ".key";
    }

    public static String pastValue(int layer) {
        return "past." + layer + ".value";
    }

    public static String presentKey(int layer) {
        return "present." + layer + ".key";
    }

    public static String presentValue(int layer) {
        return "present." + layer + ".value";
    }
}
