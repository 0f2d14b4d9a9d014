package ai.sphinxv.runtime.image;

import java.io.IOException;
import java.util.zip.DataFormatException;

/** A picture's file whose header is read and whose pixels are not: until they are asked for it takes hardly any memory. */
sealed interface ImageFile permits BmpFile, GifFile, JpegFile, PngFile {

    /** Pixels, as the header says and as stored: a JPEG may have to be turned. Not checked in any way. */
    int width();

    /** The same from top to bottom. */
    int height();

    /** What a file of so many pixels has at the least, however well they are packed. */
    long leastBytes();

    /**
     * All pixels, upright. Size and {@link #leastBytes} have to be checked before.
     *
     * @throws InvalidImageException if the file is of a kind that is not read
     * @throws IOException if it is damaged; so may do any runtime exception
     * @throws DataFormatException if it is damaged
     */
    RgbImage pixels() throws IOException, DataFormatException;
}
