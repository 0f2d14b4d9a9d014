package ai.sphinxv.functions.access;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;

/** Makes of a key the identity of its tenant. A bearer that is none of our keys is left to OIDC. */
@Singleton
class KeyMechanism implements HttpAuthenticationMechanism {
    private static final int BEFORE_OIDC = DEFAULT_PRIORITY + 1000;
    private static final int UNAUTHORIZED = 401;

    private final Keys keys;
    private final List<String> operators;

    KeyMechanism(AccessConfig config, Keys keys) {
        this.keys = keys;
        this.operators = config.operators().orElse(List.of());
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        return keys.tenant(request)
                .map(tenant -> Uni.createFrom().item(identity(tenant)))
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    private SecurityIdentity identity(String tenant) {
        var identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(tenant))
                .addRole(Role.CALLER.roleName());
        return (operators.contains(tenant) ? identity.addRole(Role.OPERATOR.roleName()) : identity).build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().item(new ChallengeData(UNAUTHORIZED, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public int getPriority() {
        return BEFORE_OIDC;
    }
}
