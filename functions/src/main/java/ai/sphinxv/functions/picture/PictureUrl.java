package ai.sphinxv.functions.picture;

import ai.sphinxv.functions.picture.PictureUrlException.Kind;
import ai.sphinxv.functions.picture.UrlConfig.Scheme;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A URL that may be fetched. It is taken apart once, here, and what is connected to is made of these parts, so that no second
 * reader can understand it otherwise.
 *
 * @param host a name in lower case, never an address
 * @param target path and query as the request has them
 */
record PictureUrl(Scheme scheme, String host, int port, String target) {
    private static final int LONGEST = 4096;

    /** At least two labels, and the last one no number in any notation: 2130706433 and 0x7f.1 are addresses. */
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    /** @throws PictureUrlException if it is none, or leads where nothing is fetched from */
    static PictureUrl parse(String text, UrlConfig config) {
        List<String> hosts = config.hosts().orElse(List.of());
        if (hosts.isEmpty()) {
            throw refused("pictures are not fetched from URLs here: send the file's bytes as base64, or as a data URL");
        }
        URI uri = uri(text);
        Scheme scheme = scheme(uri, config);
        if (uri.getRawUserInfo() != null) {
            throw refused("the image's URL has a user or password, which is sent nowhere: leave them out");
        }
        String host = host(uri);
        if (hosts.stream().noneMatch(pattern -> isNamed(host, pattern))) {
            throw refused("pictures are not fetched from this host: this server's operator lists those that are");
        }
        int port = uri.getPort() == -1 ? scheme.port() : uri.getPort();
        if (!config.ports().contains(port)) {
            throw refused("pictures are not fetched from this port: leave it out of the image's URL");
        }
        return new PictureUrl(scheme, host, port, target(uri));
    }

    /** Where a redirect of this one leads. */
    PictureUrl to(String location, UrlConfig config) {
        try {
            String from = "%s://%s:%d%s".formatted(scheme.name().toLowerCase(Locale.ROOT), host, port, target);
            return parse(new URI(from).resolve(new URI(location)).toString(), config);
        } catch (URISyntaxException | IllegalArgumentException | PictureUrlException e) {
            throw new PictureUrlException(
                    Kind.FAILED,
                    "the image's URL redirects to where nothing is fetched from: give the URL of the file");
        }
    }

    private static URI uri(String text) {
        if (text.length() > LONGEST) {
            throw refused("the image's URL has more than %d characters".formatted(LONGEST));
        }
        try {
            return new URI(new URI(text).toASCIIString());
        } catch (URISyntaxException e) {
            throw refused("the image's URL is not one: it looks like https://images.example.com/cup.jpg");
        }
    }

    private static Scheme scheme(URI uri, UrlConfig config) {
        for (Scheme scheme : config.schemes()) {
            if (scheme.name().equalsIgnoreCase(uri.getScheme())) {
                return scheme;
            }
        }
        throw refused("the image's URL needs to begin with "
                + config.schemes().stream()
                        .map(scheme -> scheme.name().toLowerCase(Locale.ROOT) + "://")
                        .sorted()
                        .collect(Collectors.joining(" or ")));
    }

    private static String host(URI uri) {
        @Nullable String given = uri.getHost();
        String host = given == null ? "" : given.toLowerCase(Locale.ROOT);
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (!NAME.matcher(name).matches()) {
            throw refused("the image's URL needs the name of a public host, such as images.example.com: no address, no"
                    + " name of one word, and letters beyond a to z as xn--");
        }
        return name;
    }

    private static boolean isNamed(String host, String pattern) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        return wanted.equals("*")
                || host.equals(wanted)
                || (wanted.startsWith("*.") && host.endsWith(wanted.substring(1)));
    }

    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static PictureUrlException refused(String message) {
        return new PictureUrlException(Kind.REFUSED, message);
    }
}
