package ai.sphinxv.functions.access;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who reaches a server that asks nobody who they are, since only its own machine does: every page that a browser there shows,
 * too. One whose owner turns its name to this machine (DNS rebinding) reads the answers; any other can at least send. So a request
 * has to name this machine as its host, and what a page sends has to be sent by ours.
 */
@Singleton
class OwnMachine {
    /** No page's owner can turn these anywhere. */
    private static final Pattern HERE =
            Pattern.compile("(?:(?:[^:]*\\.)?localhost\\.?|\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])(?::\\d{1,5})?");

    private static final Pattern SCHEME = Pattern.compile("^https?://");

    private final String host;
    private final boolean others;

    /** @param others whether pages of others are let in, and which, is Quarkus' to say */
    OwnMachine(
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.cors.enabled", defaultValue = "false") boolean others) {
        this.host = host.toLowerCase(Locale.ROOT);
        this.others = others;
    }

    /** @throws ForeignPageException if another name led here, or another page sent it */
    void require(MultiMap headers) {
        List<String> hosts = headers.getAll(HttpHeaders.HOST);
        if (!hosts.stream().allMatch(this::isHere)) {
            throw new ForeignPageException(
                    "this server answers its own machine only, as localhost: where others may ask,"
                            + " its operator gives out keys or says sphinxv.access.open=true");
        }
        if (!others
                && !headers.getAll(HttpHeaders.ORIGIN).stream()
                        .allMatch(
                                origin -> hosts.contains(SCHEME.matcher(origin).replaceFirst("")))) {
            throw new ForeignPageException(
                    "this server answers no pages but its own: where pages of other origins may ask,"
                            + " its operator says quarkus.http.cors.enabled=true and which");
        }
    }

    private boolean isHere(String sent) {
        String name = sent.toLowerCase(Locale.ROOT);
        return HERE.matcher(name).matches()
                || name.replaceFirst(":\\d{1,5}$", "").equals(host);
    }
}
