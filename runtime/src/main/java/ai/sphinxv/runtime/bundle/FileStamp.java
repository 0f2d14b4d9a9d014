package ai.sphinxv.runtime.bundle;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * Whether a file is still the one that was looked at. Linux and its like date every change of a file's content, name or
 * rights, and let nobody set that date: another file in its place has another one, and so has the same file once it was
 * taken away and put back. The inode would add nothing, and folders that lie in a bucket give files new ones at will.
 *
 * @param changed that date; where a system has none, when the file was last written
 */
public record FileStamp(long bytes, FileTime changed) {
    static final String POSIX = "unix";

    /** Of the file itself, not of one that it links to. */
    static FileStamp of(Path file) throws IOException {
        var found = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains(POSIX);
        return new FileStamp(
                found.size(),
                posix
                        ? (FileTime) Files.getAttribute(file, POSIX + ":ctime", NOFOLLOW_LINKS)
                        : found.lastModifiedTime());
    }
}
