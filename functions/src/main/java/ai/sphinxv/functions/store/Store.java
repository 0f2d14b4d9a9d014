package ai.sphinxv.functions.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Files that all replicas see, each whole or not there whatever ends a process: in a folder, or in a bucket. */
public sealed interface Store permits FolderStore, BucketStore {
    /** What is written into a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** What is done. */
    interface Work {
        void run() throws IOException;
    }

    /** Opens a place; nothing is asked of it yet. */
    static Store at(Place place, S3 s3) {
        return place.bucket() == null
                ? new FolderStore(Path.of(place.path()))
                : new BucketStore(new Bucket(place.bucket(), s3.endpoint(), s3.region()), place.path(), s3.lease());
    }

    /** The one in it of that name, which may have slashes. */
    Store in(String name);

    /** The last part of where it is. */
    String name();

    /** Names of those in it that hold something, in order. */
    List<String> stores() throws IOException;

    /** Names of its files, in order. */
    List<String> files() throws IOException;

    /** When a file was written; nothing where there is none. */
    Optional<Instant> written(String name) throws IOException;

    /** @throws NoSuchFileException if there is no such file in it */
    long size(String name) throws IOException;

    /** @throws NoSuchFileException if there is no such file in it */
    InputStream open(String name) throws IOException;

    /** Writes a whole file in place of what may be there. */
    void write(String name, Content content) throws IOException;

    /** Gives a file another name. Killed meanwhile it may have both. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file, if it is there. */
    void delete(String name) throws IOException;

    /** Deletes all that is in it. */
    void deleteAll() throws IOException;

    /**
     * Opens a log of results, to go on with it. Only within {@link #alone}.
     *
     * @param whole hears of each line that is there already
     */
    ResultLog log(String name, ObjectMapper json, Consumer<JsonNode> whole) throws IOException;

    /** All lines of a log. */
    InputStream lines(String log) throws IOException;

    /** A log that is at its end is the file of its name too. */
    void settle(String log) throws IOException;

    /**
     * Does the work, unless someone else is at it, among all threads and processes that see this store: then it does nothing
     * and says so by false. Who is killed lets go.
     */
    boolean alone(Work work) throws IOException;

    /** @throws NoSuchFileException if there is no such file in it */
    default byte[] read(String name) throws IOException {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        }
    }

    default boolean has(String name) throws IOException {
        return written(name).isPresent();
    }
}
