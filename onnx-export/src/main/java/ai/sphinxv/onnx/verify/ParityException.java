package ai.sphinxv.onnx.verify;

/** An exported bundle does not compute what the trained networks compute. The message says where and by how much. */
public final class ParityException extends RuntimeException {
    public ParityException(String message) {
        super(message);
    }
}
