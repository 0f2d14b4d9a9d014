package ai.sphinxv.functions.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who sent the request that is being served on this thread. */
@Singleton
public class Callers {
    private final AccessConfig config;
    private final CurrentVertxRequest request;

    Callers(AccessConfig config, CurrentVertxRequest request) {
        this.config = config;
        this.request = request;
    }

    /** A name that no other caller has; none where nobody is asked. */
    public Optional<String> current() {
        return request.getCurrent().user() instanceof QuarkusHttpUser user
                ? name(user.getSecurityIdentity())
                : Optional.empty();
    }

    /** None of who has no key, nor of a token that does not say whose it is. */
    Optional<String> name(SecurityIdentity who) {
        if (who.isAnonymous()) {
            return Optional.empty();
        }
        if (who.getPrincipal() instanceof JsonWebToken token) {
            return Optional.ofNullable(token.<Object>getClaim(config.tenantClaim()))
                    .map(claim -> "token:" + token.getIssuer() + " " + claim);
        }
        return Optional.of("key:" + who.getPrincipal().getName());
    }
}
