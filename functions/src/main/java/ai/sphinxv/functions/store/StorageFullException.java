package ai.sphinxv.functions.store;

import java.io.IOException;

/** The disk behind {@code sphinxv.batch.store} is full. The message is written for who asked. */
public final class StorageFullException extends IOException {
    public StorageFullException(IOException cause) {
        super("this server has no more room for files: delete some, or try again later", cause);
    }
}
