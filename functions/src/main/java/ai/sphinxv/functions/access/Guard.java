package ai.sphinxv.functions.access;

import ai.sphinxv.functions.ModelOpening;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Whether callers are asked who they are; and no start where they should be and are not. */
@Singleton
class Guard {
    private static final Logger LOG = Logger.getLogger(Guard.class);

    /** Before anything else of a start. */
    private static final int FIRST = 1;

    private final AccessConfig config;
    private final Keys keys;
    private final boolean oidc;
    private final Optional<String> issuer;
    private final String host;

    Guard(
            AccessConfig config,
            Keys keys,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean oidc,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> issuer,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        this.config = config;
        this.keys = keys;
        this.oidc = oidc;
        this.issuer = issuer;
        this.host = host;
    }

    /** There are keys, or tokens are checked, or both. */
    boolean asks() {
        return oidc || !keys.isEmpty();
    }

    boolean takesTokens() {
        return oidc;
    }

    /** Who may come in through a door, as this deployment has it. */
    Role role(Door door) {
        return door == Door.METRICS && config.metrics() == AccessConfig.Readers.ANYONE ? Role.ANYONE : door.role();
    }

    void start(@Observes @Priority(FIRST) StartupEvent event, ModelOpening opening) throws InterruptedException {
        try {
            check();
        } catch (ConfigurationException e) {
            opening.end(); // the process would crash if it ended amid native code
            throw e;
        }
    }

    /** @throws ConfigurationException that ends the start */
    void check() {
        if (issuer.isPresent() && !oidc) {
            throw new ConfigurationException(
                    "quarkus.oidc.auth-server-url is set, but tokens are not asked for: set quarkus.oidc.tenant-enabled=true"
                            + " too");
        }
        if (asks() || isLoopback(host)) {
            return;
        }
        if (!config.open()) {
            throw new ConfigurationException(
                    ("quarkus.http.host=%s lets other machines in, and nobody is asked who they are:"
                                    + " set sphinxv.access.keys.NAME to the SHA-256 of a key, or quarkus.oidc, or say"
                                    + " sphinxv.access.open=true if whoever reaches this server may use it")
                            .formatted(host));
        }
        LOG.warnf("Whoever reaches %s may use this server: sphinxv.access.open=true", host);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
