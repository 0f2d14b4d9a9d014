package ai.sphinxv.functions.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Asks of every request, whatever its path, whether who it is from may come in there. */
@Singleton
class DoorPolicy implements HttpSecurityPolicy {
    private final Guard guard;
    private final Callers callers;

    DoorPolicy(Guard guard, Callers callers) {
        this.guard = guard;
        this.callers = callers;
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        Role role = guard.role(Door.at(request.normalizedPath()));
        if (role == Role.ANYONE || !guard.asks()) {
            return CheckResult.permit();
        }
        return identity.map(who -> new CheckResult(mayBe(who, role)));
    }

    /** Whoever has a name is a caller; an operator's key or token says so. */
    private boolean mayBe(SecurityIdentity who, Role role) {
        return callers.name(who).isPresent() && (role == Role.CALLER || who.hasRole(role.roleName()));
    }
}
