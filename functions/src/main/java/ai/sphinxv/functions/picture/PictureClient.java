package ai.sphinxv.functions.picture;

import ai.sphinxv.functions.picture.PictureUrlException.Kind;
import ai.sphinxv.functions.picture.UrlConfig.Scheme;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One GET to one address. The address is given and never looked up again; Host header, server name and certificate are the
 * URL's. The connection is used once, and the file is counted while it comes.
 */
final class PictureClient {
    /** What came: the file, where it is instead, or a status that is neither. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Reply(int status, @Nullable String location, byte @Nullable [] file) {}

    private static final Logger LOG = Logger.getLogger(PictureClient.class);
    private static final int MOST_HEADERS = 16 * 1024;
    private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

    private final HttpClient client;

    PictureClient(Vertx vertx, UrlConfig config) {
        var options = new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(config.time().toMillis()))
                .setKeepAlive(false)
                .setMaxPoolSize(config.concurrent())
                .setDecompressionSupported(false)
                .setMaxHeaderSize(MOST_HEADERS)
                .setForceSni(true)
                .setVerifyHost(true)
                .setTracingPolicy(TracingPolicy.IGNORE) // another's server is told nothing of our requests
                .setMetricsName("pictures");
        config.certificates()
                .ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        client = vertx.createHttpClient(options);
    }

    /**
     * @return null if no connection was had
     * @throws PictureUrlException if what came is no file, or too large
     */
    @Nullable
    Reply get(PictureUrl url, InetAddress address, long limit) throws InterruptedException {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.scheme() == Scheme.HTTPS)
                .setURI(url.target())
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.ACCEPT, "image/*")
                .putHeader(HttpHeaders.ACCEPT_ENCODING, "identity")
                .putHeader(HttpHeaders.USER_AGENT, "sphinxv");
        try (var exchange = new Exchange(limit)) {
            Future<Reply> reply = client.request(options).compose(exchange::send);
            return reply.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PictureUrlException known) {
                throw known;
            }
            LOG.debugf("No picture from %s at %s: %s", url.host(), address, e.getCause());
            return null;
        }
    }

    /** What is not said or no number is found out by counting. */
    private static long declared(HttpClientResponse response) {
        String length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Ends the connection, wherever it stands, when it is closed. */
    private static final class Exchange implements AutoCloseable {
        private final long limit;
        private @Nullable HttpClientRequest request;
        private boolean closed;

        Exchange(long limit) {
            this.limit = limit;
        }

        Future<Reply> send(HttpClientRequest connected) {
            synchronized (this) {
                request = connected;
                if (closed) {
                    connected.reset();
                }
            }
            return connected.send().compose(this::read);
        }

        private Future<Reply> read(HttpClientResponse response) {
            int status = response.statusCode();
            if (REDIRECTS.contains(status)) {
                return Future.succeededFuture(new Reply(status, response.getHeader(HttpHeaders.LOCATION), null));
            }
            if (status != 200) {
                return Future.succeededFuture(new Reply(status, null, null));
            }
            String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
            if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
                return Future.failedFuture(new PictureUrlException(
                        Kind.FAILED,
                        "the image's URL gives a compressed file, which is not unpacked: give the file's"));
            }
            if (declared(response) > limit) {
                return Future.failedFuture(tooLarge());
            }
            return file(response);
        }

        private Future<Reply> file(HttpClientResponse response) {
            Promise<Reply> reply = Promise.promise();
            Buffer file = Buffer.buffer();
            response.handler(chunk -> {
                if ((long) file.length() + chunk.length() > limit) {
                    reply.tryFail(tooLarge());
                    close();
                } else {
                    file.appendBuffer(chunk);
                }
            });
            response.exceptionHandler(e -> reply.tryFail(new PictureUrlException(
                    Kind.FAILED, "the image's URL gave only a part of the file: try again, or send the file itself")));
            response.endHandler(end -> reply.tryComplete(new Reply(200, null, file.getBytes())));
            return reply.future();
        }

        private PictureUrlException tooLarge() {
            return new PictureUrlException(
                    Kind.TOO_LARGE,
                    "the image at this URL has more than %d bytes, which is all that is read".formatted(limit));
        }

        @Override
        public synchronized void close() {
            closed = true;
            if (request != null) {
                request.reset();
            }
        }
    }
}
