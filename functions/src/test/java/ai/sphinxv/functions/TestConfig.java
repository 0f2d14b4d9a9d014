package ai.sphinxv.functions;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The deployment's settings with their defaults, but for those given. */
public final class TestConfig {
    private TestConfig() {}

    public static SphinxConfig with(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SphinxConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(SphinxConfig.class);
    }
}
