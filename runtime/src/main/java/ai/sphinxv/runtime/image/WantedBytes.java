package ai.sphinxv.runtime.image;

import ai.sphinxv.runtime.cancel.Cancellation;
import java.io.ByteArrayInputStream;

/** A file for a library to read, which stops it at its next block of bytes when nobody wants the picture any more. */
final class WantedBytes extends ByteArrayInputStream {
    WantedBytes(byte[] file) {
        super(file);
    }

    @Override
    public synchronized int read(byte[] target, int from, int count) {
        Cancellation.current().check();
        return super.read(target, from, count);
    }
}
