package ai.sphinxv.runtime.image;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/**
 * How the rows and columns of a stored picture must be turned to stand upright (EXIF tag 0x0112).
 *
 * @param transposed rows become columns
 * @param mirrorX then left and right change places
 * @param mirrorY then top and bottom change places
 */
record Orientation(boolean transposed, boolean mirrorX, boolean mirrorY) {

    static final Orientation UPRIGHT = new Orientation(false, false, false);

    /** Of a JPEG file; upright where it does not say, or says it unreadably. */
    static Orientation ofJpeg(byte[] file) {
        try {
            var exif = JpegMetadataReader.readMetadata(new ByteArrayInputStream(file), List.of(new ExifReader()))
                    .getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer tag = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            return tag == null ? UPRIGHT : of(tag);
        } catch (JpegProcessingException | IOException | RuntimeException e) {
            return UPRIGHT; // a picture with broken metadata is still a picture
        }
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
