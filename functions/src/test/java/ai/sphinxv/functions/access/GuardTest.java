package ai.sphinxv.functions.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final Map<String, String> NOBODY_IS_ASKED = Map.of();
    private static final Map<String, String> A_KEY = Map.of("keys.acme", Access.digest("one"));

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.0.0.2", "::1"})
    void onItsOwnMachineNobodyNeedsAKey(String host) {
        Guard guard = guard(NOBODY_IS_ASKED, host, false);

        guard.check();

        assertThat(guard.asks()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.0.7", "10.0.0.1", "nowhere.invalid"})
    void whereOthersCanReachItItDoesNotStartUntilToldWho(String host) {
        assertThatThrownBy(() -> guard(NOBODY_IS_ASKED, host, false).check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.http.host=" + host
                        + " lets other machines in, and nobody is asked who they are: set sphinxv.access.keys.NAME to the"
                        + " SHA-256 of a key, or quarkus.oidc, or say sphinxv.access.open=true if whoever reaches this"
                        + " server may use it");
        for (Guard told : new Guard[] {
            guard(A_KEY, host, false), guard(NOBODY_IS_ASKED, host, true), guard(Map.of("open", "true"), host, false)
        }) {
            assertThatCode(() -> told.check()).doesNotThrowAnyException();
        }
    }

    @Test
    void whoSaysOpenAndHasKeysIsStillAskedForThem() {
        assertThat(guard(Map.of("open", "true", "keys.acme", Access.digest("one")), "0.0.0.0", false)
                        .asks())
                .isTrue();
    }

    @Test
    void anIssuerThatIsNamedAndNotUsedStopsTheStart() {
        var config = Access.config(A_KEY);
        var guard = new Guard(config, new Keys(config), false, Optional.of("https://issuer"), "localhost");

        assertThatThrownBy(() -> guard.check()).hasMessageContaining("quarkus.oidc.tenant-enabled=true");
    }

    private static Guard guard(Map<String, String> settings, String host, boolean oidc) {
        var config = Access.config(settings);
        return new Guard(config, new Keys(config), oidc, Optional.empty(), host);
    }
}
