package ai.sphinxv.runtime.image;

import ai.sphinxv.runtime.cancel.Cancellation;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The rows of a PNG, unpacked and unfiltered one by one. Two of them are in memory, however many there are. */
final class PngRows implements AutoCloseable {
    private final ByteBuffer file;
    private final int pixelBytes;
    private final Inflater inflater = new Inflater();
    private int chunk;

    private final byte[] filter = new byte[1];
    private byte[] row = {};
    private byte[] above = {};

    /**
     * Begins before the first row.
     *
     * @param chunk where the first chunk of pixels lies in the file; further ones follow it
     * @param pixelBytes how far left of a byte the filters look, bytes
     */
    PngRows(ByteBuffer file, int chunk, int pixelBytes) {
        this.file = file;
        this.chunk = chunk;
        this.pixelBytes = pixelBytes;
    }

    /** Begins a pass of rows of so many bytes. */
    void begin(int bytes) {
        row = new byte[bytes];
        above = new byte[bytes];
    }

    /** The next row of the pass; it is overwritten by the one after the next. */
    byte[] next() throws DataFormatException {
        Cancellation.current().check();
        byte[] next = above;
        above = row;
        row = next;
        inflate(filter);
        inflate(row);
        unfilter();
        return row;
    }

    @Override
    public void close() {
        inflater.end();
    }

    private void inflate(byte[] bytes) throws DataFormatException {
        int done = 0;
        while (done < bytes.length) {
            int more = inflater.inflate(bytes, done, bytes.length - done);
            done += more;
            if (more == 0) {
                if (!inflater.needsInput()) {
                    throw new DataFormatException("the rows end early");
                }
                inflater.setInput(nextChunk());
            }
        }
    }

    private ByteBuffer nextChunk() throws DataFormatException {
        if (!PngFile.isData(file, chunk)) {
            throw new DataFormatException("the chunks end early");
        }
        var data = PngFile.data(file, chunk);
        chunk = PngFile.after(file, chunk);
        return data;
    }

    private void unfilter() throws DataFormatException {
        switch (filter[0]) {
            case 0 -> {} // as it is
            case 1 -> {
                for (int i = pixelBytes; i < row.length; i++) {
                    row[i] += row[i - pixelBytes];
                }
            }
            case 2 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] += (byte) ((left(row, i) + (above[i] & 0xff)) / 2);
                }
            }
            case 4 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] += (byte) nearest(left(row, i), above[i] & 0xff, left(above, i));
                }
            }
            default -> throw new DataFormatException("filter");
        }
    }

    private int left(byte[] bytes, int i) {
        return i < pixelBytes ? 0 : bytes[i - pixelBytes] & 0xff;
    }

    /** Paeth's choice: which of left, above and corner is nearest to left + above - corner. */
    private static int nearest(int left, int above, int corner) {
        int fromLeft = Math.abs(above - corner);
        int fromAbove = Math.abs(left - corner);
        int fromCorner = Math.abs(left + above - 2 * corner);
        if (fromLeft <= fromAbove && fromLeft <= fromCorner) {
            return left;
        }
        return fromAbove <= fromCorner ? above : corner;
    }
}
