package ai.sphinxv.functions.access;

import ai.sphinxv.functions.Range;
import io.quarkus.runtime.annotations.StaticInitSafe;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may ask. Without keys and without OIDC ({@code quarkus.oidc.*}) whoever reaches this server may, which it therefore
 * lets only its own machine do.
 */
@StaticInitSafe // as SphinxConfig, which has the same prefix
@ConfigMapping(prefix = "sphinxv.access")
public interface AccessConfig {

    /** The SHA-256 of each key of a tenant, in hexadecimal; two of them while one takes the other's place. */
    Map<String, List<String>> keys();

    /** Tenants of {@link #keys} that may also read the metrics. */
    Optional<List<String>> operators();

    /** Who may read the metrics where there are keys or OIDC. */
    @WithDefault("operators")
    Readers metrics();

    /** Whether whoever reaches this server may use it, though others than its own machine do and nobody is asked who they are. */
    @WithDefault("false")
    boolean open();

    /** Claim of an OIDC token that says whose a request is; it has to be one that nobody can choose. */
    @WithDefault("sub")
    String tenantClaim();

    /** Requests at a time through each door, in whatever state; the next one gets 503 before its body is read. */
    @WithDefault("256")
    @Range(min = 1, max = 100_000)
    int atOnce();

    /**
     * Memory for the bodies of requests together, by the lengths that they say; the next one gets 503 before it is read. Left out,
     * a quarter of the heap.
     */
    Optional<MemorySize> bodies();

    /** Who reads metrics. */
    enum Readers {
        OPERATORS,
        ANYONE
    }
}
