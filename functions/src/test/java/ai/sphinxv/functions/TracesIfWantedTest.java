package ai.sphinxv.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracesIfWantedTest {
    private static final String OFF = "quarkus.otel.sdk.disabled";
    private static final String ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";
    private static final int OF_DEFAULTS = -100;

    @Test
    void theyAreOffWhereNoEndpointIsNamed() {
        assertThat(with(Map.of("OTEL_SERVICE_NAME", "shop")).getValue(OFF, Boolean.class))
                .isTrue();
        assertThat(with(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " ")).getValue(OFF, Boolean.class))
                .isTrue();
    }

    @Test
    void theStandardsVariablesTurnThemOnAndSayWhereTheyGo() {
        SmallRyeConfig config = with(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));

        assertThat(config.getValue(OFF, Boolean.class)).isFalse();
        assertThat(config.getValue(ENDPOINT, String.class)).isEqualTo("http://collector:4318");
        assertThat(config.getValue("quarkus.otel.exporter.otlp.protocol", String.class))
                .isEqualTo("http/protobuf");
    }

    @Test
    void theFrameworksOwnKeysDoSoToo() {
        SmallRyeConfig config = with(Map.of("QUARKUS_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector:4317"));

        assertThat(config.getValue(OFF, Boolean.class)).isFalse();
    }

    @Test
    void whoSaysOffGetsOff() {
        SmallRyeConfig config =
                with(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector", "QUARKUS_OTEL_SDK_DISABLED", "true"));

        assertThat(config.getValue(OFF, Boolean.class)).isTrue();
    }

    /** @param environment beside the framework's default of the endpoint, which is nobody's wish */
    private static SmallRyeConfig with(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .withSources(
                        new PropertiesConfigSource(Map.of(ENDPOINT, "http://localhost:4317"), "defaults", OF_DEFAULTS))
                .withSources(new TracesIfWanted())
                .build();
    }
}
