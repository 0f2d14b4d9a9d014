package ai.sphinxv.runtime.graph;

/** Where a graph runs. */
public enum Provider {
    /** NVIDIA TensorRT, with CUDA for what it does not know. For the two encoders; the decoder takes CUDA instead. */
    TENSORRT,
    CUDA,
    CPU
}
