package ai.sphinxv.functions.picture;

import ai.sphinxv.functions.BusyException;
import ai.sphinxv.functions.picture.PictureUrlException.Kind;
import ai.sphinxv.runtime.cancel.Cancellation;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Fetches a picture's file from a URL of a request. The name is looked up once a hop, every address it has is checked, and one
 * of just those is connected to; so a name that answers otherwise the next time leads nowhere. Redirects are new URLs, checked
 * in the same way. No proxy, cookie or credential of this process takes part.
 */
@Singleton
public class PictureFetch {
    /** Looks a name up: a seam for tests, since the answers of the real one are not theirs to give. */
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private static final Logger LOG = Logger.getLogger(PictureFetch.class);
    private static final int MOST_ADDRESSES = 4;

    private final UrlConfig config;
    private final PictureClient client;
    private final Names names;
    private final Predicate<InetAddress> isPublic;
    private final MeterRegistry measured;
    private final FetchTurns turns;

    @Inject
    PictureFetch(UrlConfig config, Vertx vertx, MeterRegistry measured) {
        this(config, vertx, measured, InetAddress::getAllByName, PublicAddress::is);
    }

    PictureFetch(UrlConfig config, Vertx vertx, MeterRegistry measured, Names names, Predicate<InetAddress> isPublic) {
        this.config = config;
        this.client = new PictureClient(vertx, config);
        this.names = names;
        this.isPublic = isPublic;
        this.measured = measured;
        this.turns = new FetchTurns(config.concurrent());
    }

    /** Whether a request's image means to be a URL: base64 has no colon, and the other forms have their own schemes. */
    public static boolean isUrl(String image) {
        int colon = image.substring(0, Math.min(image.length(), 64)).indexOf(':');
        if (colon < 0) {
            return false;
        }
        String scheme = image.substring(0, colon).toLowerCase(Locale.ROOT);
        return !scheme.equals("data") && !scheme.equals("sha256");
    }

    /**
     * The bytes of the file, on the calling thread. Whoever is cancelled meanwhile hangs up.
     *
     * @param tenant whose request it is; empty where tenants are not told apart
     * @param limit of bytes
     * @throws PictureUrlException if the URL is refused, its server does not give the file, or the file is too large
     * @throws BusyException if too many are being fetched, or too many of this tenant's
     */
    public byte[] fetch(String text, String tenant, long limit) {
        try {
            byte[] file = inTime(PictureUrl.parse(text, config), tenant, limit);
            count("fetched");
            return file;
        } catch (PictureUrlException e) {
            count(e.kind().name().toLowerCase(Locale.ROOT));
            throw e;
        }
    }

    private byte[] inTime(PictureUrl url, String tenant, long limit) {
        turns.take(tenant);
        var task = new FutureTask<>(() -> follow(url, limit));
        Thread.ofVirtual().name("fetch-picture").start(() -> {
            try {
                task.run();
            } finally {
                turns.giveBack(tenant); // a look-up cannot be broken off, so its turn ends with it and not before
            }
        });
        var cancellation = Cancellation.current();
        try (var _ = cancellation.onCancel(() -> task.cancel(true))) {
            return task.get(config.time().toMillis(), TimeUnit.MILLISECONDS);
        } catch (CancellationException e) {
            cancellation.check();
            throw e;
        } catch (TimeoutException e) {
            task.cancel(true);
            throw failed("it took longer than %d ms".formatted(config.time().toMillis()));
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw failed("this server is about to stop");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PictureUrlException known) {
                throw known;
            }
            throw new IllegalStateException("a picture could not be fetched", e.getCause());
        }
    }

    private byte[] follow(PictureUrl first, long limit) throws InterruptedException {
        PictureUrl url = first;
        for (int hops = 0; hops <= config.redirects(); hops++) {
            PictureClient.Reply reply = connect(url, limit);
            if (reply.file() != null) {
                return reply.file();
            }
            if (reply.location() == null) {
                throw failed("its server answered with status %d".formatted(reply.status()));
            }
            url = url.to(reply.location(), config);
        }
        throw failed("it redirects more than %d times".formatted(config.redirects()));
    }

    /** A name may have several addresses, not all of which can be reached from here. */
    private PictureClient.Reply connect(PictureUrl url, long limit) throws InterruptedException {
        for (InetAddress address : checked(url.host())) {
            PictureClient.Reply reply = client.get(url, address, limit);
            if (reply != null) {
                return reply;
            }
        }
        throw failed("its host cannot be reached");
    }

    /** A name that is not there and one that leads into a network look the same from outside. */
    private List<InetAddress> checked(String host) {
        try {
            List<InetAddress> addresses = List.of(names.addresses(host));
            for (InetAddress address : addresses) {
                if (!isPublic.test(address)) {
                    LOG.warnf("A picture's host has an address that is not public and was not connected to: %s", host);
                    throw failed("its host has no public address");
                }
            }
            return addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size()));
        } catch (UnknownHostException e) {
            throw failed("its host has no public address");
        }
    }

    private void count(String result) {
        measured.counter("sphinxv.pictures.by.url", "result", result).increment();
    }

    private static PictureUrlException failed(String why) {
        return new PictureUrlException(
                Kind.FAILED,
                "the image could not be fetched from its URL: %s; send the file itself, or a URL that anybody can open"
                        .formatted(why));
    }
}
