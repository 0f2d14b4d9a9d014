package ai.sphinxv.functions.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One bucket by the S3 API. Its reads see what was written before them; {@link #replace} writes only over what the caller has
 * seen, which is all that exactly-once rests on (S3 User Guide, "conditional writes").
 */
final class Bucket {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    private static final String NOBODYS = "\"00000000000000000000000000000000\"";

    private final S3Client client;
    private final String name;
    private final AtomicBoolean probed = new AtomicBoolean();

    /** @param endpoint of a server other than AWS'; buckets are parts of its paths */
    Bucket(String name, @Nullable URI endpoint, @Nullable String region) {
        this.name = name;
        var builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                // other servers do not know the newer checksums, nor bodies signed piece by piece
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build());
        if (endpoint != null) {
            builder.endpointOverride(endpoint).forcePathStyle(true);
        }
        if (region != null || endpoint != null) {
            builder.region(region == null ? Region.US_EAST_1 : Region.of(region));
        }
        client = builder.build();
    }

    /** An object and the version of it that was seen, for {@link #replace}. */
    record Seen(byte[] bytes, String version) {}

    Optional<Seen> see(String key) throws IOException {
        return call(() -> {
            try {
                var reply = client.getObjectAsBytes(get -> get.bucket(name).key(key));
                return Optional.of(
                        new Seen(reply.asByteArrayUnsafe(), reply.response().eTag()));
            } catch (S3Exception e) {
                return absent(e);
            }
        });
    }

    Optional<HeadObjectResponse> describe(String key) throws IOException {
        return call(() -> {
            try {
                return Optional.of(client.headObject(head -> head.bucket(name).key(key)));
            } catch (S3Exception e) {
                return absent(e);
            }
        });
    }

    InputStream open(String key) throws IOException {
        return call(() -> {
                    try {
                        return Optional.<InputStream>of(
                                client.getObject(get -> get.bucket(name).key(key)));
                    } catch (S3Exception e) {
                        return Bucket.<InputStream>absent(e);
                    }
                })
                .orElseThrow(() -> new NoSuchFileException(key));
    }

    private static <T> Optional<T> absent(S3Exception e) {
        if (e.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        throw e;
    }

    /** Whatever is there. */
    void write(String key, RequestBody body) throws IOException {
        call(() -> client.putObject(put -> put.bucket(name).key(key), body));
    }

    /**
     * Writes over the version that the caller has seen, and nothing else.
     *
     * @param version null where nothing was there
     * @return the new version; nothing if there is another one by now
     */
    Optional<String> replace(String key, byte[] bytes, @Nullable String version) throws IOException {
        return put(key, bytes, version);
    }

    /**
     * A request that failed on its way back has been done, and the SDK's next try then finds its own work: so what is there
     * is compared with what was to be written before it is called another's.
     */
    private Optional<String> put(String key, byte[] bytes, @Nullable String version) throws IOException {
        var request = PutObjectRequest.builder().bucket(name).key(key);
        request = version == null ? request.ifNoneMatch("*") : request.ifMatch(version);
        PutObjectRequest put = request.build();
        try {
            return Optional.of(
                    client.putObject(put, RequestBody.fromBytes(bytes)).eTag());
        } catch (S3Exception e) {
            if (e.statusCode() != CONFLICT
                    && e.statusCode() != PRECONDITION_FAILED
                    && e.statusCode() != NOT_FOUND) { // of a version that was deleted
                throw new IOException(message(e), e);
            }
        } catch (SdkException e) {
            Optional<String> done = done(key, bytes);
            if (done.isPresent()) {
                return done;
            }
            throw new IOException(message(e), e);
        }
        return done(key, bytes);
    }

    private Optional<String> done(String key, byte[] bytes) throws IOException {
        return see(key).filter(seen -> Arrays.equals(seen.bytes(), bytes)).map(Seen::version);
    }

    /** A server that takes conditions and ignores them would let two processes write over each other. */
    void requireConditions(String probe) throws IOException {
        if (probed.get()) {
            return;
        }
        put(probe, new byte[] {'1'}, null);
        if (put(probe, new byte[] {'2'}, null).isPresent()
                || put(probe, new byte[] {'3'}, NOBODYS).isPresent()) {
            throw new IOException(
                    "the server of bucket %s ignores If-None-Match or If-Match, so nothing would be written"
                                    .formatted(name)
                            + " exactly once: use one that keeps them, or a folder");
        }
        probed.set(true);
    }

    void copy(String from, String to) throws IOException {
        call(() -> client.copyObject(copy ->
                copy.sourceBucket(name).sourceKey(from).destinationBucket(name).destinationKey(to)));
    }

    void delete(String key) throws IOException {
        call(() -> client.deleteObject(delete -> delete.bucket(name).key(key)));
    }

    /** Keys that begin so, in order. */
    List<String> keys(String prefix) throws IOException {
        return call(() -> pages(prefix, null).stream()
                .flatMap(page -> page.contents().stream())
                .map(object -> object.key())
                .toList());
    }

    /** Pages of keys that begin so; with a slash as delimiter, those behind it are told once by their beginnings. */
    List<ListObjectsV2Response> list(String prefix) throws IOException {
        return call(() -> pages(prefix, "/"));
    }

    private List<ListObjectsV2Response> pages(String prefix, @Nullable String delimiter) {
        var request = ListObjectsV2Request.builder().bucket(name).prefix(prefix);
        if (delimiter != null) {
            request.delimiter(delimiter);
        }
        return client.listObjectsV2Paginator(request.build()).stream().toList();
    }

    private <T> T call(Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (SdkException e) {
            throw new IOException(message(e), e);
        }
    }

    private String message(SdkException e) {
        return "bucket %s: %s".formatted(name, e.getMessage());
    }
}
