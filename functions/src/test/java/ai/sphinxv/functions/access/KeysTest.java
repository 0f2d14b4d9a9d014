package ai.sphinxv.functions.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void aKeyIsItsTenants() {
        var keys = new Keys(Access.config(Map.of(
                "keys.acme",
                Access.digest("one") + "," + Access.digest("two").toUpperCase(java.util.Locale.ROOT),
                "keys.other",
                Access.digest("three"))));

        assertThat(keys.tenant("one")).contains("acme");
        assertThat(keys.tenant("two")).contains("acme");
        assertThat(keys.tenant("three")).contains("other");
        for (String wrong : new String[] {"", "four", "one ", "ONE", Access.digest("one"), "one,two"}) {
            assertThat(keys.tenant(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void aSecretOfAClusterNamesItsTenantInAVariable() {
        var keys = new Keys(Access.environment(Map.of("SPHINXV_ACCESS_KEYS_ACME", Access.digest("one"))));

        assertThat(keys.tenant("one")).contains("acme");
    }

    @Test
    void aKeyInPlaceOfItsDigestStopsTheStartAndIsNotRepeated() {
        assertThatThrownBy(() -> new Keys(Access.config(Map.of("keys.acme", "my-secret"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sphinxv.access.keys.acme needs to be the SHA-256 of a key")
                .hasMessageNotContaining("my-secret");
    }

    @Test
    void oneKeyIsNotTwoTenants() {
        String digest = Access.digest("one");

        assertThatThrownBy(() -> new Keys(Access.config(Map.of("keys.acme", digest, "keys.other", digest))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there already");
    }
}
