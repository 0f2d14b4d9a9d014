package ai.sphinxv.runtime.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How the rows and columns of a stored picture must be turned to stand upright (EXIF tag 0x0112).
 *
 * @param transposed rows become columns
 * @param mirrorX then left and right change places
 * @param mirrorY then top and bottom change places
 */
record Orientation(boolean transposed, boolean mirrorX, boolean mirrorY) {

    static final Orientation UPRIGHT = new Orientation(false, false, false);

    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int LITTLE_ENDIAN = 0x4949;
    private static final int ENTRY = 12;

    /**
     * Of an EXIF block, which is laid out as a TIFF file; upright where it does not say, or says it unreadably: a picture
     * with broken metadata is still a picture. Only the first directory is looked at, so nothing can lead in circles.
     */
    static Orientation ofTiff(ByteBuffer tiff) {
        try {
            tiff = tiff.slice();
            tiff.order(tiff.getShort(0) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = tiff.getInt(4);
            int entries = Short.toUnsignedInt(tiff.getShort(directory));
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + ENTRY * i;
                if (Short.toUnsignedInt(tiff.getShort(entry)) == TAG) {
                    return of(value(tiff, entry));
                }
            }
            return UPRIGHT;
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            return UPRIGHT;
        }
    }

    private static int value(ByteBuffer tiff, int entry) {
        return switch (tiff.getShort(entry + 2)) {
            case SHORT -> tiff.getShort(entry + 8);
            case LONG -> tiff.getInt(entry + 8);
            default -> 1;
        };
    }

    static Orientation of(int tag) {
        return switch (tag) {
            case 2 -> new Orientation(false, true, false);
            case 3 -> new Orientation(false, true, true);
            case 4 -> new Orientation(false, false, true);
            case 5 -> new Orientation(true, false, false);
            case 6 -> new Orientation(true, true, false); // a quarter turn clockwise
            case 7 -> new Orientation(true, true, true);
            case 8 -> new Orientation(true, false, true); // a quarter turn anticlockwise
            default -> UPRIGHT;
        };
    }
}
