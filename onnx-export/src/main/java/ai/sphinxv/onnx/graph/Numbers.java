package ai.sphinxv.onnx.graph;

/** What a graph computes with. What goes in and out stays 32 bits wide, but for the cache of keys and values. */
public enum Numbers {
    SINGLE(OnnxWriter.FLOAT),
    /** 16 bits: CUDA has GroupQueryAttention for no other, and half of the memory is read. */
    HALF(OnnxWriter.FLOAT16);

    private final int type;

    Numbers(int type) {
        this.type = type;
    }

    /** Its number in onnx.proto. */
    int type() {
        return type;
    }
}
