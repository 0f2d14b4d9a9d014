package ai.sphinxv.functions.access;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Settings of {@code sphinxv.access} for tests, and the digests that belong there. */
final class Access {
    private Access() {}

    static AccessConfig config(Map<String, String> settings) {
        var prefixed = new HashMap<String, String>();
        settings.forEach((key, value) -> prefixed.put("sphinxv.access." + key, value));
        return builder().withDefaultValues(prefixed).build().getConfigMapping(AccessConfig.class);
    }

    static AccessConfig environment(Map<String, String> variables) {
        return builder()
                .withSources(new EnvConfigSource(variables, 300))
                .build()
                .getConfigMapping(AccessConfig.class);
    }

    private static SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(AccessConfig.class);
    }

    static String digest(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
