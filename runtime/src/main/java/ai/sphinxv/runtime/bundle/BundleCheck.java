package ai.sphinxv.runtime.bundle;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import ai.sphinxv.runtime.bundle.Manifest.BundleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether the files of a bundle are as its manifest says, and nothing in them leads out of its folder.
 *
 * @param files by their names, which are plain
 */
record BundleCheck(Path folder, Map<String, BundleFile> files) {
    private static final String GRAPH = ".onnx";

    static BundleCheck of(Path folder, Manifest manifest) {
        var files = new LinkedHashMap<String, BundleFile>();
        manifest.files().forEach(file -> files.put(file.name(), file));
        return new BundleCheck(folder, files);
    }

    /**
     * @return by its name, how each file was before it was looked at
     * @throws BundleException naming a file that is wrong
     */
    Map<String, FileStamp> run() {
        Map<String, FileStamp> before = stamps();
        files.values().parallelStream().forEach(this::requireIntact);
        if (folder.getFileSystem().supportedFileAttributeViews().contains(FileStamp.POSIX)) {
            requireNoNameOutside();
        }
        return before;
    }

    private Map<String, FileStamp> stamps() {
        var stamps = new HashMap<String, FileStamp>();
        for (String name : files.keySet()) {
            Path path = folder.resolve(name);
            try {
                stamps.put(name, FileStamp.of(path));
            } catch (NoSuchFileException e) {
                throw missing(path);
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }
        return stamps;
    }

    private void requireIntact(BundleFile file) {
        requireAsListed(file);
        if (file.name().endsWith(GRAPH)) {
            requireValuesInside(file.name());
        }
    }

    private void requireAsListed(BundleFile file) {
        Path path = folder.resolve(file.name());
        try {
            // A link would let a bundle read outside its folder, and a pipe would never end.
            if (!Files.isRegularFile(path, NOFOLLOW_LINKS)) {
                throw missing(path);
            }
            if (Files.size(path) != file.bytes()) {
                throw new BundleException(
                        "%s has %d bytes, the manifest says %d".formatted(path, Files.size(path), file.bytes()));
            }
            String sha256 = Sha256.of(path);
            if (!sha256.equals(file.sha256())) {
                throw new BundleException("%s has SHA-256 %s, the manifest says %s: copy the bundle again"
                        .formatted(path, sha256, file.sha256()));
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static BundleException missing(Path path) {
        return new BundleException(path + " is listed in the manifest but is not a file there");
    }

    static BundleException unreadable(Path path, IOException e) {
        return new BundleException(path + " cannot be read: " + e, e);
    }

    /** A hard link is as good as a symbolic one: the file could be changed by its other name, after it was checked. */
    private void requireNoNameOutside() {
        var inside = new HashMap<Object, Integer>();
        for (String name : files.keySet()) {
            inside.merge(attribute(name, "fileKey"), 1, Integer::sum);
        }
        for (String name : files.keySet()) {
            if ((int) attribute(name, "nlink") > inside.getOrDefault(attribute(name, "fileKey"), 0)) {
                throw new BundleException(folder.resolve(name)
                        + " has a name outside the bundle too, as a hard link: copy the bundle without links");
            }
        }
    }

    private Object attribute(String name, String attribute) {
        Path path = folder.resolve(name);
        try {
            return Files.getAttribute(path, FileStamp.POSIX + ":" + attribute, NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** A graph's weights may lie in another file, at a place that the graph says. */
    private void requireValuesInside(String graph) {
        for (OutsideValues values : OutsideValues.of(folder.resolve(graph))) {
            BundleFile file = files.get(values.file());
            if (file == null) {
                throw new BundleException("%s keeps values in \"%s\", which is not a file that the manifest lists"
                        .formatted(folder.resolve(graph), values.file()));
            }
            if (values.offset() > file.bytes() || values.bytes() > file.bytes() - values.offset()) {
                throw new BundleException("%s keeps %d bytes at %d of %s, which has %d"
                        .formatted(
                                folder.resolve(graph), values.bytes(), values.offset(), values.file(), file.bytes()));
            }
        }
    }
}
