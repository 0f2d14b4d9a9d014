package ai.sphinxv.functions.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys that let callers in. Only their digests are known here. A key is random and long, so that a plain digest cannot be
 * searched; it is sent as {@code Authorization: Bearer KEY}, as clients of OpenAI's API do, or as {@code X-API-Key: KEY}.
 */
@Singleton
class Keys {
    private static final String BEARER = "Bearer ";
    private static final String HEADER = "X-API-Key";
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    @SuppressWarnings("ArrayRecordComponent") // never compared but in constant time
    private record Key(String tenant, byte[] digest) {}

    private final List<Key> keys = new ArrayList<>();

    /** @throws ConfigurationException if a digest is none; it is not repeated, for it might be the key itself */
    Keys(AccessConfig config) {
        config.keys()
                .forEach((tenant, digests) -> digests.forEach(digest -> {
                    String hex = digest.toLowerCase(Locale.ROOT);
                    if (!DIGEST.matcher(hex).matches()) {
                        throw new ConfigurationException(
                                "sphinxv.access.keys.%s needs to be the SHA-256 of a key, 64 hexadecimal"
                                                .formatted(tenant)
                                        + " digits: printf %s \"$KEY\" | sha256sum");
                    }
                    byte[] bytes = HexFormat.of().parseHex(hex);
                    if (keys.stream().anyMatch(key -> MessageDigest.isEqual(key.digest(), bytes))) {
                        throw new ConfigurationException(
                                "sphinxv.access.keys.%s is a key that is there already".formatted(tenant));
                    }
                    keys.add(new Key(tenant, bytes));
                }));
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whose key it is. How long that takes says nothing about any key. */
    Optional<String> tenant(String key) {
        byte[] digest = digest(key);
        String tenant = null;
        for (Key known : keys) {
            if (MessageDigest.isEqual(known.digest(), digest)) {
                tenant = known.tenant();
            }
        }
        return Optional.ofNullable(tenant);
    }

    /** Whose key a request has, if it has one. */
    Optional<String> tenant(RoutingContext request) {
        String key = credential(request);
        return key == null ? Optional.empty() : tenant(key);
    }

    /** The key or token that a request has. */
    static @Nullable String credential(RoutingContext request) {
        String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        String key = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : request.request().getHeader(HEADER);
        return key == null || key.isEmpty() ? null : key;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
