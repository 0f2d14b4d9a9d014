package ai.sphinxv.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.functions.pace.PaceConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangesTest {
    @Test
    void theDefaultsAreInTheirRanges() {
        assertThat(read(SphinxConfig.class, Map.of()).limits().marks()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "sphinxv.threads, -1, 'sphinxv.threads is -1; it goes from 0 to 1024'",
        "sphinxv.limits.marks, 1001, 'sphinxv.limits.marks is 1001; it goes from 1 to 1000'",
        "sphinxv.limits.stroke-points, 0, 'sphinxv.limits.stroke-points is 0; it goes from 1 to 1000000'",
        "sphinxv.admission.share, 0, 'sphinxv.admission.share is 0; it goes from 1 to 10000'",
        "sphinxv.reload, PT0.05S, 'sphinxv.reload is PT0.05S; it goes from PT0.1S'",
        "sphinxv.batch.s3.lease, PT0.9S, 'sphinxv.batch.s3.lease is PT0.9S; it goes from PT1S to PT1H'",
        "sphinxv.batch.s3.lease, PT61M, 'sphinxv.batch.s3.lease is PT1H1M; it goes from PT1S to PT1H'"
    })
    void aSettingOutOfItsRangeIsNamedWithIt(String key, String value, String message) {
        assertThatThrownBy(() -> read(SphinxConfig.class, Map.of(key, value)))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"sphinxv.limits.marks, 1000", "sphinxv.admission.share, 1", "sphinxv.reload, PT0.1S"})
    void bothEndsAreInside(String key, String value) {
        assertThat(read(SphinxConfig.class, Map.of(key, value))).isNotNull();
    }

    @Test
    void allThatAreOutOfTheirRangesAreNamedAtOnce() {
        assertThatThrownBy(() ->
                        read(PaceConfig.class, Map.of("sphinxv.pace.headers", "PT0S", "sphinxv.pace.body", "PT0.01S")))
                .hasMessageContaining("sphinxv.pace.headers is PT0S; it goes from PT0.1S")
                .hasMessageContaining("sphinxv.pace.body is PT0.01S; it goes from PT0.1S");
    }

    @Test
    void whatHasARangeButIsNoNumberIsOurMistake() {
        assertThatThrownBy(() -> read(Mistaken.class, Map.of("mistaken.name", "a")))
                .hasStackTraceContaining("nothing is known of the range of class java.lang.String");
    }

    @ConfigMapping(prefix = "mistaken")
    interface Mistaken {
        @Range(min = 1)
        String name();
    }

    private static <T> T read(Class<T> mapping, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(mapping)
                .withDefaultValues(settings)
                .withCustomizers(new Ranges())
                .build()
                .getConfigMapping(mapping);
    }
}
