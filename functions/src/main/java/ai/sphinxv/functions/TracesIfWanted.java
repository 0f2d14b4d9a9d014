package ai.sphinxv.functions;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Traces go where the deployment says by {@code OTEL_EXPORTER_OTLP_ENDPOINT}, as with every other service, or by Quarkus'
 * own key; where it says nothing they are off, and the start does not wait for what would send them.
 */
public final class TracesIfWanted implements ConfigSourceFactory {
    private static final String QUARKUS = "quarkus.";
    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final String TRACES_ENDPOINT = "quarkus.otel.exporter.otlp.traces.endpoint";

    /** Standard names that Quarkus has under its own. */
    private static final List<String> NAMES =
            List.of(ENDPOINT, "otel.exporter.otlp.protocol", "otel.exporter.otlp.headers", "otel.service.name");

    /** Of application.properties; what lies below is a default and nobody's wish. */
    private static final int APPLICATION = 250;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var values = new HashMap<String, String>();
        for (String name : NAMES) {
            String value = wish(context, name);
            if (value != null) {
                values.put(QUARKUS + name, value);
            }
        }
        boolean wanted = values.containsKey(QUARKUS + ENDPOINT)
                || wish(context, QUARKUS + ENDPOINT) != null
                || wish(context, TRACES_ENDPOINT) != null;
        values.put("quarkus.otel.sdk.disabled", String.valueOf(!wanted));
        return List.of(new PropertiesConfigSource(Map.copyOf(values), "OTEL_EXPORTER_OTLP", APPLICATION + 1));
    }

    private static @Nullable String wish(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null
                        || value.getValue() == null
                        || value.getValue().isBlank()
                        || value.getConfigSourceOrdinal() < APPLICATION
                ? null
                : value.getValue();
    }
}
