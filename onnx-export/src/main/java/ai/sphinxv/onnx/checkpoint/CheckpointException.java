package ai.sphinxv.onnx.checkpoint;

/** A file of weights that is not what it should be. The message names the file and every fault found. */
public final class CheckpointException extends RuntimeException {
    public CheckpointException(String message) {
        super(message);
    }
}
