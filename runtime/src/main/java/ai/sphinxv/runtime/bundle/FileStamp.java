package ai.sphinxv.runtime.bundle;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains(POSIX);
        var found = Files.readAttributes(file, posix ? POSIX + ":size,ctime" : "size,lastModifiedTime", NOFOLLOW_LINKS);
        String changed = posix ? "ctime" : "lastModifiedTime";
        return new FileStamp((Long) requireNonNull(found.get("size")), (FileTime) requireNonNull(found.get(changed)));
    }
}
