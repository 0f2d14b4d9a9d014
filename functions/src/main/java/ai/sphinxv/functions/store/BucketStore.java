package ai.sphinxv.functions.store;

import ai.sphinxv.runtime.bundle.ProcessFolder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Keys of a bucket that begin the same. An object is whole or not there by itself; a log is an object for some lines each,
 * and who is at work says so in an object too.
 *
 * @param prefix empty, or with a slash at its end
 * @param lease how long a process that is not heard of is waited for
 */
record BucketStore(Bucket bucket, String prefix, Duration lease) implements Store {
    private static final Pattern NAME = Pattern.compile("(?!.*(^|/)\\.{0,2}(/|$)).+"); // no empty part, none of dots
    private static final String LEASE = ".lease";

    @Override
    public Store in(String name) {
        return new BucketStore(bucket, prefix + name + "/", lease);
    }

    @Override
    public String name() {
        String[] parts = prefix.split("/", -1);
        return parts.length < 2 ? "" : parts[parts.length - 2];
    }

    @Override
    public List<String> stores() throws IOException {
        return bucket.list(prefix).stream()
                .flatMap(page -> page.commonPrefixes().stream())
                .map(common -> common.prefix()
                        .substring(prefix.length(), common.prefix().length() - 1))
                .toList();
    }

    @Override
    public List<String> files() throws IOException {
        return bucket.list(prefix).stream()
                .flatMap(page -> page.contents().stream())
                .map(object -> object.key().substring(prefix.length()))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Override
    public Optional<Instant> written(String name) throws IOException {
        return describe(name).map(HeadObjectResponse::lastModified);
    }

    @Override
    public long size(String name) throws IOException {
        return describe(name).map(HeadObjectResponse::contentLength).orElseThrow(() -> new NoSuchFileException(name));
    }

    private Optional<HeadObjectResponse> describe(String name) throws IOException {
        return NAME.matcher(name).matches() ? bucket.describe(prefix + name) : Optional.empty();
    }

    @Override
    public InputStream open(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new NoSuchFileException(name);
        }
        return bucket.open(prefix + name);
    }

    /** By way of a file, since its length has to be said first. */
    @Override
    public void write(String name, Content content) throws IOException {
        try (var folder = ProcessFolder.make("sphinxv-object")) {
            Path file = folder.path().resolve("object");
            try (var out = Files.newOutputStream(file)) {
                content.writeTo(out);
            }
            bucket.write(prefix + name, RequestBody.fromFile(file));
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        bucket.copy(prefix + from, prefix + to);
        bucket.delete(prefix + from);
    }

    @Override
    public void delete(String name) throws IOException {
        bucket.delete(prefix + name);
    }

    @Override
    public void deleteAll() throws IOException {
        for (String key : bucket.keys(prefix)) {
            bucket.delete(key);
        }
    }

    @Override
    public ResultLog log(String name, ObjectMapper json, Consumer<JsonNode> whole) throws IOException {
        return SegmentLog.open(bucket, segments(name), json, whole);
    }

    /** One segment after the other is asked for as it is read. */
    @Override
    public InputStream lines(String log) throws IOException {
        Iterator<InputStream> parts = bucket.keys(segments(log)).stream()
                .map(key -> {
                    try {
                        return bucket.open(key);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .iterator();
        return new SequenceInputStream(new Enumeration<InputStream>() {
            @Override
            public boolean hasMoreElements() {
                return parts.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return parts.next();
            }
        });
    }

    /** What the file is made of stays: killed now, the next process would ask what it no longer finds. */
    @Override
    public void settle(String log) throws IOException {
        write(log, out -> {
            try (InputStream lines = lines(log)) {
                lines.transferTo(out);
            }
        });
    }

    /** Not below the log's own name: some servers have no object that others lie below. */
    private String segments(String log) {
        return prefix + log + ".parts/";
    }

    @Override
    public boolean alone(Work work) throws IOException {
        Optional<Lease> taken = Lease.take(bucket, prefix + LEASE, lease);
        if (taken.isEmpty()) {
            return false;
        }
        try (Lease held = taken.get()) {
            work.run();
            return true;
        }
    }
}
